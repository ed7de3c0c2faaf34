// The checks a text must pass before it is parsed. Entry points: AdmitText, AddTextError.
// Each is one pass over the bytes.
#include "rulebook/yaml_text.h"

#include <array>
#include <cstdint>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "base/utf8.h"

namespace assay {
namespace {

constexpr absl::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr absl::string_view kSeparators = ",:[{?-*&";

size_t CountSeparators(absl::string_view text) {
  std::array<size_t, 256> counts = {};
  for (char c : text) ++counts[static_cast<unsigned char>(c)];
  size_t separators = 0;
  for (char c : kSeparators) separators += counts[static_cast<unsigned char>(c)];
  return separators;
}

// The first byte that no rulebook may hold, or text.size().
size_t FindControl(absl::string_view text) {
  for (size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0x20 && byte != 0x7F) continue;
    if (byte == '\t' || byte == '\n') continue;
    if (byte == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    return i;
  }
  return text.size();
}

}  // namespace

std::shared_ptr<const SourceText> AdmitText(absl::string_view name, absl::string_view text, IssueList* issues) {
  if (text.size() > kMaxYamlBytes) {
    AddFileError(name, absl::StrCat("a text may have ", kMaxYamlBytes, " bytes; this one has ", text.size()), issues);
    return nullptr;
  }
  const size_t separators = CountSeparators(text);
  if (separators > kMaxYamlSeparators) {
    AddFileError(name,
                 absl::StrCat("a text may have ", kMaxYamlSeparators, " of the characters ", kSeparators,
                              " and this one has more; keep large tables in CSV files: ", separators),
                 issues);
    return nullptr;
  }
  if (absl::StartsWith(text, kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  const size_t invalid = FindInvalidUtf8(text);
  const size_t control = FindControl(text.substr(0, invalid));
  // What stands before the first bad byte is a good text, so that even this error has its place.
  const bool is_good = control == text.size();
  absl::StatusOr<SourceText> source =
      SourceText::Create(std::string(name), std::string(is_good ? text : text.substr(0, control)));
  if (!source.ok()) return nullptr;  // cannot be: the text is short and UTF-8
  if (is_good) return std::make_shared<const SourceText>(*std::move(source));
  const auto at = static_cast<int32_t>(control);
  const std::string message =
      control == invalid ? "not UTF-8 text; save it as UTF-8"
      : text[control] == '\r'
          ? "a carriage return that no line feed follows; save the text with the line ends of Unix or Windows"
          : absl::StrFormat("a control character, which no rulebook may hold; remove it: U+%04X", text[control]);
  issues->Add(MakeIssue(Severity::kError, *source, {at, at + 1}, message));
  return nullptr;
}

void AddFileError(absl::string_view name, std::string message, IssueList* issues) {
  Issue issue;
  issue.file = std::string(name);
  issue.message = std::move(message);
  issues->Add(std::move(issue));
}

void AddTextError(const SourceText& source, SourceRange range, absl::string_view path, std::string message,
                  std::string suggestion, IssueList* issues) {
  if (issues->error_count() >= IssueList::kMaxKept) return issues->Add(Issue());
  Issue issue = MakeIssue(Severity::kError, source, range, std::move(message));
  issue.path = std::string(path);
  issue.suggestion = std::move(suggestion);
  issues->Add(std::move(issue));
}

}  // namespace assay
