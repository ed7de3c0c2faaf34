// The page of a rulebook: nothing is left out, nothing is read as markup, links lead somewhere.
#include "document/page.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/message.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "document/field_label.h"
#include "document/section.h"
#include "gtest/gtest.h"

namespace assay {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// The pieces of a text between `begin` and `end`.
std::vector<std::string> Between(absl::string_view text, absl::string_view begin, absl::string_view end) {
  std::vector<std::string> found;
  for (size_t at = text.find(begin); at != absl::string_view::npos; at = text.find(begin, at)) {
    at += begin.size();
    found.emplace_back(text.substr(at, text.find(end, at) - at));
  }
  return found;
}

// The card or row of a thing.
std::string Part(const std::string& page, const std::string& anchor) {
  const size_t begin = page.find(absl::StrCat("id=\"", anchor, "\""));
  if (begin == std::string::npos) return "";
  const bool is_row = page.rfind("<tr", begin) == begin - 4;
  return page.substr(begin, page.find(is_row ? "</tr>" : "</article>", begin) - begin);
}

LoadedRulebook Load(const std::map<std::string, std::string>& files) {
  IssueList issues;
  const FileReader reader = [&files](absl::string_view path) -> absl::StatusOr<std::string> {
    return files.at(std::string(path));
  };
  std::optional<LoadedRulebook> loaded = LoadRulebookFile("in/site.yaml", reader, &issues);
  EXPECT_TRUE(loaded.has_value()) << Format(issues);
  return loaded.has_value() ? *std::move(loaded) : LoadedRulebook();
}

// A text for each string of a rulebook, which is markup if it is not escaped.
std::string Hostile(const std::string& path) { return absl::StrCat("<script>\"'&", path, "</script>"); }

std::string Escaped(const std::string& path) {
  return absl::StrCat("&lt;script&gt;&quot;&#39;&amp;", path, "&lt;/script&gt;");
}

// Sets every key of the message and below, lists with one item each; *paths are those of its texts.
void Fill(Message* message, const std::string& path, std::vector<std::string>* paths) {
  const Descriptor& type = *message->GetDescriptor();
  const google::protobuf::Reflection& reflection = *message->GetReflection();
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor* field = type.field(i);
    const std::string field_path = absl::StrCat(path, path.empty() ? "" : ".", field->name());
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_MESSAGE:
        Fill(field->is_repeated() ? reflection.AddMessage(message, field) : reflection.MutableMessage(message, field),
             field_path, paths);
        break;
      case FieldDescriptor::CPPTYPE_STRING:
        paths->push_back(field_path);
        field->is_repeated() ? reflection.AddString(message, field, Hostile(field_path))
                             : reflection.SetString(message, field, Hostile(field_path));
        break;
      case FieldDescriptor::CPPTYPE_BOOL:
        reflection.SetBool(message, field, true);
        break;
      case FieldDescriptor::CPPTYPE_ENUM:
        reflection.SetEnumValue(message, field, 1);
        break;
      default:
        field->is_repeated() ? reflection.AddUInt32(message, field, 7) : reflection.SetUInt32(message, field, 7);
    }
  }
}

TEST(RulebookPageTest, ShowsEveryTextOfEveryKeyAsTextAlone) {
  LoadedRulebook rulebook;
  std::vector<std::string> paths;
  Fill(&rulebook.proto, "", &paths);
  EXPECT_GE(paths.size(), 150u);
  const std::string page = RulebookPage(rulebook, Hostile("fingerprint"), "en");
  for (const std::string& path : paths) EXPECT_TRUE(absl::StrContains(page, Escaped(path))) << path;
  EXPECT_TRUE(absl::StrContains(page, Escaped("fingerprint")));
  EXPECT_EQ(Between(page, "<script", ">").size(), 1u);
  EXPECT_EQ(Between(page, "</script", ">").size(), 1u);
}

// The part of a message's keys and enum words that have no words in both languages.
void AddUnlabelled(const Descriptor& type, std::set<std::string>* missing) {
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    const FieldLabel* label = FindLabel(field);
    const bool has_section = label != nullptr || type.full_name() == "assay.v1.Rulebook";
    if (!has_section && !type.options().map_entry()) missing->insert(field.full_name());
    if (field.message_type() != nullptr) AddUnlabelled(*field.message_type(), missing);
    if (field.enum_type() == nullptr) continue;
    const EnumDescriptor& words = *field.enum_type();
    for (int j = 1; j < words.value_count(); ++j) {
      if (FindEnumLabel(words.value(j)->name()) == nullptr) missing->insert(words.value(j)->full_name());
    }
  }
}

