// Entry point: NumberCases. `amount` has scale 4 of 18 digits, `wide` scale 10 of 38, `whole` scale 0 of 6.
#include "tests/exec/function_cases.h"

namespace assay {

namespace {

// Each row: an expression, then rows of input with what it gives.
const std::vector<FunctionCase> kCases = {
    {"round(sample.amount, 2)",
     {{"amount: '1.005'", "1.01"},
      {"amount: '-1.005'", "-1.01"},
      {"amount: '1.0049'", "1.00"},
      {"amount: '99999999999999.9999'", "100000000000000.00"},
      {"", "error: absent"},
      {"amount: '1,5'", "error: malformed"}}},
    {"round(sample.amount, 6)",
     {{"amount: '1.5'", "1.500000"}, {"amount: '-99999999999999.9999'", "-99999999999999.999900"}}},
    {"round(sample.wide, 0)",
     {{"wide: '9999999999999999999999999999.9999999999'", "10000000000000000000000000000"}, {"wide: '-0.5'", "-1"}}},
    {"round(sample.wide, 38)",
     {{"wide: '0.5'", "0.50000000000000000000000000000000000000"}, {"wide: '1'", "error: overflow"}}},
    {"round(sample.amount, 1, 'HALF_EVEN')",
     {{"amount: '0.25'", "0.2"}, {"amount: '0.35'", "0.4"}, {"amount: '-0.25'", "-0.2"}, {"amount: '0.2501'", "0.3"}}},
    {"round(sample.amount, 0, 'UP')", {{"amount: '0.0001'", "1"}, {"amount: '-0.0001'", "-1"}, {"amount: '2'", "2"}}},
    {"round(sample.amount, 0, 'DOWN')", {{"amount: '0.9999'", "0"}, {"amount: '-0.9999'", "0"}}},
    {"round(sample.amount, 0, 'CEILING')", {{"amount: '0.1'", "1"}, {"amount: '-0.9'", "0"}}},
    {"round(sample.amount, 0, 'FLOOR')", {{"amount: '0.9'", "0"}, {"amount: '-0.1'", "-1"}}},
    {"round(sample.amount, sample.s)",
     {{"amount: '1.2345' s: 'CNY'", "1.2300"},
      {"amount: '1.5' s: 'JPY'", "2.0000"},
      {"amount: '1.2345' s: 'KWD'", "1.2350"},
      {"amount: '1.2345' s: 'CLF'", "1.2345"},
      {"amount: '1' s: 'XAU'", "error: invalid argument"},
      {"amount: '1' s: 'cny'", "error: invalid argument"},
      {"amount: '1'", "error: invalid argument"},
      {"s: 'CNY'", "error: absent"}}},
    {"round(sample.wide, sample.s, 'HALF_EVEN')",
     {{"wide: '0.125' s: 'EUR'", "0.1200"}, {"wide: '0.135' s: 'EUR'", "0.1400"}, {"wide: '0.5' s: 'JPY'", "0.0000"}}},
    {"quotient(sample.amount, sample.wide, 2)",
     {{"amount: '10' wide: '3'", "3.33"},
      {"amount: '-10' wide: '3'", "-3.33"},
      {"amount: '20' wide: '-3'", "-6.67"},
      {"amount: '1' wide: '0'", "error: division by zero"},
      {"amount: '99999999999999.9999' wide: '0.0000000001'", "999999999999999999000000.00"}}},
    {"quotient(sample.wide, sample.wide, 20)",
     {{"wide: '7'", "1.00000000000000000000"},
      {"wide: '-9999999999999999999999999999.9999999999'", "1.00000000000000000000"}}},
    {"quotient(sample.wide, sample.amount, 10)",
     {{"wide: '9999999999999999999999999999' amount: '0.0001'", "error: overflow"},
      {"wide: '1' amount: '8'", "0.1250000000"}}},
    {"quotient(sample.amount, sample.whole, 1, 'HALF_EVEN')",
     {{"amount: '1' whole: '4'", "0.2"}, {"amount: '3' whole: '4'", "0.8"}, {"amount: '-1' whole: '4'", "-0.2"}}},
    {"quotient(sample.amount, 3, 'JPY')", {{"amount: '10'", "3.0000"}, {"amount: '5'", "2.0000"}}},
    {"quotient(sample.amount, sample.whole, sample.s, 'CEILING')",
     {{"amount: '1' whole: '3' s: 'CNY'", "0.3400"},
      {"amount: '-1' whole: '3' s: 'CNY'", "-0.3300"},
      {"amount: '1' whole: '0' s: 'CNY'", "error: division by zero"},
      {"amount: '1' whole: '3' s: 'XXX'", "error: invalid argument"}}},
    {"math.abs(sample.i)", {{"i: -5", "5"}, {"i: 5", "5"}, {"i: -9223372036854775808", "error: overflow"}}},
    {"math.abs(sample.u)", {{"u: 18446744073709551615", "18446744073709551615u"}, {"", "0u"}}},
    {"math.abs(sample.f)", {{"f: -2.5", "2.5"}, {"f: -inf", "Infinity"}, {"f: nan", "NaN"}, {"f: -0.0", "0"}}},
    {"math.abs(sample.amount)", {{"amount: '-1.5'", "1.5000"}, {"amount: '1.5'", "1.5000"}, {"", "error: absent"}}},
    {"math.abs(sample.wide)",
     {{"wide: '-9999999999999999999999999999.9999999999'", "9999999999999999999999999999.9999999999"}}},
    {"math.sign(sample.i)", {{"i: -5", "-1"}, {"", "0"}, {"i: 9223372036854775807", "1"}}},
    {"math.sign(sample.f)", {{"f: -5.5", "-1"}, {"f: 0", "0"}, {"f: 1e-300", "1"}, {"f: nan", "NaN"}}},
    {"math.sign(sample.amount)", {{"amount: '-0.0001'", "-1"}, {"amount: '0'", "0"}, {"amount: '7'", "1"}}},
    {"math.sign(sample.wide)", {{"wide: '-0.0000000001'", "-1"}, {"wide: '0'", "0"}, {"", "error: absent"}}},
    {"math.ceil(sample.f)", {{"f: 1.2", "2"}, {"f: -1.2", "-1"}, {"f: inf", "Infinity"}}},
    {"math.floor(sample.f)", {{"f: 1.2", "1"}, {"f: -1.2", "-2"}, {"f: nan", "NaN"}}},
    {"math.trunc(sample.f)", {{"f: 1.9", "1"}, {"f: -1.9", "-1"}}},
    {"math.round(sample.f)", {{"f: 1.5", "2"}, {"f: -1.5", "-2"}, {"f: 2.5", "3"}, {"f: 0.49999999999999994", "0"}}},
    {"math.isNaN(sample.f)", {{"f: nan", "true"}, {"f: 1", "false"}, {"f: inf", "false"}}},
    {"math.isInf(sample.f)", {{"f: nan", "false"}, {"f: -inf", "true"}, {"f: 1", "false"}}},
    {"math.isFinite(sample.f)", {{"f: nan", "false"}, {"f: -inf", "false"}, {"f: 1e308", "true"}}},
};

}  // namespace

std::vector<FunctionCase> NumberCases() { return kCases; }

}  // namespace assay
