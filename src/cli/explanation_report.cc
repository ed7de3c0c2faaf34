// An explanation as text. Entry points: ExplanationReport, RoleName, AddFindingLines, AddVerdictLines,
// AddVariableLines.
#include <algorithm>
#include <set>
#include <utility>
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

// Of a ReadValue or a VariableValue; a moment is shown on the clock of the zone.
template <typename Told>
std::string ValueOf(const Told& told, const Zone& zone, bool zh) {
  const std::string& value = zh && !told.error_zh().empty() ? told.error_zh() : told.value();
  return value.empty() ? "''" : ShownMoment(value, zone);
}

void AddReads(const google::protobuf::RepeatedPtrField<v1::ReadValue>& reads, const Zone& zone, bool zh,
              std::string* out) {
  for (const v1::ReadValue& read : reads) {
    absl::StrAppend(out, "        ", read.expression(), " = ", ValueOf(read, zone, zh), "\n");
  }
}

void AddTest(const v1::TestResult& test, const Zone& zone, bool zh, std::string* out) {
  const std::string& result = zh && !test.error_zh().empty() ? test.error_zh() : test.result();
  absl::StrAppend(out, test.decides() ? "    * " : "      ", test.expression(), "  =>  ", result, "\n");
  AddReads(test.reads(), zone, zh, out);
  if (test.has_cure()) absl::StrAppend(out, "        ", Pick(test.cure(), zh), "\n");
}