TEST(RulebookPageTest, HasWordsInBothLanguagesForEveryKey) {
  std::set<std::string> missing;
  AddUnlabelled(*v1::Rulebook::descriptor(), &missing);
  EXPECT_EQ(missing, std::set<std::string>());
}

TEST(RulebookPageTest, HasASectionForEveryList) {
  std::set<std::string> lists;
  for (const Section& section : Sections()) lists.insert(section.list);
  for (int i = 0; i < v1::Rulebook::descriptor()->field_count(); ++i) {
    const FieldDescriptor& field = *v1::Rulebook::descriptor()->field(i);
    const bool is_list = field.is_repeated() && field.message_type() != nullptr;
    EXPECT_TRUE(!is_list || lists.contains(field.name())) << field.name();
  }
}

constexpr char kBook[] = R"(name: test
version: "1"
input: {name: order, type: assay.v1.Order}
levels: [{name: line, of: order.lines}]
parameters:
  - {name: most, type: decimal, default: "5"}
  - {name: idle, type: string, default: "'parameters.most'"}
datasets: [{name: partners, type: assay.v1.Partner, key: [id]}]
joins: [{name: partner, dataset: partners, on: [order.sold_to]}]
variables: [{name: size, each: line, expression: line.quantity}, {name: size, each: order, expression: order.total}]
tables:
  - name: cap
    inputs: [{name: level, type: string}]
    outputs: [{name: cap, type: decimal, decimal: {precision: 5, scale: 2}}]
    rows: [{id: top, cells: ["'VIP'", parameters.most]}, {cells: ["-", "0.10"], annotation: {en: all else, zh: 其余}}]
    default: {cells: ["9.99"]}
rules:
  - id: A
    condition: order.total > parameters.most && table.cap(order.partner.level) < 1 && line.parameters.most
    outcome: HOLD
    at: {SHIP: REJECT}
    reason_by: "true ? 'LATE' : 'NONE'"
    effective: {from: 2026-01-01}
    message: {en: a, zh: 甲}
  - {id: A, condition: "false", effective: {to: 2025-12-31}}
  - {id: B/1, each: line, condition: line.size > 1, reason: LATE}
applicability: [{rules: [B*], when: order.size > 1}]
reason_codes: [{code: LATE, text: {en: Too late, zh: 太晚}, route: CLERK}]
roles: [{name: CLERK, title: {en: Clerk, zh: 文员}}]
)";

class SamplePageTest : public testing::Test {
 protected:
  const LoadedRulebook rulebook_ = Load({{"in/base/all.yaml", kBook},
                                         {"in/site.yaml",
                                          "imports: [base/all.yaml]\n"
                                          "overrides:\n"
                                          "  - {rule: A, mode: OBSERVE, message: {en: b, zh: 乙}}\n"
                                          "  - {parameter: most, default: \"7\"}\n"}});
  const std::string page_ = RulebookPage(rulebook_, "f1", "");
};

TEST_F(SamplePageTest, LinksAnExpressionToWhatItReads) {
  const std::string rule = Part(page_, "rules-A");
  EXPECT_TRUE(absl::StrContains(rule, "parameters.<a href=\"#parameters-most\">most</a>"));
  EXPECT_TRUE(absl::StrContains(rule, "table.<a href=\"#tables-cap\">cap</a>(order.<a href=\"#joins-partner\">"));
  EXPECT_TRUE(absl::StrContains(rule, "line.parameters.most"));
  EXPECT_TRUE(absl::StrContains(rule, "<a href=\"#reason_codes-LATE\">&#39;LATE&#39;</a>"));
  EXPECT_TRUE(absl::StrContains(rule, "<span class=\"text\">&#39;NONE&#39;</span>"));
  EXPECT_TRUE(absl::StrContains(Part(page_, "rules-B:2F1"), "line.<a href=\"#variables-size\">size</a>"));
  EXPECT_TRUE(absl::StrContains(Part(page_, "applicability-1"), "order.<a href=\"#variables-size:v2\">size</a>"));
  EXPECT_FALSE(absl::StrContains(Part(page_, "parameters-idle"), "href=\"#parameters-most\""));
}

TEST_F(SamplePageTest, SaysWhatUsesAThing) {
  const std::string parameter = Part(page_, "parameters-most");
  for (const char* user : {"#rules-A", "#tables-cap", "#overrides-2"}) {
    EXPECT_TRUE(absl::StrContains(parameter, absl::StrCat("<a href=\"", user, "\">"))) << user;
  }
  EXPECT_TRUE(absl::StrContains(Part(page_, "rules-B:2F1"), "<a href=\"#applicability-1\"><code>#1</code></a>"));
  EXPECT_TRUE(absl::StrContains(Part(page_, "rules-A:v2"), "<a href=\"#overrides-1\"><code>#1</code></a>"));
}

