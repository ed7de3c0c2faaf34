// A condition taken apart for people who ask why it holds: the tests that && || ! and
// ?: join, and the values each of them reads.
//
// Entry points: TestsOf, IsJoinedDirectly, ReadsOf, pure functions of a checked tree whose nodes are borrowed; JoinOf
// and DecidingTests, which tell what made a condition come out as it did.
#ifndef ASSAY_RULEBOOK_CONDITION_TESTS_H_
#define ASSAY_RULEBOOK_CONDITION_TESTS_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "lang/ast.h"
#include "lang/function.h"

namespace assay {

// In the order of the text: `a > 1 && !(b || c)` has the tests `a > 1`, `b`, `c`.
std::vector<const Expr*> TestsOf(const Expr& condition);

// Whether a test makes the condition true by being true: only && and || join it.
bool IsJoinedDirectly(const Expr& condition, const Expr& test);

// The single values (no lists, no messages) that a test compares or passes on, in the order of the text and each once:
// names and fields, and the sides of a comparison that compute something, but for those that && || ! and ?: join.
// Literals and what stands for one element of a list only are left out; a test that is a name itself reads nothing
// else.
std::vector<const Expr*> ReadsOf(const Expr& test);

// A value that can be told in one word: no list, map or message.
bool IsSingleValue(const Type& type);

// How tests are joined: one test by its number, or && || ! ?: over others.
struct TestJoin {
  Op op = {};
  int test = -1;
  std::vector<TestJoin> parts;
};

// The tests are numbered from `*next` on, as TestsOf lists them; `*next` is moved behind the last.
TestJoin JoinOf(const Expr& condition, int* next);

enum class Truth : uint8_t { kFalse, kTrue, kErrs };

// The numbers of the tests that made the condition what it is, ascending: of && that does not hold the first part that
// does not, of one that holds all parts, and so on down. `tests` are by number.
std::vector<int> DecidingTests(const TestJoin& join, absl::Span<const Truth> tests);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_CONDITION_TESTS_H_
