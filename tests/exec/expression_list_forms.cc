// The forms of CEL's lists, sets and regex libraries. Entry point: ListForms.
#include "tests/exec/expression_forms.h"

namespace assay {
namespace {

constexpr Form kForms[] = {
    {"Le", "[$Le, $Le][$i]"},
    {"Le", "[$Le, [], $Le].flatten()"},
    {"Le", "[[$Le, [$e]], [$Le]].flatten(2)"},
    {"Le", "([$Le] + [$Le, $Le])[$i]"},
    {"Le", "($b ? [$Le] : []).flatten()"},
    {"Le", "($b ? [$Le, $Le] : [$Le])[$i]"},
    {"Le", "{'A': $Le, 'CNY': []}[$s]"},
    {"e", "[{'x': $e}, {'x': $e}][$i].x"},
    {"e", "($b ? {'x': $e, 'y': $e} : {'y': $e}).y"},
    {"e", "{$s: $e, $s: $e}[$s]"},
    {"e", "{$i: $e, 1: $e}[$i]"},
    {"e", "{?'x': $Le[?$i], $s: $e}.x"},
    {"e", "{?$i: $Le[?$i], ?$i: $Le[?$i]}[?$i].orValue($e)"},
    {"e", "$Ls.transformMapEntry(k, v, {v: $e})[$s]"},
    {"e", "$Li.transformMapEntry(k, v, v != $i, {k: $e, 9: $e})[?$i].orValue($e)"},
    {"i", "size({$s: $i, $s: $i})"},
    {"b", "([$Li, $Li] == [$Li, $Li])"},
    {"b", "($Ls in [$Ls, $Ls])"},
    {"b", "({$s: $d} == {$s: $d})"},
    {"Ls", "{$s: $i, 'x': $i, 'A': $i}.transformList(k, v, k + string(v))"},
    {"i", "size($b ? [$Lf, $Lf] : [$Lf])"},
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
    {"s", "'%s|%s'.format([$e, $e])"},
    {"s", "'%s %s %s'.format([$Le, $e, {'b': $e, 'a': $e}])"},
    {"s", "'%d %x %o %b'.format([$i, $i, $u, $b])"},
    {"s", "'%.2f %f %e %.3e'.format([$d, $f, $f, $i])"},
    {"s", "'%s%%%X%s'.format([$d, $s, null])"},
    {"s", "$s.format([$i, $d])"},
    {"s", "('%d' + $s).format([$b ? $i : $i, $Le])"},
    {"s", "regex.replace($s, $p, $s)"},
    {"s", "regex.replace($s, $p, '<\\\\0>', $i)"},
    {"s", "regex.replace($s, $s, 'x')"},
    {"s", "regex.extract($s, $p).orValue($s)"},
    {"s", "regex.extract($s, $s).value()"},
    {"b", "regex.extract($s, '([A-Z]).*').hasValue()"},
    {"Ls", "regex.extractAll($s, $p)"},
    {"Ls", "regex.extractAll($s, $s)"},
    {"Ls", "regex.extractAll($s, '([0-9a-z])')"},
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
