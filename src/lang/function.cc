// Resolves the types written in the function rows. Entry point: FunctionTable.
#include "lang/function.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/strip.h"

namespace assay {
namespace {

// The parts of "A, map(A, B), int" that are separated by commas outside
// parentheses.
std::vector<absl::string_view> SplitTypes(absl::string_view text) {
  std::vector<absl::string_view> parts;
  int depth = 0;
  size_t begin = 0;
  if (text.empty()) return parts;
  for (size_t i = 0; i <= text.size(); ++i) {
    if (i == text.size() || (text[i] == ',' && depth == 0)) {
      parts.push_back(absl::StripAsciiWhitespace(text.substr(begin, i - begin)));
      begin = i + 1;
    } else if (text[i] == '(') {
      ++depth;
    } else if (text[i] == ')') {
      --depth;
    }
  }
  return parts;
}

}  // namespace

FunctionTable::FunctionTable(TypeTable* types) {
  params_[0] = types->Row(types->NewRow("A", nullptr));
  params_[1] = types->Row(types->NewRow("B", nullptr));
  params_[2] = types->Row(types->NewRow("C", nullptr));
  for (const FunctionRow& row : FunctionRows()) {
    Overload overload = {row.op, &row, {}, ParseType(row.result, types)};
    for (absl::string_view part : SplitTypes(row.types)) {
      overload.repeats = absl::ConsumeSuffix(&part, "...");
      overload.args.push_back(ParseType(part, types));
    }
    overloads_[{row.name, row.member}].push_back(std::move(overload));
  }
}

const Type* FunctionTable::ParseType(absl::string_view text, TypeTable* types) const {
  if (text == "A") return params_[0];
  if (text == "B") return params_[1];
  if (absl::ConsumePrefix(&text, "list(")) return types->List(ParseType(text.substr(0, text.size() - 1), types));
  if (absl::ConsumePrefix(&text, "optional(")) {
    return types->Optional(ParseType(text.substr(0, text.size() - 1), types));
  }
  if (absl::ConsumePrefix(&text, "map(")) {
    std::vector<absl::string_view> parts = SplitTypes(text.substr(0, text.size() - 1));
    return types->Map(ParseType(parts[0], types), ParseType(parts[1], types));
  }
  if (text == "decimal") return types->Decimal({kMaxDecimalDigits, 0});
  for (int k = 0; k <= static_cast<int>(TypeKind::kDyn); ++k) {
    const Type* type = types->Simple(static_cast<TypeKind>(k));
    if (TypeName(*type) == text) return type;
  }
  return types->Simple(TypeKind::kError);
}

absl::Span<const Overload> FunctionTable::Find(absl::string_view name, bool member) const {
  auto found = overloads_.find({std::string(name), member});
  if (found == overloads_.end()) return {};
  return found->second;
}

std::vector<absl::string_view> FunctionTable::Names() const {
  std::vector<absl::string_view> names;
  for (const auto& [key, overloads] : overloads_) {
    if (absl::ascii_isalpha(static_cast<unsigned char>(key.first[0]))) names.emplace_back(key.first);
  }
  return names;
}

}  // namespace assay
