// An explanation as text. Entry point: ExplanationReport.
#include "absl/strings/str_cat.h"
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
    {"not for this kind of order", "不适用于此类订单"},
    {"not in force on the order's date", "订单日期不在有效期内"},
    {"could not be evaluated", "无法判断"},
    {"off here", "在此环节未启用"},
    {"no rows to judge", "没有可判断的行"},
};

void AddFindings(const v1::Decision& decision, bool zh, std::string* out) {
  for (const v1::Finding& finding : decision.findings()) {
    absl::StrAppend(out, "  ", finding.rule());
    if (!finding.line_id().empty()) absl::StrAppend(out, zh ? " 行 " : " line ", finding.line_id());
    absl::StrAppend(out, ": ", v1::Outcome_Name(finding.outcome()).substr(sizeof("OUTCOME_") - 1));
    if (!finding.route().empty()) absl::StrAppend(out, " -> ", finding.route());
    absl::StrAppend(out, ". ", Pick(finding.message(), zh));
    if (!finding.lifted_by().empty()) absl::StrAppend(out, zh ? "（放行：" : " (lifted by ", finding.lifted_by(), ")");
    if (!finding.release_void().empty()) {
      absl::StrAppend(out, zh ? "（放行无效：" : " (release void: ", finding.release_void(), ")");
    }
    absl::StrAppend(out, "\n");
  }
}

void AddTest(const v1::TestResult& test, std::string* out) {
  absl::StrAppend(out, "      ", test.expression(), "  =>  ", test.result(), "\n");
  for (const v1::ReadValue& read : test.reads()) {
    absl::StrAppend(out, "        ", read.expression(), " = ", read.value().empty() ? "''" : read.value(), "\n");
  }
}

}  // namespace

std::string ExplanationReport(const v1::Explanation& explanation, const std::string& language) {
  const bool zh = language == "zh";
  const int column = zh ? 1 : 0;
  const v1::Decision& decision = explanation.decision();
  std::string out = absl::StrCat(zh ? "订单 " : "order ", decision.order_id(), ": ",
                                 kDispositions[decision.disposition()][column], "\n");
  AddFindings(decision, zh, &out);
  absl::StrAppend(&out, zh ? "规则\n" : "rules\n");
  for (const v1::RuleVerdict& verdict : explanation.verdicts()) {
    absl::StrAppend(&out, "  ", verdict.rule(), " ", Pick(verdict.title(), zh));
    if (!verdict.line_id().empty()) absl::StrAppend(&out, zh ? "，行 " : ", line ", verdict.line_id());
    absl::StrAppend(&out, ": ", kVerdicts[verdict.verdict()][column], "\n");
    for (const v1::TestResult& test : verdict.tests()) AddTest(test, &out);
  }
  return out;
}

}  // namespace assay
