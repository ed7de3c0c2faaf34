// Loading: which proto a text gives, how files are merged, and what an import may name.
#include "rulebook/loader.h"

#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "base/utf8.h"
#include "rulebook/fingerprint.h"

namespace assay {
namespace {

using Files = std::map<std::string, std::string>;

FileReader ReaderOf(Files files) {
  return [files = std::move(files)](absl::string_view path) -> absl::StatusOr<std::string> {
    const auto found = files.find(std::string(path));
    if (found == files.end()) return absl::NotFoundError("there is no such file");
    return found->second;
  };
}

LoadedRulebook Load(const std::string& text) {
  IssueList issues;
  std::optional<LoadedRulebook> rulebook = LoadRulebookText("r.yaml", text, &issues);
  EXPECT_TRUE(rulebook.has_value()) << Format(issues);
  return rulebook.has_value() ? *std::move(rulebook) : LoadedRulebook();
}

LoadedRulebook LoadFiles(const Files& files, absl::string_view path) {
  IssueList issues;
  std::optional<LoadedRulebook> rulebook = LoadRulebookFile(path, ReaderOf(files), &issues);
  EXPECT_TRUE(rulebook.has_value()) << Format(issues);
  return rulebook.has_value() ? *std::move(rulebook) : LoadedRulebook();
}

// The first issue of files that must not load.
std::string FirstIssue(const Files& files, absl::string_view path) {
  IssueList issues;
  EXPECT_FALSE(LoadRulebookFile(path, ReaderOf(files), &issues).has_value());
  return issues.issues().empty() ? "no issue" : FormatLine(issues.issues()[0]);
}

TEST(LoaderTest, FillsEveryKindOfField) {
  const v1::Rulebook proto = Load(
                                 "name: standard.order_review\n"
                                 "version: 2026.11\n"
                                 "input: {name: order, type: assay.v1.Order}\n"
                                 "fields: [{path: a.B.c, decimal: {precision: 18, scale: 4}, sensitive: true}]\n"
                                 "parameters:\n"
                                 "  - {name: on, type: bool, default: true, description: {en: A, zh: 甲}}\n"
                                 "joins:\n"
                                 "  - {name: partner, dataset: partners, on: [order.partner_id, ~, 12]}\n"
                                 "rules:\n"
                                 "- id: ORD-PRC-03\n"
                                 "  outcome: HOLD\n"
                                 "  at: {ENTRY: NOTE, SHIP: REJECT}\n"
                                 "  values: {list: line.list, cap: 0.30}\n"
                                 "  effective: {from: 2026-01-01, to:}\n"
                                 "ledgers: [{name: stock, kind: LOTS, lots: {of: line.lots}}]\n"
                                 "applicability:\n"
                                 "scorecards: ~\n"
                                 "review:\n")
                                 .proto;
  EXPECT_EQ(proto.version(), "2026.11");
  EXPECT_EQ(proto.input().type(), "assay.v1.Order");
  EXPECT_EQ(proto.fields(0).decimal().scale(), 4u);
  EXPECT_TRUE(proto.fields(0).sensitive());
  EXPECT_EQ(proto.parameters(0).default_(), "true");
  EXPECT_EQ(proto.parameters(0).description().zh(), "甲");
  ASSERT_EQ(proto.joins(0).on_size(), 3);
  EXPECT_EQ(proto.joins(0).on(1), "");
  EXPECT_EQ(proto.joins(0).on(2), "12");
  EXPECT_EQ(proto.rules(0).outcome(), v1::OUTCOME_HOLD);
  EXPECT_EQ(proto.rules(0).at().at("SHIP"), v1::OUTCOME_REJECT);
  EXPECT_EQ(proto.rules(0).values().at("cap"), "0.30");
  EXPECT_EQ(proto.rules(0).effective().from(), "2026-01-01");
  EXPECT_EQ(proto.rules(0).effective().to(), "");
  EXPECT_EQ(proto.ledgers(0).kind(), v1::Ledger::KIND_LOTS);
  EXPECT_FALSE(proto.has_review());
}

TEST(LoaderTest, KeepsTheTextOfPlainScalarsInTextFields) {
  const v1::Rulebook proto = Load(
                                 "parameters:\n"
                                 "  - {name: no, type: True, default: 1e3}\n"
                                 "  - {name: 007, type: null, default: 'null'}\n"
                                 "  - {name: .inf, type: 0x1F, default: 2026-11-22T01:02:03Z}\n")
                                 .proto;
  EXPECT_EQ(proto.parameters(0).name(), "no");
  EXPECT_EQ(proto.parameters(0).type(), "True");
  EXPECT_EQ(proto.parameters(0).default_(), "1e3");
  EXPECT_EQ(proto.parameters(1).name(), "007");
  EXPECT_EQ(proto.parameters(1).type(), "");
  EXPECT_EQ(proto.parameters(1).default_(), "null");
  EXPECT_EQ(proto.parameters(2).name(), ".inf");
  EXPECT_EQ(proto.parameters(2).type(), "0x1F");
  EXPECT_EQ(proto.parameters(2).default_(), "2026-11-22T01:02:03Z");
}

TEST(LoaderTest, TakesEnumsByTheirFullNamesToo) {
  EXPECT_EQ(Load("rules: [{id: A, outcome: OUTCOME_CUT}]").proto.rules(0).outcome(), v1::OUTCOME_CUT);
}

TEST(LoaderTest, ReadsJsonAsTheSameRulebook) {
  const LoadedRulebook json = Load(
      "{\n\t\"name\": \"\\u8ba2\\u5355\\/\\ud83d\\ude00\",\"rules\":[\n\t{\"id\" : \"A\", \"condition\": \"a\\tb\",\n"
      "\t\t\"at\":{\"ENTRY\":\"NOTE\"}, \"outcome\":\"HOLD\", \"cut\": null}],\"reason_codes\":"
      "[{\"code\":\"C\",\"releasable\":true}]\n}\n");
  const LoadedRulebook yaml = Load(
      "name: 订单/😀\nrules:\n  - {id: A, condition: \"a\\tb\", at: {ENTRY: NOTE}, outcome: HOLD}\n"
      "reason_codes: [{code: C, releasable: true}]\n");
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(json.proto, yaml.proto)) << json.proto.DebugString();
  EXPECT_EQ(Fingerprint(json.proto), Fingerprint(yaml.proto));
}

TEST(LoaderTest, ReadsABinaryRulebook) {
  const v1::Rulebook proto = Load("name: n\nrules: [{id: A}, {id: B, values: {x: '1'}}]\n").proto;
  IssueList issues;
  const std::optional<LoadedRulebook> loaded = LoadRulebookBinary("r.binpb", proto.SerializeAsString(), &issues);
  ASSERT_TRUE(loaded.has_value()) << Format(issues);
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(loaded->proto, proto));
  EXPECT_EQ(FormatLine(loaded->sources.MakeIssue(Severity::kError, "rules[1].values[\"x\"]", {0, 1}, "m")),
            "r.binpb: rules[1].values[\"x\"]: error: m");
  EXPECT_FALSE(loaded->sources.Contains("rules[1].values[\"x\"]"));
}

