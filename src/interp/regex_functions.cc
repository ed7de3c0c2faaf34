// CEL's regex library: replace, extract, extractAll. Entry point: RegexFunctions.
#include "base/pattern.h"
#include "base/pattern_matches.h"
#include "interp/functions.h"

namespace assay {
namespace {

// The pattern of a call, or why there is none.
std::unique_ptr<const RE2> PatternOf(const Call& call, Arguments args, Value* refusal) {
  std::string why;
  auto pattern = CompilePattern(args[1].as_string(), call.max_pattern_size, &why);
  const bool is_paid = call.steps.Take(static_cast<size_t>(PatternCost(args[1].as_string(), pattern.get()))) &&
                       call.steps.TakeBytes(args[0].as_string().size());
  if (!is_paid) *refusal = BudgetSpent();
  if (is_paid && pattern == nullptr) *refusal = Refused(why);
  return is_paid ? std::move(pattern) : nullptr;
}

bool AreTexts(Arguments args, size_t count) {
  return std::all_of(args.begin(), args.begin() + static_cast<std::ptrdiff_t>(count),
                     [](const Value& arg) { return arg.is(ValueKind::kString); });
}

Value Replace(const Call& call, Arguments args) {
  if (!AreTexts(args, 3) || (args.size() == 4 && !args[3].is(ValueKind::kInt))) return NoOverload();
  Value refusal;
  const auto pattern = PatternOf(call, args, &refusal);
  if (pattern == nullptr) return refusal;
  const int64_t count = args.size() == 4 ? args[3].as_int() : -1;
  std::optional<std::string> replaced = ReplaceMatches(args[0].as_string(), *pattern, args[2].as_string(), count);
  if (!replaced.has_value()) return Refused(kBadReplacement);
  return call.steps.TakeBytes(replaced->size()) ? Value::String(*std::move(replaced)) : BudgetSpent();
}

Value Extract(const Call& call, Arguments args) {
  if (!AreTexts(args, 2)) return NoOverload();
  Value result;
  const auto pattern = PatternOf(call, args, &result);
  if (pattern == nullptr) return result;
  if (!HasOneResult(*pattern)) return Refused(kTooManyGroups);
  result = Value::None();
  EachMatch(args[0].as_string(), *pattern, [&](absl::Span<const absl::string_view> groups) {
    const std::optional<absl::string_view> found = ExtractedGroup(groups);
    if (found.has_value()) result = Value::Some(Value::String(std::string(*found)));
    return false;
  });
  return result;
}

Value ExtractAll(const Call& call, Arguments args) {
  if (!AreTexts(args, 2)) return NoOverload();
  Value refusal;
  const auto pattern = PatternOf(call, args, &refusal);
  if (pattern == nullptr) return refusal;
  if (!HasOneResult(*pattern)) return Refused(kTooManyGroups);
  ValueList all;
  EachMatch(args[0].as_string(), *pattern, [&](absl::Span<const absl::string_view> groups) {
    const std::optional<absl::string_view> found = ExtractedGroup(groups);
    if (found.has_value()) all.push_back(Value::String(std::string(*found)));
    return call.steps.Take(1);
  });
  return call.steps.exhausted() ? BudgetSpent() : Value::List(std::move(all));
}

constexpr FunctionEntry kFunctions[] = {
    {Op::kRegexReplace, Replace},
    {Op::kRegexExtract, Extract},
    {Op::kRegexExtractAll, ExtractAll},
};

}  // namespace

absl::Span<const FunctionEntry> RegexFunctions() { return kFunctions; }

}  // namespace assay
