// Writes HTML in which every text is escaped: markup comes from string literals alone, all else as text.
// Entry points: HtmlWriter::Put, Say. A writer belongs to one page and one thread; it does not check that tags close.
#ifndef ASSAY_DOCUMENT_HTML_WRITER_H_
#define ASSAY_DOCUMENT_HTML_WRITER_H_

#include <cstddef>
#include <initializer_list>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "assay/v1/rulebook.pb.h"

namespace assay {

// Words of the page itself, in both languages.
struct Words {
  const char* en = "";
  const char* zh = "";
};

class HtmlWriter {
 public:
  // Each % of the literal becomes the next of `texts`, escaped.
  template <size_t N>
  void Put(const char (&markup)[N], std::initializer_list<absl::string_view> texts) {
    PutParts({markup, N - 1}, texts);
  }
  template <size_t N>
  void Put(const char (&markup)[N]) {
    html_.append(markup, N - 1);
  }

  void Text(absl::string_view text);

  // Both languages; the page shows the one that its reader chose. A text in one language only is shown always.
  void Say(absl::string_view en, absl::string_view zh);
  void Say(const Words& words) { Say(words.en, words.zh); }
  void Say(const v1::LocalizedText& text) { Say(text.en(), text.zh()); }

  // A word of the rulebook's own language as it is written, and behind it for Chinese readers what it means; "":
  // nothing.
  void SayWord(absl::string_view word, absl::string_view zh);

  // The text of <style> or <script>, which is ours and written as it is.
  void Code(absl::string_view code) { html_.append(code.data(), code.size()); }

  std::string Take() { return std::move(html_); }

 private:
  void PutParts(absl::string_view markup, std::initializer_list<absl::string_view> texts);

  std::string html_;
};

}  // namespace assay

#endif  // ASSAY_DOCUMENT_HTML_WRITER_H_