TEST(LoaderTest, RefusesBytesThatAreNoRulebookAndFieldsItDoesNotKnow) {
  IssueList issues;
  EXPECT_FALSE(LoadRulebookBinary("r.binpb", "\xFF\xFF", &issues).has_value());
  const std::string unknown_in_rule = absl::StrCat("\x72\x03", "\xF8\x7F\x01");  // rules[0] with field 2047
  EXPECT_FALSE(LoadRulebookBinary("s.binpb", unknown_in_rule, &issues).has_value());
  ASSERT_EQ(issues.error_count(), 2u);
  EXPECT_EQ(FormatLine(issues.issues()[0]), "r.binpb: error: not a serialized assay.v1.Rulebook");
  EXPECT_EQ(
      FormatLine(issues.issues()[1]),
      "s.binpb: error: fields or values that this version does not know; use the version the rulebook was made for");
}

TEST(LoaderTest, RefusesValuesOfEnumsItDoesNotKnow) {
  v1::Rulebook of_rule, of_checkpoint;
  of_rule.add_rules()->set_outcome(static_cast<v1::Outcome>(99));
  (*of_checkpoint.add_rules()->mutable_at())["SHIP"] = static_cast<v1::Outcome>(99);
  for (const v1::Rulebook& proto : {of_rule, of_checkpoint}) {
    IssueList issues;
    EXPECT_FALSE(LoadRulebookBinary("r.binpb", proto.SerializeAsString(), &issues).has_value());
    EXPECT_EQ(issues.error_count(), 1u);
  }
}

