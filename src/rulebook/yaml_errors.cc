// A table of yaml-cpp's messages with ours, and the few cases where the place tells more than the message.
// Entry points: ExplainYamlError, FindUnclosedQuote. A message that is not in the table is passed on.
#include "rulebook/yaml_errors.h"

#include <yaml-cpp/exceptions.h>

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/utf8.h"
#include "rulebook/scalar_scanner.h"

namespace assay {
namespace {

// How the place of an error changes what is said.
enum class Kind {
  kAsWritten,
  kStructure,   // a tab in the indentation of the line would be the reason
  kAfterValue,  // the same; and behind a value the reason is the value
  kUnclosed,
  kQuote,
  kEscape,
  kFirstCharacter,
};

struct Explanation {
  absl::string_view yaml_message;  // what yaml-cpp's message begins with
  Kind kind = {};
  absl::string_view message;
};

constexpr absl::string_view kBadIndentation = "the indentation of this line fits none of the lines above it";
constexpr absl::string_view kTabMessage = "a tab in the indentation; indent with blanks";
constexpr absl::string_view kAnchorMessage =
    "a value that begins with '&' is a YAML anchor, which rulebooks do not have; quote the text";
constexpr absl::string_view kTagMessage =
    "a value that begins with '!' is a YAML tag, which rulebooks do not have; quote the text";
constexpr absl::string_view kBadEscape =
    "not an escape sequence; in double quotes write a backslash as \\\\, or use single quotes";

const Explanation kExplanations[] = {
    {YAML::ErrorMsg::END_OF_MAP, Kind::kAfterValue, kBadIndentation},
    {YAML::ErrorMsg::END_OF_SEQ, Kind::kAfterValue, kBadIndentation},
    {YAML::ErrorMsg::END_OF_MAP_FLOW, Kind::kUnclosed,
     "expected ',' or '}' here; quote texts that hold : , [ ] { } or ?"},
    {YAML::ErrorMsg::END_OF_SEQ_FLOW, Kind::kUnclosed,
     "expected ',' or ']' here; quote texts that hold : , [ ] { } or ?"},
    {YAML::ErrorMsg::MAP_VALUE, Kind::kStructure,
     "a ': ' that makes no key here; quote the text it belongs to, or correct the indentation"},
    {YAML::ErrorMsg::MAP_KEY, Kind::kStructure, "a '? ' that makes no key here; quote the text it belongs to"},
    {YAML::ErrorMsg::BLOCK_ENTRY, Kind::kStructure,
     "a '- ' that makes no list here; begin the list on its own line, or write [a, b]"},
    {YAML::ErrorMsg::FLOW_END, Kind::kAsWritten, "a bracket that closes nothing; quote the text it belongs to"},
    {YAML::ErrorMsg::UNKNOWN_TOKEN, Kind::kFirstCharacter, "a text must be quoted if it begins with '"},
    {YAML::ErrorMsg::TAB_IN_INDENTATION, Kind::kAsWritten, kTabMessage},
    {YAML::ErrorMsg::EOF_IN_SCALAR, Kind::kQuote, "this quote is never closed"},
    {YAML::ErrorMsg::DOC_IN_SCALAR, Kind::kQuote, "a line of a quoted text begins with --- or ...; indent it"},
    {YAML::ErrorMsg::INVALID_ESCAPE, Kind::kEscape, kBadEscape},
    {YAML::ErrorMsg::INVALID_HEX, Kind::kEscape, kBadEscape},
    {YAML::ErrorMsg::INVALID_UNICODE, Kind::kEscape, "an escape of no Unicode character"},
    {YAML::ErrorMsg::CHAR_IN_BLOCK, Kind::kAsWritten,
     "after '|' or '>' only a digit, '+' and '-' may follow; the text begins on the next line"},
    {YAML::ErrorMsg::ZERO_INDENT_IN_BLOCK, Kind::kAsWritten, "the indentation after '|' or '>' is from 1 to 9"},
    {YAML::ErrorMsg::UNKNOWN_ANCHOR, Kind::kAsWritten, kYamlAliasMessage},
    {YAML::ErrorMsg::ALIAS_NOT_FOUND, Kind::kAsWritten, kYamlAliasMessage},
    {YAML::ErrorMsg::CHAR_IN_ALIAS, Kind::kAsWritten, kYamlAliasMessage},
    {YAML::ErrorMsg::ALIAS_CONTENT, Kind::kAsWritten, kYamlAliasMessage},
    {YAML::ErrorMsg::ANCHOR_NOT_FOUND, Kind::kAsWritten, kAnchorMessage},
    {YAML::ErrorMsg::CHAR_IN_ANCHOR, Kind::kAsWritten, kAnchorMessage},
    {YAML::ErrorMsg::MULTIPLE_ANCHORS, Kind::kAsWritten, kAnchorMessage},
    {YAML::ErrorMsg::MULTIPLE_TAGS, Kind::kAsWritten, kTagMessage},
    {YAML::ErrorMsg::CHAR_IN_TAG_HANDLE, Kind::kAsWritten, kTagMessage},
    {YAML::ErrorMsg::TAG_WITH_NO_SUFFIX, Kind::kAsWritten, kTagMessage},
    {YAML::ErrorMsg::END_OF_VERBATIM_TAG, Kind::kAsWritten, kTagMessage},
    {YAML::ErrorMsg::BAD_FILE, Kind::kAsWritten, "lists and mappings are nested too deep"},
};

SourceRange At(int32_t offset) { return {offset, offset + 1}; }

int32_t LineOf(absl::string_view text, int32_t offset) {
  return 1 + static_cast<int32_t>(std::count(text.begin(), text.begin() + offset, '\n'));
}

bool IsFirstOfLine(absl::string_view text, int32_t at) {
  const size_t before = text.substr(0, at).find_last_not_of(" \t");
  return before == absl::string_view::npos || text[before] == '\n';
}

// Text behind a value that has ended, e.g. `'VIP' == partner.level`: more often than not the quotes are the rule's.
std::string AfterValueMessage(absl::string_view text, const YamlProgress& progress) {
  std::string message =
      "a text behind the end of a value; a value that begins with a quote, [ or { must be quoted as a whole";
  if (progress.last_scalar < 0) return message;
  const int32_t from = LineOf(text, progress.last_scalar), to = LineOf(text, progress.last_scalar_end);
  if (from != to && to == LineOf(text, progress.at)) {
    absl::StrAppend(&message, "; the quoted text that ends here begins in line ", from);
  }
  return message;
}

// The tab in the indentation of the line that holds `at`, or -1.
int32_t TabInIndentation(absl::string_view text, int32_t at) {
  const size_t line = text.rfind('\n', at == 0 ? 0 : at - 1) + 1;  // npos + 1 is the first line
  const size_t word = text.find_first_not_of(" \t", line);
  const size_t tab = text.find('\t', line);
  return tab < word ? static_cast<int32_t>(tab) : -1;
}

YamlError ExplainAt(const Explanation& explanation, absl::string_view text, const YamlProgress& progress) {
  const int32_t at = progress.at;
  const bool is_at_end = text.find_first_not_of(" \t\r\n", at) == absl::string_view::npos;
  switch (explanation.kind) {
    case Kind::kAsWritten:
      break;
    case Kind::kStructure:
      if (TabInIndentation(text, at) >= 0) return {At(TabInIndentation(text, at)), std::string(kTabMessage)};
      break;
    case Kind::kAfterValue:
      if (TabInIndentation(text, at) >= 0) return {At(TabInIndentation(text, at)), std::string(kTabMessage)};
      if (!IsFirstOfLine(text, at)) return {At(at), AfterValueMessage(text, progress)};
      break;
    case Kind::kUnclosed:
      if (is_at_end && progress.open_bracket >= 0) return {At(progress.open_bracket), "this bracket is never closed"};
      break;
    case Kind::kQuote: {
      const int32_t quote = FindUnclosedQuote(text, std::max(progress.last_scalar_end, 0));
      if (quote >= 0) return {At(quote), std::string(explanation.message)};
      break;
    }
    case Kind::kEscape: {
      const size_t backslash = text.rfind('\\', at == 0 ? 0 : at - 1);  // it is noticed behind the escape
      if (backslash != absl::string_view::npos) {
        return {{static_cast<int32_t>(backslash), at}, std::string(explanation.message)};
      }
      break;
    }
    case Kind::kFirstCharacter: {
      size_t end = at;
      if (!is_at_end) DecodeUtf8(text, &end);
      return {At(at), absl::StrCat(explanation.message, text.substr(at, end - at), "'")};
    }
  }
  return {At(at), std::string(explanation.message)};
}

}  // namespace

YamlError ExplainYamlError(absl::string_view message, absl::string_view text, const YamlProgress& progress) {
  YamlProgress known = progress;
  if (known.at < 0 || static_cast<size_t>(known.at) > text.size()) known.at = static_cast<int32_t>(text.size());
  for (const Explanation& explanation : kExplanations) {
    if (absl::StartsWith(message, explanation.yaml_message)) return ExplainAt(explanation, text, known);
  }
  return {At(known.at), absl::StrCat("not YAML: ", message)};
}

int32_t FindUnclosedQuote(absl::string_view text, int32_t begin) {
  for (int32_t at = begin; static_cast<size_t>(at) < text.size();) {
    const bool opens = (text[at] == '"' || text[at] == '\'') &&
                       (at == 0 || absl::StrContains(" \t\n[{,:-", absl::string_view(&text[at - 1], 1)));
    if (!opens) {
      ++at;
      continue;
    }
    const ScannedScalar scanned = ScanScalar(text, {at, -1, 0});
    if (!scanned.closed) return at;
    at = scanned.range.end;
  }
  return -1;
}

}  // namespace assay
