// Every operator and function of the language, as rows of one table that the
// checker, the evaluators and the documentation read.
//
// Entry point: FunctionTable, built once per type table and then only read.
#ifndef ASSAY_LANG_FUNCTION_H_
#define ASSAY_LANG_FUNCTION_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "lang/type.h"

namespace assay {

// What is computed; operand types pick the way.
enum class Op : uint8_t {
  kNone,
  // Operators.
  kAnd,
  kOr,
  kNot,
  kConditional,
  kIndex,
  kIn,
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kModulo,
  kNegate,
  // Conversions.
  kToBool,
  kToInt,
  kToUint,
  kToDouble,
  kToString,
  kToBytes,
  kToDecimal,
  kToDate,
  kToTimestamp,
  kToDuration,
  kToDyn,
  kType,
  // Sizes and strings.
  kSize,
  kContains,
  kStartsWith,
  kEndsWith,
  kMatches,
  kCharAt,
  kIndexOf,
  kLastIndexOf,
  kLowerAscii,
  kUpperAscii,
  kReplace,
  kSplit,
  kSubstring,
  kTrim,
  kJoin,
  kReverse,  // also of lists
  kQuote,
  kFormat,
  // Regular expressions and encodings.
  kRegexReplace,
  kRegexExtract,
  kRegexExtractAll,
  kBase64Encode,
  kBase64Decode,
  // Aggregates over lists.
  kSum,
  kMin,
  kMax,
  kAvg,
  kCount,
  // Decimals.
  kRound,
  kQuotient,
  // Dates, timestamps, durations.
  kAddDays,
  kAddMonths,
  kYear,
  kMonth,
  kDay,
  kGetFullYear,
  kGetMonth,
  kGetDate,
  kGetDayOfMonth,
  kGetDayOfYear,
  kGetDayOfWeek,
  kGetHours,
  kGetMinutes,
  kGetSeconds,
  kGetMilliseconds,
  // Business time: the last argument names a calendar.
  kWorkingTime,
  kAddWorkingTime,
  kAddWorkingDays,
  kWorkingDaysBetween,
  kIsWorkingTime,
  // Numbers.
  kAbs,
  kSign,
  kCeil,
  kFloor,
  kTrunc,
  kRoundDouble,
  kIsNan,
  kIsInf,
  kIsFinite,
  kSqrt,
  kBitAnd,
  kBitOr,
  kBitXor,
  kBitNot,
  kBitShiftLeft,
  kBitShiftRight,
  kGreatest,
  kLeast,
  // Lists.
  kDistinct,
  kSort,
  kFlatten,
  kSlice,
  kRange,
  kFirst,
  kLast,
  kSetsContains,
  kSetsEquivalent,
  kSetsIntersects,
  // Enums and raw texts.
  kName,
  kText,
  kCurrencyDigits,
  // Optionals.
  kOptionalOf,
  kOptionalOfNonZero,
  kOptionalNone,
  kHasValue,
  kValueOf,
  kOrOptional,
  kOrValue,
  kUnwrap,
};

// Whether the second argument is a regular expression, and whether that may have one group only.
constexpr bool TakesPattern(Op op) {
  return op == Op::kMatches || op == Op::kRegexReplace || op == Op::kRegexExtract || op == Op::kRegexExtractAll;
}
constexpr bool Extracts(Op op) { return op == Op::kRegexExtract || op == Op::kRegexExtractAll; }

// Whether the last argument names a calendar of the environment.
constexpr bool TakesCalendar(Op op) { return op >= Op::kWorkingTime && op <= Op::kIsWorkingTime; }

// The most elements that lists.range() makes.
inline constexpr int64_t kMaxRange = 10'000;

// One overload. Types are written as authors write them; A and B are type
// parameters; `decimal` stands for every size. "int..." is one int or more.
struct FunctionRow {
  Op op;
  const char* name;   // operators by their CEL names
  bool member;        // receiver.name(args): the receiver is the first type
  const char* types;  // "string, int": argument types
  const char* result;
};

// The whole table, in order of names; overloads of one name are tried in order.
absl::Span<const FunctionRow> FunctionRows();

struct Overload {
  Op op;
  const FunctionRow* row;
  std::vector<const Type*> args;  // patterns: kDyn with `param` set below for A, B
  const Type* result;
  bool repeats = false;  // the last pattern stands for one argument or more
};

// FunctionRows with their types resolved. Type parameters are the types param(0)
// (A), param(1) (B) and param(2) of this table, which stand for themselves only.
class FunctionTable {
 public:
  static constexpr int kParams = 3;

  explicit FunctionTable(TypeTable* types);

  // Overloads of a name, member or not; empty if there is no such function.
  absl::Span<const Overload> Find(absl::string_view name, bool member) const;

  // All function names (not operators), for suggestions.
  std::vector<absl::string_view> Names() const;

  const Type* param(int i) const { return params_[i]; }

 private:
  const Type* ParseType(absl::string_view text, TypeTable* types) const;

  const Type* params_[kParams];
  std::map<std::pair<std::string, bool>, std::vector<Overload>> overloads_;
};

}  // namespace assay

#endif  // ASSAY_LANG_FUNCTION_H_