TEST(LoaderTest, RefusesImportsOfATextWithoutAFile) {
  IssueList issues;
  EXPECT_FALSE(LoadRulebookText("r.yaml", "name: n\nimports: [a.yaml]\n", &issues).has_value());
  EXPECT_EQ(FormatLine(issues.issues()[0]), "r.yaml:2:1: error: 'imports' need files; load the rulebook from its file");
}

TEST(LoaderTest, LeavesEarlierIssuesAlone) {
  IssueList issues;
  issues.Add(SourceMap().MakeIssue(Severity::kError, "elsewhere", "m"));
  EXPECT_TRUE(LoadRulebookText("r.yaml", "name: n\n", &issues).has_value());
  EXPECT_EQ(issues.error_count(), 1u);
}

TEST(LoaderTest, RefusesATextThatIsTooLong) {
  IssueList issues;
  EXPECT_FALSE(LoadRulebookText("r.yaml", std::string((size_t{16} << 20) + 1, 'a'), &issues).has_value());
  EXPECT_EQ(FormatLine(issues.issues()[0]), "r.yaml: error: a text may have 16777216 bytes; this one has 16777217");
}

TEST(LoaderTest, RefusesATextOfMoreValuesThanItsParserCanHold) {
  IssueList issues;
  EXPECT_FALSE(LoadRulebookText("r.yaml", std::string((size_t{1} << 20) + 1, '['), &issues).has_value());
  EXPECT_EQ(FormatLine(issues.issues()[0]).find("r.yaml: error: a text may have 1048576 of the characters ,:[{?-*& "),
            0u);
}

TEST(LoaderTest, CountsMoreErrorsThanItKeepsAndShowsNoEndlessLine) {
  std::string text = "rules: [";
  for (int i = 0; i < 20000; ++i) text += "{zz: 1},";
  IssueList issues;
  EXPECT_FALSE(LoadRulebookText("r.yaml", text + "]", &issues).has_value());
  EXPECT_EQ(issues.error_count(), 20000u);
  ASSERT_EQ(issues.issues().size(), IssueList::kMaxKept);
  EXPECT_EQ(FormatLine(issues.issues()[1]), "r.yaml:1:18: error: 'zz' is not a key of a rule");
  EXPECT_EQ(CountCodePoints(issues.issues()[1].snippet), static_cast<size_t>(kMaxSnippet));
  EXPECT_EQ(issues.issues()[99].snippet_column, issues.issues()[99].column - 60);
}

const Files& Family() {
  static const Files* const kFiles = new Files{
      {"rules/main.yaml",
       "name: main\n"
       "imports: [codes.yaml, sub/prices.yaml]\n"
       "description: {en: Main}\n"
       "rules:\n"
       "  - {id: M-1, condition: main}\n"},
      {"rules/codes.yaml",
       "name: codes\n"
       "description: {en: Codes, zh: 代码}\n"
       "time_zone: Asia/Shanghai\n"
       "reason_codes:\n"
       "  - {code: PRICE_OFF, releasable: false}\n"
       "roles: [{name: ORDER_REVIEWER}]\n"},
      {"rules/sub/prices.yaml",
       "imports: [../codes.yaml, ./more.yaml]\n"
       "time_zone: Asia/Tokyo\n"
       "rules:\n"
       "  - id: P-1\n"
       "    values: {\"数\": p}\n"},
      {"rules/sub/more.yaml", "rules: [{id: Q-1}]\nroles: [{name: FINANCE_CLERK}]\n"},
  };
  return *kFiles;
}

TEST(LoaderImportTest, JoinsListsImportsFirstAndEachFileOnce) {
  const LoadedRulebook rulebook = LoadFiles(Family(), "rules/main.yaml");
  ASSERT_EQ(rulebook.proto.rules_size(), 3);
  EXPECT_EQ(rulebook.proto.rules(0).id(), "Q-1");
  EXPECT_EQ(rulebook.proto.rules(1).id(), "P-1");
  EXPECT_EQ(rulebook.proto.rules(2).id(), "M-1");
  ASSERT_EQ(rulebook.proto.roles_size(), 2);
  EXPECT_EQ(rulebook.proto.roles(1).name(), "FINANCE_CLERK");
  EXPECT_EQ(rulebook.proto.reason_codes_size(), 1);
  EXPECT_EQ(rulebook.sources.files().size(), 4u);
}

