// Escapes strings for JSON. Entry point: AppendJsonString.
#include "base/json_text.h"

#include "absl/strings/str_format.h"
#include "base/utf8.h"

namespace assay {
namespace {

// ASCII that stands for itself.
bool IsPlain(char c) { return c >= 0x20 && c < 0x7f && c != '"' && c != '\\'; }

void AppendEscaped(char32_t code_point, std::string* out) {
  switch (code_point) {
    case '"':
      out->append("\\\"");
      return;
    case '\\':
      out->append("\\\\");
      return;
    case '\n':
      out->append("\\n");
      return;
    case '\r':
      out->append("\\r");
      return;
    case '\t':
      out->append("\\t");
      return;
    default:
      break;
  }
  if (code_point < 0x20) {
    absl::StrAppendFormat(out, "\\u%04x", static_cast<uint32_t>(code_point));
  } else {
    AppendUtf8(code_point, out);
  }
}

}  // namespace

void AppendJsonString(absl::string_view text, std::string* out) {
  out->push_back('"');
  for (size_t at = 0; at < text.size();) {
    const size_t begin = at;
    while (at < text.size() && IsPlain(text[at])) ++at;  // most texts are plain from end to end
    out->append(text.data() + begin, at - begin);
    if (at < text.size()) AppendEscaped(DecodeUtf8(text, &at), out);
  }
  out->push_back('"');
}

}  // namespace assay
