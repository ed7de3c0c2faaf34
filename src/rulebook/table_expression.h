// A decision table as one expression over its inputs. Entry point: CompileTable.
// Internal to rulebook; tables of other hit policies than FIRST are refused.
#ifndef ASSAY_RULEBOOK_TABLE_EXPRESSION_H_
#define ASSAY_RULEBOOK_TABLE_EXPRESSION_H_

#include "rulebook/names.h"

namespace assay {

// A unary test over the value called `name` as a CEL expression: "-" holds always; "> 5", "[0..0.3)", "'A', 'B'",
// "not('A')", "in {'A', 'B'}"; any text that mentions `_` is a condition over it. "" if the text is no unary test.
std::string UnaryTest(absl::string_view cell, absl::string_view name);

// The expression, whose variables are the table's inputs as arguments; nullptr after issues below `path`.
const Ast* CompileTable(const v1::Table& table, const std::string& path, const SourceMap& sources, Names* names,
                        IssueList* issues);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_TABLE_EXPRESSION_H_
