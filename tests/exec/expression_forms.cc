// Entry points: Forms, Literals. Every overload of lang/function_rows.cc that has a column form appears.
#include "tests/exec/expression_forms.h"

namespace assay {
namespace {

constexpr Form kForms[] = {
    // Any type.
    {"e", "($b ? $e : $e)"},
    {"e", "$Le[$i]"},
    {"e", "[$e, $e][$i]"},
    {"Le", "[$e]"},
    {"Le", "[]"},
    {"Le", "[$e, $e, $e]"},
    {"Le", "($Le + $Le)"},
    {"Le", "($b ? $Le : $Le)"},
    {"e", "optional.of($e).value()"},
    {"e", "optional.of($e).orValue($e)"},
    {"e", "$Le[?$i].orValue($e)"},
    {"e", "$Le[?$i].value()"},
    {"e", "$Le[?$i].or(optional.of($e)).value()"},
    {"e", "optional.none().or($Le[?$i]).orValue($e)"},
    {"e", "($b ? optional.of($e) : optional.none()).orValue($e)"},
    {"e", "{1: $e, 0: $e}[$i]"},
    {"e", "{'A': $e, 'CNY': $e}[?$s].orValue($e)"},
    {"e", "{'x': $e}.x"},
    {"e", "{'x': $e, 'y': $e}.?y.or({'x': $e}.?z).value()"},
    {"Le", "[?$Le[?$i], $e, ?optional.of($e)]"},
    {"Le", "[$i, $i].map(v, $Le[?v]).unwrapOpt()"},
    {"s", "table.grade($i, $d)"},
    {"i", "table.number($s, $b)"},
    {"d", "($b ? table.both($i, $s) : table.both($i, $s)).rate"},
    {"Li", "table.marks($i)"},
    {"d", "table.total($d, $D)"},
    // bool
    {"b", "$Ls[?$i].hasValue()"},
    {"b", "optional.ofNonZeroValue($i).hasValue()"},
    {"b", "optional.ofNonZeroValue($s).hasValue()"},
    {"b", "optional.ofNonZeroValue($d).hasValue()"},
    {"b", "optional.ofNonZeroValue($Lf).hasValue()"},
    {"b", "(optional.of($s) == $Ls[?$i])"},
    {"b", "(optional.of($d) != optional.ofNonZeroValue($d))"},
    {"b", "($s in {'A': 1, '': 2})"},
    {"b", "({'a': $i, 'b': $i} == {'b': $i, 'a': $i})"},
    {"b", "{'A': $b, 'CNY': $b}.all(k, v, v || k == $s)"},
    {"b", "(dyn($i) == $s)"},
    {"b", "(dyn($i) == $f)"},
    {"b", "(dyn($i) < dyn($u))"},
    {"b", "(dyn($s) == dyn($y))"},
    {"b", "(dyn($i) || $b)"},
    {"b", "(type($s) == string)"},
    {"b", "($b && $b)"},
    {"b", "($b || $b)"},
    {"b", "!$b"},
    {"b", "($b == $b)"},
    {"b", "($b < $b)"},
    {"b", "($i < $i)"},
    {"b", "($i == $i)"},
    {"b", "($i != $i)"},
    {"b", "($i >= $u)"},
    {"b", "($u < $i)"},
    {"b", "($i > $f)"},
    {"b", "($f <= $i)"},
    {"b", "($u >= $f)"},
    {"b", "($f < $u)"},
    {"b", "($u == $u)"},
    {"b", "($u > $u)"},
    {"b", "($f == $f)"},
    {"b", "($f <= $f)"},
    {"b", "($d < $d)"},
    {"b", "($d <= $d)"},
    {"b", "($d > $d)"},
    {"b", "($d >= $d)"},
    {"b", "($d == $d)"},
    {"b", "($d != $d)"},
    {"b", "($d > 2.5)"},
    {"b", "($d == $i)"},
    {"b", "($i <= $d)"},
    {"b", "($s == $s)"},
    {"b", "($s < $s)"},
    {"b", "($y != $y)"},
    {"b", "($y >= $y)"},
    {"b", "($D < $D)"},
    {"b", "($D == $D)"},
    {"b", "($t <= $t)"},
    {"b", "($t != $t)"},
    {"b", "($r > $r)"},
    {"b", "($r == $r)"},
    {"b", "($i in $Li)"},
    {"b", "($s in $Ls)"},
    {"b", "($d in $Ld)"},
    {"b", "($D in $LD)"},
    {"b", "($s in ['A', 'CNY', '北京市'])"},
    {"b", "($Li == $Li)"},
    {"b", "($Ls != $Ls)"},
    {"b", "($Ld == $Ld)"},
    {"b", "($LD == $LD)"},
    {"b", "$s.contains($s)"},
    {"b", "$s.startsWith($s)"},
    {"b", "$s.endsWith($s)"},
    {"b", "$s.matches($p)"},
    {"b", "matches($s, $s)"},
    {"b", "bool($s)"},
    {"b", "bool($b)"},
    {"b", "math.isNaN($f)"},
    {"b", "math.isInf($f)"},
    {"b", "math.isFinite($f)"},
    // int
    {"i", "$Li[?$i].optMap(v, v + $i).orValue($i)"},
    {"i", "optional.ofNonZeroValue($i).optFlatMap(v, $Li[?v]).orValue($i)"},
    {"i", "size({'a': $i})"},
    {"i", "$Li.transformMap(k, v, v + k)[$i]"},
    {"i", "cel.block([$i, cel.index(0) + $i], cel.index(1) - cel.index(0))"},
    {"i", "($i + $i)"},
    {"i", "($i - $i)"},
    {"i", "($i * $i)"},
    {"i", "($i / $i)"},
    {"i", "($i % $i)"},
    {"i", "-$i"},
    {"i", "int($i)"},
    {"i", "int($u)"},
    {"i", "int($f)"},
    {"i", "int($d)"},
    {"i", "int($s)"},
    {"i", "int($t)"},
    {"i", "size($s)"},
    {"i", "$s.size()"},
    {"i", "size($y)"},
    {"i", "size($Ls)"},
    {"i", "$Li.size()"},
    {"i", "count($Ld)"},
    {"i", "$s.indexOf($s)"},
    {"i", "$s.indexOf($s, $i)"},
    {"i", "$s.lastIndexOf($s)"},
    {"i", "$s.lastIndexOf($s, $i)"},
    {"i", "math.abs($i)"},
    {"i", "math.sign($i)"},
    {"i", "math.sign($d)"},
    {"i", "math.bitAnd($i, $i)"},
    {"i", "math.bitOr($i, $i)"},
    {"i", "math.bitXor($i, $i)"},
    {"i", "math.bitNot($i)"},
    {"i", "math.bitShiftLeft($i, $i)"},
    {"i", "math.bitShiftRight($i, $i)"},
    {"i", "math.greatest($i, $i)"},
    {"i", "math.least($i, $i, $i)"},
    {"i", "math.greatest($Li)"},
    {"i", "sum($Li)"},
    {"i", "min($Li)"},
    {"i", "max($Li)"},
    // uint
    {"u", "($u + $u)"},
    {"u", "($u - $u)"},
    {"u", "($u * $u)"},
    {"u", "($u / $u)"},
    {"u", "($u % $u)"},
    {"u", "uint($u)"},
    {"u", "uint($i)"},
    {"u", "uint($f)"},
    {"u", "uint($s)"},
    {"u", "math.abs($u)"},
    {"u", "math.sign($u)"},
    {"u", "math.bitAnd($u, $u)"},
    {"u", "math.bitOr($u, $u)"},
    {"u", "math.bitXor($u, $u)"},
    {"u", "math.bitNot($u)"},
    {"u", "math.bitShiftLeft($u, $i)"},
    {"u", "math.bitShiftRight($u, $i)"},
    {"u", "math.greatest($u, $u, $u)"},
    {"u", "math.least($u, $u)"},
    {"u", "math.least($Lu)"},
    {"u", "sum($Lu)"},
    {"u", "max($Lu)"},
    // double
    {"f", "($f + $f)"},
    {"f", "($f - $f)"},
    {"f", "($f * $f)"},
    {"f", "($f / $f)"},
    {"f", "-$f"},
    {"f", "double($f)"},
    {"f", "double($i)"},
    {"f", "double($u)"},
    {"f", "double($d)"},
    {"f", "double($s)"},
    {"f", "math.abs($f)"},
    {"f", "math.sign($f)"},
    {"f", "math.sqrt($f)"},
    {"f", "math.sqrt($i)"},
    {"f", "math.sqrt($u)"},
    {"f", "math.greatest($f, $f)"},
    {"f", "math.least($f, $f)"},
    {"f", "math.least($Lf)"},
    {"f", "math.ceil($f)"},
    {"f", "math.floor($f)"},
    {"f", "math.trunc($f)"},
    {"f", "math.round($f)"},
    {"f", "sum($Lf)"},
    {"f", "min($Lf)"},
    {"f", "max($Lf)"},
    {"f", "avg($Lf)"},
    // string
    {"s", "($s + $s)"},
    {"s", "string($s)"},
    {"s", "string($b)"},
    {"s", "string($i)"},
    {"s", "string($u)"},
    {"s", "string($f)"},
    {"s", "string($d)"},
    {"s", "string($y)"},
    {"s", "string($D)"},
    {"s", "string($t)"},
    {"s", "string($r)"},
    {"s", "$s.charAt($i)"},
    {"s", "$s.lowerAscii()"},
    {"s", "$s.upperAscii()"},
    {"s", "$s.replace($s, $s)"},
    {"s", "$s.replace($s, $s, $i)"},
    {"s", "$s.substring($i)"},
    {"s", "$s.substring($i, $i)"},
    {"s", "$s.trim()"},
    {"s", "$s.reverse()"},
    {"s", "strings.quote($s)"},
    {"s", "$Ls.join()"},
    {"s", "$Ls.join($s)"},
    {"s", "min($Ls)"},
    {"s", "max($Ls)"},
    {"Ls", "$s.split($s)"},
    {"Ls", "$s.split($s, $i)"},
    {"Ls", "$s.split(',')"},
    // bytes
    {"y", "($y + $y)"},
    {"y", "bytes($s)"},
    {"y", "base64.decode($s)"},
    {"y", "base64.decode(base64.encode($y))"},
    {"y", "bytes($y)"},
    // decimal
    {"d", "($d + $d)"},
    {"d", "($d - $d)"},
    {"d", "($d * $d)"},
    {"d", "round($d * $d, $n)"},
    {"d", "-$d"},
    {"d", "($d + $i)"},
    {"d", "($u - $d)"},
    {"d", "($d * $i)"},
    {"d", "($d - 0.05)"},
    {"d", "(1 - $d)"},
    {"d", "decimal($d)"},
    {"d", "decimal($i)"},
    {"d", "decimal($u)"},
    {"d", "decimal($s, $n)"},
    {"d", "round($d, $n)"},
    {"d", "round($d, $n, $m)"},
    {"d", "round($d, $c)"},
    {"d", "round($d, $s, $m)"},
    {"d", "quotient($d, $d, $n)"},
    {"d", "quotient($d, $d, $n, $m)"},
    {"d", "quotient($d, $i, $c)"},
    {"d", "quotient($d, $d, $s, $m)"},
    {"d", "math.abs($d)"},
    {"d", "math.greatest($d, $d)"},
    {"d", "math.least($d, $d, 0.5, $i)"},
    {"d", "math.greatest($Ld)"},
    {"d", "sum($Ld)"},
    {"d", "min($Ld)"},
    {"d", "max($Ld)"},
    {"d", "avg($Ld, $n)"},
    {"d", "avg($Ld, $n, $m)"},
    {"d", "avg($Ld, $c)"},
    {"d", "avg($Ld, $s, $m)"},
    {"d", "($b ? $d : 0.5)"},
};

constexpr absl::string_view kBools[] = {"true", "false"};
constexpr absl::string_view kInts[] = {
    "0", "1", "2", "-1", "3", "10", "-7", "100", "9223372036854775807", "-9223372036854775808"};
constexpr absl::string_view kUints[] = {"0u", "1u", "2u", "10u", "18446744073709551615u"};
constexpr absl::string_view kDoubles[] = {"0.0", "1.0", "0.1", "-2.5", "1e300", "9.3e18", "3.5"};
constexpr absl::string_view kStrings[] = {"''",       "'A'",    "'a'",   "'CNY'",   "'JPY'",  "'XAU'", "'10'",
                                          "'-7'",     "'2.5'",  "'1,5'", "'北京'",  "'é'",    "'90s'", "'2026-02-28'",
                                          "'+08:00'", "'true'", "','",   "'P-001'", "' 北 '", "'\\n'"};
constexpr absl::string_view kBytes[] = {"b''", "b'A'", "b'\\xff'", "b'abc'"};
constexpr absl::string_view kDecimals[] = {"decimal('0')",
                                           "decimal('1')",
                                           "decimal('2.50')",
                                           "decimal('-0.005')",
                                           "decimal('10.0')",
                                           "decimal('99999999999999.9999')",
                                           "decimal('12345678901234567890123456789012345678')"};
constexpr absl::string_view kDates[] = {"date('2026-11-22')", "date('2024-02-29')", "date('9999-12-31')",
                                        "date('0001-01-01')"};
constexpr absl::string_view kTimestamps[] = {"timestamp('2026-11-22T08:30:00Z')", "timestamp(0)",
                                             "timestamp('9999-12-31T23:59:59.999999999Z')",
                                             "timestamp('0001-01-01T00:00:00Z')"};
constexpr absl::string_view kDurations[] = {"duration('0s')", "duration('36h')", "duration('-1.5s')",
                                            "duration('9223372036s')"};
constexpr absl::string_view kScales[] = {"0", "2", "1", "4", "6"};
constexpr absl::string_view kModes[] = {"'HALF_UP'", "'HALF_EVEN'", "'UP'", "'DOWN'", "'CEILING'", "'FLOOR'"};
constexpr absl::string_view kCurrencies[] = {"'CNY'", "'JPY'", "'KWD'", "'XAU'", "'CLF'", "'cny'"};
constexpr absl::string_view kZones[] = {"'UTC'", "'Asia/Shanghai'", "'America/New_York'", "'-05:30'", "'Mars/Olympus'"};
constexpr absl::string_view kCalendars[] = {"'SHOP'", "'CN'", "'NY'"};
constexpr absl::string_view kPatterns[] = {"'a'", "'^A'", "'[0-9]+$'", "'^.北'", "'(A|B),'", "''"};

}  // namespace

absl::Span<const Form> Forms() { return kForms; }

absl::Span<const absl::string_view> Literals(char letter) {
  switch (letter) {
    case 'b':
      return kBools;
    case 'i':
      return kInts;
    case 'u':
      return kUints;
    case 'f':
      return kDoubles;
    case 's':
      return kStrings;
    case 'y':
      return kBytes;
    case 'd':
      return kDecimals;
    case 'D':
      return kDates;
    case 't':
      return kTimestamps;
    case 'r':
      return kDurations;
    case 'n':
      return kScales;
    case 'm':
      return kModes;
    case 'c':
      return kCurrencies;
    case 'z':
      return kZones;
    case 'k':
      return kCalendars;
    case 'p':
      return kPatterns;
    default:
      return {};
  }
}

}  // namespace assay