TEST(LoaderImportTest, TakesSingleKeysWholeFromTheImporter) {
  const LoadedRulebook rulebook = LoadFiles(Family(), "rules/main.yaml");
  EXPECT_EQ(rulebook.proto.name(), "main");
  EXPECT_EQ(rulebook.proto.description().en(), "Main");
  EXPECT_EQ(rulebook.proto.description().zh(), "");
  EXPECT_EQ(rulebook.proto.time_zone(), "Asia/Tokyo");
  ASSERT_EQ(rulebook.proto.imports_size(), 2);
  EXPECT_EQ(rulebook.proto.imports(0), "codes.yaml");
}

TEST(LoaderImportTest, FindsEveryPathInItsOwnFile) {
  const LoadedRulebook rulebook = LoadFiles(Family(), "rules/main.yaml");
  const auto place = [&](absl::string_view path) {
    return FormatLine(rulebook.sources.MakeIssue(Severity::kError, path, "m"));
  };
  EXPECT_EQ(place("rules[0].id"), "rules/sub/more.yaml:1:14: error: m");
  EXPECT_EQ(place("rules[1].values[\"数\"]"), "rules/sub/prices.yaml:5:19: error: m");
  EXPECT_EQ(place("rules[2].condition"), "rules/main.yaml:5:26: error: m");
  EXPECT_EQ(place("roles[1].name"), "rules/sub/more.yaml:2:16: error: m");
  EXPECT_EQ(place("reason_codes[0].releasable"), "rules/codes.yaml:5:35: error: m");
  EXPECT_EQ(place("time_zone"), "rules/sub/prices.yaml:2:12: error: m");
  EXPECT_EQ(place("name"), "rules/main.yaml:1:7: error: m");
}

TEST(LoaderImportTest, GivesTheFingerprintOfOneFileWithTheSameContent) {
  const LoadedRulebook one = Load(
      "roles: [{name: ORDER_REVIEWER}, {name: FINANCE_CLERK}]\nname: main\ntime_zone: Asia/Tokyo\n"
      "description: {en: Main}\nreason_codes: [{code: PRICE_OFF}]\n"
      "rules: [{id: Q-1}, {id: P-1, values: {数: p}}, {id: M-1, condition: 'main'}]\n");
  EXPECT_EQ(CanonicalJson(LoadFiles(Family(), "rules/main.yaml").proto), CanonicalJson(one.proto));
}

TEST(LoaderImportTest, ImportsBinaryFiles) {
  Files files = {{"m.yaml", "imports: [b.binpb]\nrules: [{id: B}]\n"}};
  files["b.binpb"] = Load("rules: [{id: A}, {id: C}]\n").proto.SerializeAsString();
  const LoadedRulebook rulebook = LoadFiles(files, "m.yaml");
  ASSERT_EQ(rulebook.proto.rules_size(), 3);
  EXPECT_EQ(FormatLine(rulebook.sources.MakeIssue(Severity::kError, "rules[1].id", "m")),
            "b.binpb: rules[1].id: error: m");
  EXPECT_EQ(FormatLine(rulebook.sources.MakeIssue(Severity::kError, "rules[2].id", "m")), "m.yaml:2:14: error: m");
}

TEST(LoaderImportTest, ReportsTheErrorsOfAllFiles) {
  IssueList issues;
  const Files files = {{"m.yaml", "imports: [a.yaml, b.yaml, no.yaml]\nnmae: m\n"},
                       {"a.yaml", "rules: [{idd: A}]\n"},
                       {"b.yaml", "rules: {\n"}};
  EXPECT_FALSE(LoadRulebookFile("m.yaml", ReaderOf(files), &issues).has_value());
  ASSERT_EQ(issues.error_count(), 4u) << Format(issues);
  EXPECT_EQ(FormatLine(issues.issues()[1]), "a.yaml:1:10: error: 'idd' is not a key of a rule; did you mean 'id'?");
  EXPECT_EQ(FormatLine(issues.issues()[2]), "b.yaml:1:8: error: this bracket is never closed");
  EXPECT_EQ(FormatLine(issues.issues()[3]), "m.yaml:1:27: error: cannot be read: there is no such file: 'no.yaml'");
}

