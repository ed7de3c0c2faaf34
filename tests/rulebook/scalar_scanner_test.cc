// The scalar scanner against yaml-cpp (random texts) and against known places (hand-made ones).
#include "rulebook/scalar_scanner.h"

#include <gtest/gtest.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "base/utf8.h"

namespace assay {
namespace {

using Random = std::mt19937;

constexpr int kScalarsOfEachStyle = 10000;

std::string Pick(absl::Span<const absl::string_view> choices, Random* random) {
  return std::string(choices[(*random)() % choices.size()]);
}

std::string Blanks(size_t most, Random* random) { return std::string((*random)() % (most + 1), ' '); }

constexpr absl::string_view kWords[] = {"a",   "word", "键", "价格", "😀", "é", "x==1",
                                        "a:b", "#x",   "-",  "{",    "]",  "%", "0"};

// Lines of words and blanks, some empty, some of blanks only, joined by `line_break` and random indentation.
std::string FlowLines(absl::Span<const absl::string_view> pieces, absl::string_view line_break, Random* random) {
  std::string text;
  const size_t count = (*random)() % 12;
  for (size_t i = 0; i < count; ++i) {
    switch ((*random)() % 6) {
      case 0:
        absl::StrAppend(&text, Blanks(2, random), line_break, Blanks(5, random));
        break;
      case 1:
        absl::StrAppend(&text, (*random)() % 4 == 0 ? "\t" : " ", Blanks(2, random));
        break;
      default:
        absl::StrAppend(&text, Pick(pieces, random));
    }
  }
  return text;
}

std::string DoubleQuoted(absl::string_view line_break, Random* random) {
  static const absl::string_view kPieces[] = {
      "a",   "word", "键",      "😀",   "'",      "#",       ": ",          "\\\"",   "\\\\",
      "\\/", "\\n",  "\\t",     "\\ ",  "\\x41",  "\\u4ef7", "\\_",         "\\N",    "\\L",
      "\\P", "\\e",  "\\u00e9", "\\\n", "\\\n  ", "z",       "\\U0001F600", "\\n\\n",
  };
  std::string text = FlowLines(kPieces, line_break, random);
  return absl::StrCat("\"", absl::StrReplaceAll(text, {{"\\\n", absl::StrCat("\\", line_break)}}), "\"");
}

std::string SingleQuoted(absl::string_view line_break, Random* random) {
  static const absl::string_view kPieces[] = {"a", "word", "键", "😀", "''", "\"", "\\", "#", ": ", "z", "''''", "- "};
  return absl::StrCat("'", FlowLines(kPieces, line_break, random), "'");
}

std::string Plain(absl::string_view line_break, Random* random) {
  const std::string text = absl::StrCat("p", FlowLines(kWords, absl::StrCat(line_break, " "), random));
  return (*random)() % 4 == 0 ? absl::StrCat(text, " # comment") : text;
}

std::string Block(char indicator, absl::string_view line_break, Random* random) {
  static const absl::string_view kChomps[] = {"", "", "-", "+"};
  std::string text(1, indicator);
  const bool says_indent = (*random)() % 4 == 0;
  const size_t indent = 1 + (*random)() % 4;
  absl::StrAppend(&text, says_indent ? absl::StrCat(indent) : "", Pick(kChomps, random));
  if ((*random)() % 5 == 0) absl::StrAppend(&text, "  # comment");
  for (size_t lines = (*random)() % 8; lines > 0; --lines) {
    absl::StrAppend(&text, line_break);
    if ((*random)() % 4 == 0) {
      absl::StrAppend(&text, Blanks(indent + 1, random));
      continue;
    }
    absl::StrAppend(&text, std::string(indent, ' '), (*random)() % 4 == 0 ? Blanks(2, random) : "");
    for (size_t words = 1 + (*random)() % 3; words > 0; --words) {
      absl::StrAppend(&text, Pick(kWords, random), (*random)() % 3 == 0 ? " \t" : " ");
    }
  }
  return text;
}

std::string Scalar(ScalarStyle style, absl::string_view line_break, Random* random) {
  switch (style) {
    case ScalarStyle::kPlain:
      return Plain(line_break, random);
    case ScalarStyle::kSingleQuoted:
      return SingleQuoted(line_break, random);
    case ScalarStyle::kDoubleQuoted:
      return DoubleQuoted(line_break, random);
    case ScalarStyle::kLiteral:
      return Block('|', line_break, random);
    case ScalarStyle::kFolded:
      return Block('>', line_break, random);
  }
  return "";
}

// A document with the scalar somewhere in it, and what the scanner must be told of its surroundings.
struct Document {
  std::string text;
  int32_t begin = 0;
  int32_t parent_indent = 0;
};

Document Surround(const std::string& scalar, absl::string_view line_break, Random* random) {
  struct Frame {
    absl::string_view before;
    absl::string_view after;
    int32_t parent_indent = 0;
  };
  static const Frame kFrames[] = {
      {"k: ", "\n", 0},           {"k: ", "", 0},    {"k: ", "\nl: m\n", 0},     {"k:\n  - 1\n  - ", "\n  - n\n", 2},
      {"- k: ", "\n  o: p\n", 2}, {"- ", "\n\n", 0}, {"键: ", "\n\n# end\n", 0},
  };
  const Frame& frame = kFrames[(*random)() % std::size(kFrames)];
  const std::string before = absl::StrReplaceAll(frame.before, {{"\n", line_break}});
  const std::string indented = frame.parent_indent == 0
                                   ? scalar
                                   : absl::StrReplaceAll(scalar, {{"\n", absl::StrCat("\n", std::string(2, ' '))}});
  return {absl::StrCat(before, indented, absl::StrReplaceAll(frame.after, {{"\n", line_break}})),
          static_cast<int32_t>(before.size()), frame.parent_indent};
}

// The scalar in the document as yaml-cpp reads it; nullopt if it is refused there or null.
class OneScalar : public YAML::EventHandler {
 public:
  explicit OneScalar(int32_t begin) : begin_(begin) {}
  void OnDocumentStart(const YAML::Mark& /*mark*/) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& /*mark*/, YAML::anchor_t /*anchor*/) override {}
  void OnAlias(const YAML::Mark& /*mark*/, YAML::anchor_t /*anchor*/) override {}
  void OnScalar(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                const std::string& value) override {
    if (mark.pos == begin_) value_ = value;
  }
  void OnSequenceStart(const YAML::Mark& /*mark*/, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                       YAML::EmitterStyle::value /*style*/) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark& /*mark*/, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                  YAML::EmitterStyle::value /*style*/) override {}
  void OnMapEnd() override {}

