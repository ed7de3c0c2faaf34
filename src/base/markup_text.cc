// A character at a time. Entry point: AppendMarkupText.
#include "base/markup_text.h"

namespace assay {

void AppendMarkupText(absl::string_view text, std::string* out) {
  for (const char c : text) {
    switch (c) {
      case '&':
        out->append("&amp;");
        break;
      case '<':
        out->append("&lt;");
        break;
      case '>':
        out->append("&gt;");
        break;
      case '"':
        out->append("&quot;");
        break;
      case '\'':
        out->append("&#39;");
        break;
      default: {
        const bool is_control = (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7F;
        is_control ? out->append("\xEF\xBF\xBD") : out->append(1, c);
      }
    }
  }
}

}  // namespace assay