TEST(LoaderImportTest, ReportsOneNameInTwoFilesAtTheSecond) {
  const auto duplicate = [](const std::string& a, const std::string& b) {
    return FirstIssue({{"m.yaml", "imports: [a.yaml]\n" + b}, {"a.yaml", a}}, "m.yaml");
  };
  EXPECT_EQ(duplicate("rules: [{id: A}]", "rules:\n  - {id: A}\n"),
            "m.yaml:3:10: error: a rule of this id stands at a.yaml:1 already; give this one another: 'A'");
  EXPECT_EQ(duplicate("reason_codes: [{code: C}]", "reason_codes: [{code: C}]\n"),
            "m.yaml:2:23: error: a reason code of this code stands at a.yaml:1 already; give this one another: 'C'");
  for (const char* list : {"parameters", "datasets", "tables", "levels", "ledgers", "roles", "scorecards", "tests"}) {
    const std::string text = absl::StrCat(list, ": [{name: x}]\n");
    EXPECT_EQ(duplicate(text, text).substr(0, 19),
              absl::StrCat("m.yaml:2:", std::string(list).size() + 11, ": error:"));
  }
}

TEST(LoaderImportTest, LetsLevelsHaveVariablesAndJoinsOfOneName) {
  const LoadedRulebook rulebook =
      LoadFiles({{"m.yaml", "imports: [a.yaml]\nvariables: [{name: v, each: line}]\njoins: [{name: j}]\n"},
                 {"a.yaml", "variables: [{name: v}]\njoins: [{name: j, each: line}]\n"}},
                "m.yaml");
  EXPECT_EQ(rulebook.proto.variables_size(), 2);
  EXPECT_EQ(FirstIssue({{"m.yaml", "variables: [{name: v, each: l}, {name: v, each: l}]\n"}}, "m.yaml").substr(0, 12),
            "m.yaml:1:40:");
}

TEST(LoaderImportTest, NamesTheFilesOfACycle) {
  EXPECT_EQ(FirstIssue({{"d/a.yaml", "imports: [b/b.yaml]\n"},
                        {"d/b/b.yaml", "imports:\n  - ../c.yaml\n"},
                        {"d/c.yaml", "imports: [b/../b/b.yaml]\n"}},
                       "d/a.yaml"),
            "d/c.yaml:1:11: error: imports lead back to a file they come from: 'b/b.yaml -> c.yaml -> b/b.yaml'");
}

TEST(LoaderImportTest, LimitsTheDepthOfImports) {
  Files files;
  for (int i = 0; i <= 17; ++i) files[absl::StrCat(i, ".yaml")] = absl::StrCat("imports: [", i + 1, ".yaml]\n");
  EXPECT_EQ(FirstIssue(files, "0.yaml"), "16.yaml:1:11: error: imports are nested deeper than 16: '17.yaml'");
  files["16.yaml"] = "name: deepest\n";
  EXPECT_EQ(LoadFiles(files, "0.yaml").proto.name(), "deepest");
}

TEST(LoaderImportTest, RefusesWhatIsNotBelowTheRulebooksFolder) {
  const auto refusal = [](const std::string& import) {
    return FirstIssue({{"d/m.yaml", absl::StrCat("imports: ['", import, "']\n")}, {"x.yaml", ""}}, "d/m.yaml");
  };
  EXPECT_EQ(refusal("../x.yaml"),
            "d/m.yaml:1:12: error: an import must lie in the rulebook's folder or below; this one leads out of it: "
            "'../x.yaml'");
  EXPECT_EQ(refusal("a/../../d/m.yaml").find("d/m.yaml:1:12: error: an import must lie"), 0u);
  EXPECT_EQ(refusal("/x.yaml").find("d/m.yaml:1:12: error: an import is relative"), 0u);
  EXPECT_EQ(refusal("C:/x.yaml").find("d/m.yaml:1:12: error: an import is relative"), 0u);
  EXPECT_EQ(refusal("a\\x.yaml").find("d/m.yaml:1:12: error: write '/' between folders"), 0u);
  EXPECT_EQ(refusal("").find("d/m.yaml:1:11: error: an import is the name of a file"), 0u);
}

}  // namespace
}  // namespace assay
