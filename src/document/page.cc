// The frame of the page: head, bar, contents, and the sections one after another. Entry point: RulebookPage.
#include "document/page.h"

#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "base/sha256.h"
#include "document/cards.h"
#include "document/html_writer.h"
#include "document/page_look.h"
#include "document/thing.h"
#include "document/uses.h"
#include "document/value_writer.h"

namespace assay {
namespace {

// What a content security policy allows by: the text whose hash it is, and no other.
std::string HashOf(absl::string_view code) {
  Sha256 hash;
  hash.Update(code);
  const Sha256Digest digest = hash.Finish();
  return absl::StrCat("'sha256-", absl::Base64Escape({reinterpret_cast<const char*>(digest.data()), digest.size()}),
                      "'");
}

class PageWriter {
 public:
  PageWriter(const LoadedRulebook& rulebook, const std::string& fingerprint)
      : rulebook_(rulebook),
        book_(rulebook.proto),
        fingerprint_(fingerprint),
        things_(rulebook),
        uses_(CollectUses(things_)),
        values_(&things_, &uses_, &html_) {}

  std::string Write(absl::string_view language) {
    WriteHead(language);
    WriteBar();
    html_.Put("<div class=\"page\">\n");
    WriteContents();
    html_.Put("<main>\n");
    WriteOverview();
    for (const Section& section : Sections()) WriteSection(section);
    html_.Put("</main>\n</div>\n<script>");
    html_.Code(kPageScript);
    html_.Put("</script>\n</body>\n</html>\n");
    return html_.Take();
  }

 private:
  void WriteHead(absl::string_view language) {
    html_.Put("<!DOCTYPE html>\n<html lang=\"%\" data-show=\"%\">\n", {language == "zh" ? "zh-CN" : "en", language});
    html_.Put("<head>\n<meta charset=\"utf-8\">\n");
    html_.Put(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src %; script-src %\">\n",
        {HashOf(kPageStyle), HashOf(kPageScript)});
    html_.Put("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>% %</title>\n<style>",
              {book_.name(), book_.version()});
    html_.Code(kPageStyle);
    html_.Put("</style>\n</head>\n<body>\n");
  }

  void WriteBar() {
    html_.Put("<div class=\"bar\"><strong>% %</strong><div class=\"switch\">", {book_.name(), book_.version()});
    html_.Put("<button type=\"button\" data-choose=\"en\">English</button>");
    html_.Put("<button type=\"button\" data-choose=\"zh\">中文</button>");
    html_.Put("<button type=\"button\" data-choose=\"both\">EN + 中文</button></div></div>\n");
  }

  void WriteContents() {
    html_.Put("<nav>\n");
    for (const Section& section : Sections()) {
      const std::vector<const Thing*> things = things_.InSection(section);
      if (!things.empty()) WriteContents(section, things);
    }
    html_.Put("</nav>\n");
  }

  // Things without a name are not listed.
  void WriteContents(const Section& section, const std::vector<const Thing*>& things) {
    const bool is_first = &section == &Sections().front();
    const bool are_named = *section.name != '\0';
    if (!are_named) {
      html_.Put("<p>");
    } else {
      is_first ? html_.Put("<details open><summary>") : html_.Put("<details><summary>");
    }
    html_.Put("<a href=\"#%\">", {section.list});
    html_.Say(section.title);
    html_.Put("</a><span class=\"count\">%</span>", {absl::StrCat(things.size())});
    if (!are_named) return html_.Put("</p>\n");
    html_.Put("</summary><ul>\n");
    for (const Thing* thing : things) WriteEntry(*thing);
    html_.Put("</ul></details>\n");
  }

  void WriteEntry(const Thing& thing) {
    html_.Put("<li><a href=\"#%\"><code>%</code> ", {thing.anchor, thing.name});
    if (thing.text != nullptr) html_.Say(*thing.text);
    html_.Put("</a></li>\n");
  }

  // What the rulebook is, and every key of it that has no section.
  void WriteOverview() {
    html_.Put("<h1>");
    book_.has_description() ? html_.Say(book_.description()) : html_.Text(book_.name());
    html_.Put("</h1>\n");
    std::vector<absl::string_view> elsewhere = {"description"};
    for (const Section& section : Sections()) elsewhere.emplace_back(section.list);
    values_.Fields(book_, "", elsewhere);
    html_.Put("<dl>");
    WriteFact({"Files", "文件"}, FileNames());
    WriteFact({"Fingerprint", "指纹"}, fingerprint_);
    html_.Put("</dl>\n");
  }

  void WriteFact(const Words& label, absl::string_view value) {
    html_.Put("<div><dt>");
    html_.Say(label);
    html_.Put("</dt><dd><code>%</code></dd></div>", {value});
  }

  std::string FileNames() const {
    std::string names;
    for (const auto& file : rulebook_.sources.files()) {
      absl::StrAppend(&names, names.empty() ? "" : ", ", things_.ShortName(file->name()));
    }
    return names;
  }

  void WriteSection(const Section& section) {
    const std::vector<const Thing*> things = things_.InSection(section);
    if (things.empty()) return;
    html_.Put("<h2 id=\"%\">", {section.list});
    html_.Say(section.title);
    html_.Put("</h2>\n<p class=\"lead\">");
    html_.Say(section.lead);
    html_.Put("</p>\n");
    if (section.is_grid) {
      std::vector<ValueWriter::Row> rows;
      rows.reserve(things.size());
      for (const Thing* thing : things) rows.push_back({thing->message, thing->path, thing});
      return values_.Grid(rows);
    }
    for (const Thing* thing : things) WriteCard(*thing, things_, uses_, &values_, &html_);
  }

  const LoadedRulebook& rulebook_;
  const v1::Rulebook& book_;
  const std::string& fingerprint_;
  HtmlWriter html_;
  ThingIndex things_;
  Uses uses_;
  ValueWriter values_;
};

}  // namespace

std::string RulebookPage(const LoadedRulebook& rulebook, const std::string& fingerprint, absl::string_view language) {
  return PageWriter(rulebook, fingerprint).Write(language);
}

}  // namespace assay
