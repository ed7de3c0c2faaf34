// What every function gives for chosen rows, as data. Entry points: TextCases, ConversionCases, TimeCases, NumberCases,
// CalendarCases; function_kernels_test.cc runs them.
#ifndef ASSAY_TESTS_EXEC_FUNCTION_CASES_H_
#define ASSAY_TESTS_EXEC_FUNCTION_CASES_H_

#include <vector>

namespace assay {

// `fields` of an assay.sample.Sample in text format, and the result: 'text', b'bytes', 1, 1u, 1.5, 1.50 (decimals with
// their scale), 2026-11-22, …; "error: overflow" and so on by the error's kind.
struct FunctionRowCase {
  const char* fields;
  const char* expected;
};

struct FunctionCase {
  const char* expression;
  std::vector<FunctionRowCase> rows;
};

std::vector<FunctionCase> TextCases();
std::vector<FunctionCase> ConversionCases();
std::vector<FunctionCase> TimeCases();
std::vector<FunctionCase> NumberCases();
std::vector<FunctionCase> CalendarCases();

}  // namespace assay

#endif  // ASSAY_TESTS_EXEC_FUNCTION_CASES_H_