  const std::optional<std::string>& value() const { return value_; }

 private:
  int32_t begin_;
  std::optional<std::string> value_;
};

std::optional<std::string> ReadByYamlCpp(const std::string& text, int32_t begin) {
  OneScalar handler(begin);
  std::istringstream stream(text);
  try {
    YAML::Parser parser(stream);
    parser.HandleNextDocument(handler);
  } catch (const YAML::Exception&) {
    return std::nullopt;
  }
  return handler.value();
}

// Every character is found where it stands: itself in the source, or an escape sequence, or a line break.
void CheckPlaces(const Document& document, const ScannedScalar& scanned) {
  int32_t last = document.begin;
  for (size_t at = 0; at < scanned.text.size();) {
    const auto begin = static_cast<int32_t>(at);
    DecodeUtf8(scanned.text, &at);
    const SourceRange place = scanned.map.Locate({begin, static_cast<int32_t>(at)});
    const std::string decoded = scanned.text.substr(begin, at - begin);
    const std::string written = document.text.substr(place.begin, place.end - place.begin);
    const bool is_break = (decoded == " " || decoded == "\n") && (written == "\n" || written == "\r\n");
    const bool is_escape = written == "''" || written.substr(0, 1) == "\\";
    ASSERT_TRUE(decoded == written || is_break || is_escape) << decoded << " at " << written;
    ASSERT_LE(last, place.begin);
    last = place.end;
  }
}

class ScalarStyleTest : public testing::TestWithParam<ScalarStyle> {};

TEST_P(ScalarStyleTest, DecodesWhatYamlCppDecodesAndFindsEveryCharacter) {
  Random random(20261122);
  int refused = 0;
  for (int i = 0; i < kScalarsOfEachStyle;) {
    const absl::string_view line_break = random() % 4 == 0 ? "\r\n" : "\n";
    const Document document = Surround(Scalar(GetParam(), line_break, &random), line_break, &random);
    const std::string masked = MaskEscapes(document.text);
    const std::optional<std::string> expected = ReadByYamlCpp(masked, document.begin);
    if (!expected.has_value()) {
      ASSERT_LT(++refused, kScalarsOfEachStyle);
      continue;
    }
    const ScalarContext context = {document.begin, document.parent_indent, expected->size()};
    ASSERT_EQ(ScanScalar(masked, context).text, *expected) << "number " << i << ":\n" << document.text;
    const ScannedScalar scanned = ScanScalar(document.text, context);
    ASSERT_EQ(scanned.style, GetParam()) << document.text;
    ASSERT_EQ(scanned.lone_surrogate, -1);
    ASSERT_EQ(static_cast<size_t>(scanned.map.size()), scanned.text.size());
    ASSERT_NO_FATAL_FAILURE(CheckPlaces(document, scanned)) << document.text;
    ++i;
  }
}

INSTANTIATE_TEST_SUITE_P(AllStyles, ScalarStyleTest,
                         testing::Values(ScalarStyle::kPlain, ScalarStyle::kSingleQuoted, ScalarStyle::kDoubleQuoted,
                                         ScalarStyle::kLiteral, ScalarStyle::kFolded));

}  // namespace
}  // namespace assay
