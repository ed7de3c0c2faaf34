// Entry point: ConversionCases.
#include "tests/exec/function_cases.h"

namespace assay {
namespace {

namespace {

// Each row: an expression, then rows of input with what it gives.
const std::vector<FunctionCase> kCases = {
    {"bool(sample.flag)", {{"flag: true", "true"}, {"", "false"}}},
    {"bool(sample.s)",
     {{"s: 'true'", "true"},
      {"s: 'True'", "true"},
      {"s: 'TRUE'", "true"},
      {"s: 't'", "true"},
      {"s: '1'", "true"},
      {"s: 'false'", "false"},
      {"s: 'False'", "false"},
      {"s: 'FALSE'", "false"},
      {"s: 'f'", "false"},
      {"s: '0'", "false"},
      {"s: 'yes'", "error: invalid argument"},
      {"", "error: invalid argument"}}},
    {"int(sample.i)", {{"i: -7", "-7"}}},
    {"int(sample.u)",
     {{"u: 9223372036854775807", "9223372036854775807"}, {"u: 9223372036854775808", "error: overflow"}}},
    {"int(sample.f)",
     {{"f: 1.9", "1"},
      {"f: -1.9", "-1"},
      {"f: 9223372036854774784", "9223372036854774784"},
      {"f: 9223372036854775807", "error: overflow"},
      {"f: -9223372036854775808", "error: overflow"},
      {"f: nan", "error: overflow"},
      {"f: inf", "error: overflow"}}},
    {"int(sample.amount)", {{"amount: '1.9999'", "1"}, {"amount: '-1.9999'", "-1"}, {"", "error: absent"}}},
    {"int(sample.wide)",
     {{"wide: '9223372036854775807.9'", "9223372036854775807"},
      {"wide: '9223372036854775808'", "error: overflow"},
      {"wide: '-9223372036854775808.5'", "-9223372036854775808"}}},
    {"int(sample.s)",
     {{"s: '-42'", "-42"},
      {"s: '+42'", "42"},
      {"s: '007'", "7"},
      {"s: '9223372036854775807'", "9223372036854775807"},
      {"s: '9223372036854775808'", "error: overflow"},
      {"s: '-9223372036854775808'", "-9223372036854775808"},
      {"s: '99999999999999999999999999999999999999999999'", "error: overflow"},
      {"s: '1.0'", "error: invalid argument"},
      {"s: ' 1'", "error: invalid argument"},
      {"s: '-'", "error: invalid argument"},
      {"s: '0x1'", "error: invalid argument"},
      {"", "error: invalid argument"}}},
    {"int(sample.at)",
     {{"at { seconds: -1 nanos: 999999999 }", "-1"},
      {"at { seconds: 5 }", "5"},
      {"at { nanos: -1 }", "error: malformed"}}},
    {"uint(sample.u)", {{"u: 7", "7u"}}},
    {"uint(sample.i)", {{"i: 7", "7u"}, {"i: -1", "error: overflow"}}},
    {"uint(sample.f)",
     {{"f: 1.9", "1u"},
      {"f: -0.5", "error: overflow"},
      {"f: 18446744073709551616", "error: overflow"},
      {"f: nan", "error: overflow"}}},
    {"uint(sample.s)",
     {{"s: '18446744073709551615'", "18446744073709551615u"},
      {"s: '18446744073709551616'", "error: overflow"},
      {"s: '-1'", "error: overflow"},
      {"s: '-0'", "0u"},
      {"s: '1u'", "error: invalid argument"}}},
    {"double(sample.f)", {{"f: 0.1", "0.1"}}},
    {"double(sample.i)", {{"i: 9007199254740993", "9007199254740992"}, {"i: -3", "-3"}}},
    {"double(sample.u)", {{"u: 18446744073709551615", "18446744073709552000"}}},
    {"double(sample.amount)",
     {{"amount: '0.1'", "0.1"}, {"amount: '-2.5'", "-2.5"}, {"amount: '0.12345'", "error: malformed"}}},
    {"double(sample.wide)", {{"wide: '0.1'", "0.1"}, {"wide: '9999999999999999999999999999'", "1e+28"}}},
    {"double(sample.s)",
     {{"s: '1e3'", "1000"},
      {"s: '-.5'", "-0.5"},
      {"s: 'NaN'", "NaN"},
      {"s: '-infinity'", "-Infinity"},
      {"s: '1e999'", "error: overflow"},
      {"s: 'x'", "error: invalid argument"},
      {"", "error: invalid argument"}}},
    {"decimal(sample.amount)", {{"amount: '1.5'", "1.5000"}}},
    {"decimal(sample.i)", {{"i: -9223372036854775808", "-9223372036854775808"}}},
    {"decimal(sample.u)", {{"u: 18446744073709551615", "18446744073709551615"}}},
    {"decimal('12.50')", {{"", "12.50"}}},
    {"decimal(sample.s, 3)",
     {{"s: '-1.5'", "-1.500"},
      {"s: '12345678901234567890123456789012345'", "12345678901234567890123456789012345.000"},
      {"s: '123456789012345678901234567890123456'", "error: overflow"},
      {"s: '1.2345'", "error: invalid argument"},
      {"s: '1.2340'", "error: invalid argument"},
      {"s: '+1'", "error: invalid argument"},
      {"", "error: invalid argument"}}},
};
}  // namespace

std::vector<FunctionCase> ToTextCases() {
  return {
      {"string(sample.s)", {{"s: '北'", "'北'"}, {"", "''"}}},
      {"string(sample.flag)", {{"flag: true", "'true'"}, {"", "'false'"}}},
      {"string(sample.i)", {{"i: -9223372036854775808", "'-9223372036854775808'"}, {"", "'0'"}}},
      {"string(sample.u)", {{"u: 18446744073709551615", "'18446744073709551615'"}}},
      {"string(sample.f)",
       {{"f: 0.1", "'0.1'"},
        {"f: 1e21", "'1e+21'"},
        {"f: 100", "'100'"},
        {"f: -0.0", "'-0'"},
        {"f: nan", "'NaN'"},
        {"f: -inf", "'-Infinity'"}}},
      {"string(sample.amount)",
       {{"amount: '1.5'", "'1.5000'"},
        {"amount: '-0.0001'", "'-0.0001'"},
        {"amount: '0'", "'0.0000'"},
        {"", "error: absent"}}},
      {"string(sample.wide)",
       {{"wide: '-9999999999999999999999999999.9999999999'", "'-9999999999999999999999999999.9999999999'"}}},
      {"string(sample.whole)", {{"whole: '-120'", "'-120'"}, {"whole: '0'", "'0'"}}},
      {"string(sample.raw)",
       {{"raw: '\\345\\214\\227'", "'北'"}, {"raw: '\\377'", "error: invalid argument"}, {"", "''"}}},
      {"string(sample.flag ? sample.raw : b'a')",
       {{"flag: true raw: '\\377'", "error: invalid argument"}, {"raw: '\\377'", "'a'"}}},
      {"string(sample.day)", {{"day: '0001-01-01'", "'0001-01-01'"}, {"day: '2026-13-01'", "error: malformed"}}},
      {"string(sample.at)",
       {{"at { seconds: 1795336200 nanos: 500000000 }", "'2026-11-22T08:30:00.500Z'"}, {"", "'1970-01-01T00:00:00Z'"}}},
      {"string(sample.span)", {{"span { seconds: -1 nanos: -500000000 }", "'-1.500s'"}, {"", "'0s'"}}},
      {"bytes(sample.s)", {{"s: 'é'", "b'\\xc3\\xa9'"}}},
      {"bytes(sample.raw)", {{"raw: '\\377'", "b'\\xff'"}}},
  };
}

std::vector<FunctionCase> ToTimeCases() {
  return {
      {"date(sample.day)", {{"day: '2026-11-22'", "2026-11-22"}, {"", "error: absent"}}},
      {"date(sample.s)",
       {{"s: '2024-02-29'", "2024-02-29"},
        {"s: '2026-02-29'", "error: invalid argument"},
        {"s: '2026-2-1'", "error: invalid argument"},
        {"", "error: invalid argument"}}},
      {"date(sample.at)",
       {{"at { seconds: 1795363200 }", "2026-11-23"}, {"at { seconds: 253402300799 }", "error: overflow"}}},
      {"date(sample.at, sample.s)",
       {{"at { seconds: 1795363200 } s: 'UTC'", "2026-11-22"},
        {"at { seconds: 1795363200 } s: '-23:00'", "2026-11-21"},
        {"at { seconds: 1795363200 } s: '?'", "error: invalid argument"},
        {"at { seconds: -62135596800 } s: 'America/New_York'", "error: overflow"}}},
      {"timestamp(sample.at)", {{"at { seconds: 1 }", "1970-01-01T00:00:01Z"}}},
      {"timestamp(sample.s)",
       {{"s: '2026-11-22T08:30:00.5+08:00'", "2026-11-22T00:30:00.500Z"},
        {"s: '2026-11-22'", "error: invalid argument"},
        {"s: '9999-12-31T23:59:59-01:00'", "error: invalid argument"},
        {"", "error: invalid argument"}}},
      {"timestamp(sample.i)",
       {{"i: -1", "1969-12-31T23:59:59Z"},
        {"i: 253402300799", "9999-12-31T23:59:59Z"},
        {"i: 253402300800", "error: overflow"}}},
      {"duration(sample.span)", {{"span { seconds: 1 }", "1s"}}},
      {"duration(sample.s)",
       {{"s: '1h30m'", "5400s"},
        {"s: '-1.5s'", "-1.500s"},
        {"s: '0'", "0s"},
        {"s: '5'", "error: invalid argument"},
        {"s: '99999999999h'", "error: invalid argument"},
        {"", "error: invalid argument"}}},
  };

}  // namespace

std::vector<FunctionCase> ToNumberCases() { return kCases; }

}  // namespace

std::vector<FunctionCase> ConversionCases() {
  std::vector<FunctionCase> cases = ToNumberCases();
  for (std::vector<FunctionCase> more : {ToTextCases(), ToTimeCases()})
    cases.insert(cases.end(), more.begin(), more.end());
  return cases;
}

}  // namespace assay
