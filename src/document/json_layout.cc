// One walk over the characters, knowing strings and depth. Entry point: LaidOutJson.
#include "document/json_layout.h"

#include <cstddef>

namespace assay {
namespace {

constexpr size_t kDepthOfLines = 2;

void BreakLine(size_t depth, std::string* out) { out->append("\n").append(2 * depth, ' '); }

// The text of a string literal that begins at `at`, with its quotes.
absl::string_view StringAt(absl::string_view json, size_t at) {
  size_t end = at + 1;
  while (end < json.size() && json[end] != '"') end += json[end] == '\\' ? 2 : 1;
  return json.substr(at, end + 1 - at);
}

}  // namespace

std::string LaidOutJson(absl::string_view json) {
  std::string out;
  size_t depth = 0;
  for (size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (c == '"') {
      const absl::string_view literal = StringAt(json, i);
      out.append(literal.data(), literal.size());
      i += literal.size() - 1;
    } else if (c == '{' || c == '[') {
      const bool is_empty = i + 1 < json.size() && (json[i + 1] == '}' || json[i + 1] == ']');
      out.push_back(c);
      if (++depth <= kDepthOfLines && !is_empty) BreakLine(depth, &out);
    } else if (c == '}' || c == ']') {
      const bool is_empty = i > 0 && (json[i - 1] == '{' || json[i - 1] == '[');
      const bool is_open = depth > 0;
      if (is_open) --depth;
      if (is_open && depth < kDepthOfLines && !is_empty) BreakLine(depth, &out);
      out.push_back(c);
    } else if (c == ',' && depth <= kDepthOfLines) {
      out.push_back(c);
      BreakLine(depth, &out);
    } else if (c == ':' || c == ',') {
      out.append(1, c).append(" ");
    } else if (c != ' ' && c != '\n' && c != '\t' && c != '\r') {
      out.push_back(c);
    }
  }
  return out;
}

}  // namespace assay
