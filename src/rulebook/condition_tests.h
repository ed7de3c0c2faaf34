// A condition taken apart for people who ask why it holds: the tests that && || ! and
// ?: join, and the values each of them reads.
//
// Entry points: TestsOf, IsJoinedDirectly, ReadsOf. Pure functions of a checked tree; nodes are borrowed.
#ifndef ASSAY_RULEBOOK_CONDITION_TESTS_H_
#define ASSAY_RULEBOOK_CONDITION_TESTS_H_

#include <vector>

#include "lang/ast.h"

namespace assay {

// In the order of the text: `a > 1 && !(b || c)` has the tests `a > 1`, `b`, `c`.
std::vector<const Expr*> TestsOf(const Expr& condition);

// Whether a test makes the condition true by being true: only && and || join it.
bool IsJoinedDirectly(const Expr& condition, const Expr& test);

// The single values (no lists, no messages) that a test compares or passes on, in the order of the text and each once:
// names and fields, and the sides of a comparison that compute something. Literals and what stands for one element of
// a list only are left out; a test that is a name itself reads nothing else.
std::vector<const Expr*> ReadsOf(const Expr& test);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_CONDITION_TESTS_H_