TEST_F(SamplePageTest, SaysWhereEachPartWasWritten) {
  const std::string rule = Part(page_, "rules-A");
  EXPECT_TRUE(absl::StrContains(rule, "<span class=\"place\">base/all.yaml:18</span>"));
  EXPECT_TRUE(absl::StrContains(rule, "<span class=\"place\">site.yaml:3</span>"));
  EXPECT_TRUE(absl::StrContains(Part(page_, "parameters-most"), "<span class=\"place\">site.yaml:4</span>"));
  EXPECT_FALSE(absl::StrContains(Part(page_, "parameters-idle"), "site.yaml"));
}

TEST_F(SamplePageTest, ShowsARuleWithItsOutcomesReasonAndMessages) {
  const std::string rule = Part(page_, "rules-A");
  EXPECT_TRUE(absl::StrContains(rule, "<bdi lang=\"en\">b</bdi><bdi lang=\"zh-CN\">乙</bdi>"));
  EXPECT_TRUE(absl::StrContains(rule, "<bdi>HOLD</bdi><bdi lang=\"zh-CN\"> 暂扣</bdi>"));
  EXPECT_TRUE(absl::StrContains(rule, "<bdi>SHIP</bdi><bdi lang=\"zh-CN\"> 发货</bdi>"));
  EXPECT_TRUE(absl::StrContains(rule, "<code>2026-01-01</code>"));
  EXPECT_TRUE(absl::StrContains(rule, "badge observe"));
  EXPECT_TRUE(absl::StrContains(Part(page_, "rules-B:2F1"), "Applies only where"));
  // The role that acts is its reason code's.
  EXPECT_TRUE(absl::StrContains(Part(page_, "rules-B:2F1"), "<a href=\"#roles-CLERK\">"));
}

TEST_F(SamplePageTest, ShowsATableWithItsCellsAsTheyAreWritten) {
  const std::string table = Part(page_, "tables-cap");
  EXPECT_TRUE(absl::StrContains(table, "badge unique"));
  EXPECT_TRUE(absl::StrContains(table, "<small>decimal(5, 2)</small>"));
  EXPECT_TRUE(
      absl::StrContains(table, "<code>top</code></td><td><code class=\"cel\"><span class=\"text\">&#39;VIP&#39;"));
  EXPECT_TRUE(absl::StrContains(table, "<code class=\"cel\">9.99</code>"));
  EXPECT_TRUE(absl::StrContains(table, "<bdi lang=\"zh-CN\">其余</bdi>"));
}

TEST(RulebookPageTest, SaysWhichFileTheRowsOfATableAreIn) {
  const LoadedRulebook rulebook =
      Load({{"in/site.yaml",
             "name: t\n"
             "tables:\n"
             "  - {name: t, inputs: [{name: a, type: int}], outputs: [{name: b, type: int}],\n"
             "     file: rows/t.csv}\n"},
            {"in/rows/t.csv", "a,b\n-,7\n"}});
  const std::string table = Part(RulebookPage(rulebook, "", ""), "tables-t");
  EXPECT_TRUE(absl::StrContains(table, "<code class=\"cel\">7</code>"));
  EXPECT_TRUE(absl::StrContains(table, "<span class=\"place\">rows/t.csv:2</span>"));
}

TEST(RulebookPageTest, NamesAPartOfABinaryRulebookByItsPathOnce) {
  v1::Rulebook proto;
  proto.add_rules()->set_id("A");
  proto.mutable_rules(0)->set_condition("true");
  IssueList issues;
  const std::optional<LoadedRulebook> rulebook = LoadRulebookBinary("b.binpb", proto.SerializeAsString(), &issues);
  ASSERT_TRUE(rulebook.has_value());
  const std::string page = RulebookPage(*rulebook, "", "");
  EXPECT_EQ(Between(page, "<span class=\"place\">", "<"), std::vector<std::string>{"rules[0]"});
}

TEST_F(SamplePageTest, HasOneAnchorForEachThingAndNoLinkThatLeadsNowhere) {
  const std::vector<std::string> ids = Between(page_, " id=\"", "\"");
  const std::set<std::string> distinct(ids.begin(), ids.end());
  EXPECT_EQ(distinct.size(), ids.size());
  for (const std::string& link : Between(page_, "href=\"", "\"")) {
    EXPECT_TRUE(absl::StartsWith(link, "#") && distinct.contains(link.substr(1))) << link;
  }
}

TEST_F(SamplePageTest, IsTheSameEachTime) { EXPECT_EQ(RulebookPage(rulebook_, "f1", ""), page_); }

}  // namespace
}  // namespace assay