// table.cap(level = VIP, campaign = false): row 3
//   row 2 but for campaign: true
void AddTable(const v1::TableVerdict& table, const Zone& zone, bool zh, std::string* out) {
  std::vector<std::string> inputs;
  for (const v1::ReadValue& read : table.inputs()) {
    inputs.push_back(absl::StrCat(read.expression(), " = ", ValueOf(read, zone, zh)));
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

// stock(W1, P-1), line 2: 120, 10 stay on the shelf, 50 to come, 20 promised before
void AddLedger(const v1::LedgerVerdict& ledger, bool zh, std::string* out) {
  absl::StrAppend(out, "  ", ledger.ledger(), "(", absl::StrJoin(ledger.account(), ", "), ")");
  if (!ledger.line_id().empty()) absl::StrAppend(out, zh ? "，行 " : ", line ", ledger.line_id());
  const std::string& opening = ledger.opening();
  absl::StrAppend(out, zh ? "：" : ": ", opening.empty() ? (zh ? "不限" : "unlimited") : opening);
  const std::pair<const std::string*, std::pair<const char*, const char*>> amounts[] = {
      {&ledger.reserve(), {"stay on the shelf", "安全库存"}},
      {&ledger.receipts(), {"to come", "在途"}},
      {&ledger.commitments(), {"promised before", "已承诺"}}};
  for (const auto& [amount, what] : amounts) {
    if (amount->empty() || *amount == "0") continue;
    absl::StrAppend(out, zh ? "，" : ", ", zh ? what.second : *amount, " ", zh ? *amount : what.first);
  }
  absl::StrAppend(out, "\n");
}

// 60 to SO-1, line 2, lot L-7, firm
void AddDraw(const v1::LedgerDraw& draw, bool zh, std::string* out) {
  absl::StrAppend(out, "    ", draw.quantity(), zh ? " 给 " : " to ", draw.order_id());
  if (!draw.line_id().empty()) absl::StrAppend(out, zh ? "，行 " : ", line ", draw.line_id());
  if (!draw.lot().empty()) absl::StrAppend(out, zh ? "，批次 " : ", lot ", draw.lot());
  if (!draw.expected().empty()) absl::StrAppend(out, zh ? "，预计 " : ", due ", draw.expected());
  if (draw.is_firm()) absl::StrAppend(out, zh ? "，已锁定" : ", firm");
  const std::string& actor = draw.allocated_by();
  if (!actor.empty()) absl::StrAppend(out, zh ? "，手工分配：" : ", allocated by ", actor);
  absl::StrAppend(out, "\n");
}

// Variables by name and row, "" for the whole input.
using ReadNames = std::set<std::pair<std::string, std::string>>;

// A row reads its own variables and those of the whole.
void AddNames(const google::protobuf::RepeatedPtrField<v1::ReadValue>& reads, const std::string& line,
              ReadNames* names) {
  for (const v1::ReadValue& read : reads) {
    names->insert({read.expression(), line});
    names->insert({read.expression(), ""});
  }
}

// What the rules that have a finding read, directly or by way of other variables.
ReadNames NamesRead(const RuleVerdicts& verdicts, const VariableValues& variables) {
  ReadNames names;
  for (const v1::RuleVerdict& verdict : verdicts) {
    const bool is_found = verdict.verdict() == v1::RuleVerdict::VERDICT_FIRED ||
                          verdict.verdict() == v1::RuleVerdict::VERDICT_UNEVALUABLE;
    for (const v1::TestResult& test : verdict.tests()) {
      if (is_found) AddNames(test.reads(), verdict.line_id(), &names);
      if (is_found) names.insert({test.expression(), verdict.line_id()});
    }
  }
  // Variables read those before them or behind them: again until nothing is new.
  for (size_t before = 0; before != names.size();) {
    before = names.size();
    for (const v1::VariableValue& variable : variables) {
      if (names.contains({variable.name(), variable.line_id()})) AddNames(variable.reads(), variable.line_id(), &names);
    }
  }
  return names;
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

void AddVerdictLines(const RuleVerdicts& verdicts, const Zone& zone, bool zh, std::string* out) {
  absl::StrAppend(out, zh ? "规则（* 为决定结果的条件）\n" : "rules (* marks what decided)\n");
  for (const v1::RuleVerdict& verdict : verdicts) {
    absl::StrAppend(out, "  ", verdict.rule(), " ", Pick(verdict.title(), zh));
    if (!verdict.line_id().empty()) absl::StrAppend(out, zh ? "，行 " : ", line ", verdict.line_id());
    absl::StrAppend(out, ": ", kVerdicts[verdict.verdict()][zh ? 1 : 0], "\n");
    for (const v1::TestResult& test : verdict.tests()) AddTest(test, zone, zh, out);
    for (const v1::TableVerdict& table : verdict.tables()) AddTable(table, zone, zh, out);
  }
}

void AddVariableLines(const RuleVerdicts& verdicts, const VariableValues& variables, const Zone& zone, bool zh,
                      std::string* out) {
  const ReadNames names = NamesRead(verdicts, variables);
  bool is_first = true;
  for (const v1::VariableValue& variable : variables) {
    if (!names.contains({variable.name(), variable.line_id()})) continue;
    if (is_first) absl::StrAppend(out, zh ? "所读变量\n" : "variables read\n");
    is_first = false;
    absl::StrAppend(out, "  ", variable.name());
    if (!variable.line_id().empty()) absl::StrAppend(out, zh ? "，行 " : ", line ", variable.line_id());
    absl::StrAppend(out, " = ", ValueOf(variable, zone, zh), "\n      ", variable.expression(), "\n");
    AddReads(variable.reads(), zone, zh, out);
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
  AddVerdictLines(explanation.verdicts(), ZoneOf(book), zh, &out);
  AddVariableLines(explanation.verdicts(), explanation.variables(), ZoneOf(book), zh, &out);
  if (!explanation.ledgers().empty()) absl::StrAppend(&out, zh ? "台账\n" : "ledgers\n");
  for (const v1::LedgerVerdict& ledger : explanation.ledgers()) {
    AddLedger(ledger, zh, &out);
    for (const v1::LedgerDraw& draw : ledger.draws()) AddDraw(draw, zh, &out);
  }
  return out;
}

}  // namespace assay
