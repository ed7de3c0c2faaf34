// Fills escaped texts into markup. Entry points: HtmlWriter::Put, Say.
#include "document/html_writer.h"

#include "base/markup_text.h"

namespace assay {

void HtmlWriter::Text(absl::string_view text) { AppendMarkupText(text, &html_); }

void HtmlWriter::Say(absl::string_view en, absl::string_view zh) {
  if (en.empty() || zh.empty()) return Put("<bdi>%</bdi>", {en.empty() ? zh : en});
  Put("<bdi lang=\"en\">%</bdi><bdi lang=\"zh-CN\">%</bdi>", {en, zh});
}

void HtmlWriter::SayWord(absl::string_view word, absl::string_view zh) {
  Put("<bdi>%</bdi>", {word});
  if (!zh.empty()) Put("<bdi lang=\"zh-CN\"> %</bdi>", {zh});
}

void HtmlWriter::PutParts(absl::string_view markup, std::initializer_list<absl::string_view> texts) {
  const absl::string_view* next = texts.begin();
  for (const char c : markup) {
    if (c != '%') {
      html_.push_back(c);
    } else if (next != texts.end()) {
      Text(*next++);
    }
  }
}

}  // namespace assay
