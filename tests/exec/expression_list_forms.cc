// The forms of CEL's lists and sets libraries. Entry point: ListForms.
#include "tests/exec/expression_forms.h"

namespace assay {
namespace {

constexpr Form kForms[] = {
    {"Le", "$Le.sort()"},
    {"Le", "$Le.reverse()"},
    {"Le", "$Le.distinct()"},
    {"Le", "$Le.slice($i, $i)"},
    {"Le", "$Le.slice(0, size($Le))"},
    {"Le", "$Le.map(v, $Le).flatten()"},
    {"Le", "$Le.map(v, $Le.map(w, $Le)).flatten(2)"},
    {"Le", "$Le.map(v, [v, $e]).flatten(1)"},
    {"Le", "$Le.sortBy(v, $i)"},
    {"Le", "$Le.sortBy(v, v).reverse()"},
    {"Le", "[$Le.first(), $Le.last()].unwrapOpt()"},
    {"e", "$Le.first().orValue($e)"},
    {"e", "$Le.last().value()"},
    {"e", "$Le.sort()[$i]"},
    {"i", "size($Lf.distinct())"},
    {"Li", "lists.range($i)"},
    {"Li", "lists.range(size($Ls))"},
    {"b", "sets.contains($Li, $Li)"},
    {"b", "sets.contains($Ld, $Ld)"},
    {"b", "sets.equivalent($Ls, $Ls)"},
    {"b", "sets.equivalent($Lf, $Lf)"},
    {"b", "sets.intersects($Lt, $Lt)"},
    {"b", "sets.intersects($Lb.distinct(), $Lb)"},
};

}  // namespace

absl::Span<const Form> ListForms() { return kForms; }

}  // namespace assay
