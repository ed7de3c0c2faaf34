// An explanation as text. Entry points: ExplanationReport, RoleName, AddFindingLines, AddVerdictLines.
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/report.h"

namespace assay {
namespace {

constexpr const char* kDispositions[][2] = {
    {"", ""}, {"CONFIRMED", "确认"}, {"PARTIAL", "部分确认"}, {"HELD", "暂扣"}, {"REJECTED", "退回"}};

// By RuleVerdict::Verdict.
constexpr const char* kVerdicts[][2] = {
    {"", ""},
    {"fired", "命中"},
    {"did not fire", "未命中"},
    {"not considered", "不适用（前提不成立）"},
    {"not for this kind of row", "不适用于此类单据"},
    {"not in force on its date", "其日期不在有效期内"},
    {"could not be evaluated", "无法判断"},
    {"off here", "在此环节未启用"},
    {"no rows to judge", "没有可判断的行"},
};

constexpr const char* kOutcomes[][2] = {
    {"", ""}, {"NOTE", "提示"}, {"CUT", "转出"}, {"HOLD", "暂扣"}, {"REJECT", "退回"}};

void AddTest(const v1::TestResult& test, bool zh, std::string* out) {
  const std::string& result = zh && !test.error_zh().empty() ? test.error_zh() : test.result();
  absl::StrAppend(out, test.decides() ? "    * " : "      ", test.expression(), "  =>  ", result, "\n");
  for (const v1::ReadValue& read : test.reads()) {
    const std::string& value = zh && !read.error_zh().empty() ? read.error_zh() : read.value();
    absl::StrAppend(out, "        ", read.expression(), " = ", value.empty() ? "''" : value, "\n");
  }
  if (test.has_cure()) absl::StrAppend(out, "        ", Pick(test.cure(), zh), "\n");
}

// table.cap(level = VIP, campaign = false): row 3
//   row 2 but for campaign: true
void AddTable(const v1::TableVerdict& table, bool zh, std::string* out) {
  std::vector<std::string> inputs;
  for (const v1::ReadValue& read : table.inputs()) {
    const std::string& value = zh && !read.error_zh().empty() ? read.error_zh() : read.value();
    inputs.push_back(absl::StrCat(read.expression(), " = ", value.empty() ? "''" : value));
  }
  const std::string rows = absl::StrJoin(table.rows(), ", ");
  absl::StrAppend(out, "      table.", table.table(), "(", absl::StrJoin(inputs, ", "), "): ");
  if (table.is_default()) {
    absl::StrAppend(out, zh ? "默认行\n" : "the default row\n");
  } else if (rows.empty()) {
    absl::StrAppend(out, zh ? "没有符合的行\n" : "no row\n");
  } else {
    absl::StrAppend(out, zh ? "行 " : "row ", rows, "\n");
  }
  if (table.nearest().empty()) return;
  std::vector<std::string> failed;
  for (const v1::FailedCell& cell : table.failed()) failed.push_back(absl::StrCat(cell.input(), " ", cell.cell()));
  absl::StrAppend(out, "        ", zh ? "最接近的行 " : "nearest was row ", table.nearest(),
                  zh ? "，不符合：" : ", but for ", absl::StrJoin(failed, ", "), "\n");
}

}  // namespace

std::string RoleName(const CompiledRulebook& book, const std::string& role, bool zh) {
  const auto found = book.roles.find(role);
  if (found == book.roles.end()) return role;
  const std::string& title = Pick(found->second->title(), zh);
  return title.empty() ? role : title;
}

void AddFindingLines(const CompiledRulebook& book, const google::protobuf::RepeatedPtrField<v1::Finding>& findings,
                     bool zh, std::string* out) {
  for (const v1::Finding& finding : findings) {
    absl::StrAppend(out, "  ", finding.rule());
    if (!finding.line_id().empty()) absl::StrAppend(out, zh ? " 行 " : " line ", finding.line_id());
    absl::StrAppend(out, zh ? "：" : ": ", kOutcomes[finding.outcome()][zh ? 1 : 0]);
    if (!finding.route().empty()) absl::StrAppend(out, " -> ", RoleName(book, finding.route(), zh));
    absl::StrAppend(out, zh ? "。" : ". ", Pick(finding.message(), zh));
    if (!finding.lifted_by().empty())
      absl::StrAppend(out, zh ? "（放行：" : " (lifted by ", finding.lifted_by(), zh ? "）" : ")");
    if (finding.has_release_void()) {
      absl::StrAppend(out, zh ? "（放行无效：" : " (release void: ", Pick(finding.release_void(), zh), zh ? "）" : ")");
    }
    absl::StrAppend(out, "\n");
  }
}

void AddVerdictLines(const google::protobuf::RepeatedPtrField<v1::RuleVerdict>& verdicts, bool zh, std::string* out) {
  absl::StrAppend(out, zh ? "规则（* 为决定结果的条件）\n" : "rules (* marks what decided)\n");
  for (const v1::RuleVerdict& verdict : verdicts) {
    absl::StrAppend(out, "  ", verdict.rule(), " ", Pick(verdict.title(), zh));
    if (!verdict.line_id().empty()) absl::StrAppend(out, zh ? "，行 " : ", line ", verdict.line_id());
    absl::StrAppend(out, ": ", kVerdicts[verdict.verdict()][zh ? 1 : 0], "\n");
    for (const v1::TestResult& test : verdict.tests()) AddTest(test, zh, out);
    for (const v1::TableVerdict& table : verdict.tables()) AddTable(table, zh, out);
  }
}

std::string ExplanationReport(const CompiledRulebook& book, const v1::Explanation& explanation,
                              const std::string& language) {
  const bool zh = language == "zh";
  const int column = zh ? 1 : 0;
  const v1::Decision& decision = explanation.decision();
  std::string out = absl::StrCat(zh ? "订单 " : "order ", decision.order_id(), ": ",
                                 kDispositions[decision.disposition()][column], "\n");
  AddFindingLines(book, decision.findings(), zh, &out);
  AddVerdictLines(explanation.verdicts(), zh, &out);
  return out;
}

}  // namespace assay
