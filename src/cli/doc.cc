// `assay doc`: rulebooks as HTML pages. Entry point: DocCommand.
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "cli/command.h"
#include "cli/files.h"
#include "document/page.h"

namespace assay {
namespace {

constexpr char kUsageOfDoc[] = "usage: assay doc RULEBOOK... -o DIR [--lang en|zh|both]";

struct DocCall {
  std::string folder;
  std::string language;
  std::map<std::string, std::string> rulebooks;  // by the page's file
};

absl::Status ReadCall(std::vector<std::string> words, DocCall* call) {
  std::replace(words.begin(), std::find(words.begin(), words.end(), "--"), std::string("-o"), std::string("--out"));
  ASSIGN_OR_RETURN(const Arguments arguments, ParseArguments(words, {"out", "lang"}));
  call->folder = arguments.Option("out", "");
  call->language = arguments.Option("lang", "");
  if (call->folder.empty() || arguments.words.empty()) return absl::InvalidArgumentError(kUsageOfDoc);
  const bool is_known =
      call->language.empty() || call->language == "en" || call->language == "zh" || call->language == "both";
  if (!is_known) return absl::InvalidArgumentError(absl::StrCat("--lang is en, zh or both: '", call->language, "'"));
  for (const std::string& path : arguments.words) {
    const std::string page = std::filesystem::path(path).stem().string() + ".html";
    if (!call->rulebooks.emplace(page, path).second) {
      return absl::InvalidArgumentError(absl::StrCat("two rulebooks would be written to one page: ", page));
    }
  }
  return absl::OkStatus();
}

// The page's text; nullopt after printing why there is none.
std::optional<std::string> PageOf(const std::string& path, const std::string& language) {
  SourceMap sources;
  const std::shared_ptr<const CompiledRulebook> book = LoadRulebook(path, true, &sources);
  if (book == nullptr) return std::nullopt;
  return RulebookPage({book->proto, std::move(sources), Limits{}}, book->fingerprint, language);
}

}  // namespace

int DocCommand(const std::vector<std::string>& words) {
  DocCall call;
  const absl::Status status = ReadCall(words, &call);
  if (!status.ok()) return Fail(2, std::string(status.message()));
  std::vector<FileText> pages;
  for (const auto& [page, path] : call.rulebooks) {
    std::optional<std::string> html = PageOf(path, call.language);
    if (html.has_value()) pages.push_back({(std::filesystem::path(call.folder) / page).string(), *std::move(html)});
  }
  absl::Status written = MakeFolder(call.folder);
  if (written.ok()) written = ReplaceFiles(pages);
  if (!written.ok()) return Fail(1, std::string(written.message()));
  for (const FileText& page : pages) std::cout << page.path << "\n";
  return pages.size() == call.rulebooks.size() ? 0 : 1;
}

}  // namespace assay
