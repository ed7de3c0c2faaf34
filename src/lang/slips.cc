// Tables of common slips. Entry points: AsciiFor, FindOperatorWord. Constant, safe from any thread.
#include "lang/slips.h"

#include "absl/strings/match.h"

namespace assay {
namespace {

struct LookAlike {
  char32_t code_point = 0;
  absl::string_view ascii = {};
};

// Beside the full-width forms U+FF01..U+FF5E, which are ASCII at a fixed distance.
constexpr LookAlike kLookAlikes[] = {
    {U'\u201C', "\""}, {U'\u201D', "\""}, {U'\u201E', "\""}, {U'\u300C', "'"},  {U'\u300D', "'"},  {U'\u300E', "'"},
    {U'\u300F', "'"},  {U'\u2018', "'"},  {U'\u2019', "'"},  {U'\u3001', ","},  {U'\u3002', "."},  {U'\u3010', "["},
    {U'\u3011', "]"},  {U'\u2264', "<="}, {U'\u2265', ">="}, {U'\u2266', "<="}, {U'\u2267', ">="}, {U'\u2260', "!="},
    {U'\u00D7', "*"},  {U'\u00F7', "/"},  {U'\u2212', "-"},  {U'\u2013', "-"},  {U'\u2014', "-"},  {U'\u2227', "&&"},
    {U'\u2228', "||"}, {U'\u00AC', "!"},  {U'\u2208', "in"}, {U'\u00A0', " "},  {U'\u3000', " "},  {U'\u200B', " "},
    {U'\u202F', " "},  {U'\u2028', " "},  {U'\u2029', " "},  {U'\uFEFF', " "},
};

struct OperatorWord {
  absl::string_view word = {};
  TokenKind kind = TokenKind::kInvalid;
};

constexpr OperatorWord kOperatorWords[] = {
    {"and", TokenKind::kAnd},         {"or", TokenKind::kOr},           {"is", TokenKind::kEqual},
    {"eq", TokenKind::kEqual},        {"equals", TokenKind::kEqual},    {"ne", TokenKind::kNotEqual},
    {"lt", TokenKind::kLess},         {"le", TokenKind::kLessEqual},    {"gt", TokenKind::kGreater},
    {"mod", TokenKind::kPercent},     {"ge", TokenKind::kGreaterEqual}, {"xor", TokenKind::kNotEqual},
    {"且", TokenKind::kAnd},          {"并且", TokenKind::kAnd},        {"和", TokenKind::kAnd},
    {"或", TokenKind::kOr},           {"或者", TokenKind::kOr},         {"等于", TokenKind::kEqual},
    {"不等于", TokenKind::kNotEqual}, {"大于", TokenKind::kGreater},    {"小于", TokenKind::kLess},
};

}  // namespace

std::string AsciiFor(char32_t code_point) {
  if (code_point >= 0xFF01 && code_point <= 0xFF5E) return std::string(1, static_cast<char>(code_point - 0xFEE0));
  for (const LookAlike& row : kLookAlikes) {
    if (row.code_point == code_point) return std::string(row.ascii);
  }
  return "";
}

TokenKind FindOperatorWord(absl::string_view word) {
  for (const OperatorWord& row : kOperatorWords) {
    if (absl::EqualsIgnoreCase(row.word, word)) return row.kind;
  }
  return TokenKind::kInvalid;
}

}  // namespace assay
