// Entry points: CheckRequirements, CheckPartRequirements. Reads the rulebook as a message; what expressions say is
// checked where they are compiled.
#include "rulebook/requirements.h"

#include <algorithm>
#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/civil.h"
#include "base/decimal.h"
#include "rulebook/definition_circles.h"

namespace assay {
namespace {

// A list whose things expressions, findings or decisions call by a name.
struct NamedThing {
  const char* list;
  const char* name;
  const char* needs;
};

constexpr NamedThing kNamedThings[] = {
    {"levels", "name", "a level needs a name, as 'line'"},
    {"fields", "path", "a typed field needs its path, as 'acme.Order.total'"},
    {"parameters", "name", "a parameter needs a name, as 'price_tolerance'"},
    {"datasets", "name", "a dataset needs a name, as 'partners'"},
    {"joins", "name", "a join needs a name, as 'partner'"},
    {"variables", "name", "a variable needs a name, as 'price_day'"},
    {"rules", "id", "a rule needs an id, as 'ORD-DOC-01'"},
    {"tables", "name", "a table needs a name, as 'discount_cap'"},
    {"scorecards", "name", "a scorecard needs a name, as 'service_level'"},
    {"ledgers", "name", "a ledger needs a name, as 'stock'"},
    {"outputs", "name", "an output needs a name, as 'level'"},
    {"reason_codes", "code", "a reason code needs its code, as 'PRICE_DIFFERS'"},
    {"roles", "name", "a role needs a name, as 'FINANCE_CLERK'"},
    {"calendars", "id", "a calendar needs an id, as 'CN'"},
    {"tests", "name", "a test needs a name, which says what it shows"},
};

class Requirements {
 public:
  Requirements(const LoadedRulebook& loaded, IssueList* issues)
      : book_(loaded.proto), sources_(loaded.sources), issues_(issues) {}

  void Check() {
    if (book_.name().empty()) Error("", "a rulebook needs a name, as 'name: acme.order_review'");
    CheckInput();
    CheckPart();
  }

  void CheckPart() {
    for (const NamedThing& thing : kNamedThings) CheckNames(thing);
    for (int i = 0; i < book_.rules_size(); ++i) CheckRule(book_.rules(i), absl::StrCat("rules[", i, "]"));
    for (int i = 0; i < book_.tables_size(); ++i) CheckTable(book_.tables(i), absl::StrCat("tables[", i, "]"));
    CheckSizes();
    for (int i = 0; i < book_.ledgers_size(); ++i) {
      if (book_.ledgers(i).kind() != v1::Ledger::KIND_UNSPECIFIED) continue;
      Error(absl::StrCat("ledgers[", i, "]"),
            absl::StrCat("a ledger needs a kind, LOTS or BALANCE: '", book_.ledgers(i).name(), "'"));
    }
    CheckReportingLine();
  }

 private:
  void Error(const std::string& path, std::string message) {
    issues_->Add(sources_.MakeIssue(Severity::kError, path, std::move(message)));
  }

  void CheckInput() {
    if (!book_.has_input()) {
      Error("", "a rulebook needs an input, as 'input: {name: order, type: assay.v1.Order}'");
    } else if (book_.input().name().empty()) {
      Error("input", "the input needs a name, as 'order'");
    } else if (book_.input().type().empty()) {
      Error("input", "the input needs a type, the full name of a message, as 'assay.v1.Order'");
    }
  }

  void CheckNames(const NamedThing& thing) {
    const google::protobuf::FieldDescriptor* list = v1::Rulebook::descriptor()->FindFieldByName(thing.list);
    const google::protobuf::FieldDescriptor* name = list->message_type()->FindFieldByName(thing.name);
    const google::protobuf::Reflection& reflection = *book_.GetReflection();
    for (int i = 0; i < reflection.FieldSize(book_, list); ++i) {
      const google::protobuf::Message& item = reflection.GetRepeatedMessage(book_, list, i);
      if (!item.GetReflection()->GetString(item, name).empty()) continue;
      Error(absl::StrCat(thing.list, "[", i, "]"), thing.needs);
    }
  }

  void CheckRule(const v1::Rule& rule, const std::string& path) {
    const std::string quoted = absl::StrCat(": '", rule.id(), "'");
    if (rule.outcome() != v1::OUTCOME_UNSPECIFIED && !rule.outcome_by().empty()) {
      Error(path + ".outcome_by", absl::StrCat("a rule has outcome or outcome_by, not both", quoted));
    }
    if (!rule.reason().empty() && !rule.reason_by().empty()) {
      Error(path + ".reason_by", absl::StrCat("a rule has reason or reason_by, not both", quoted));
    }
    CheckDays(rule.effective(), path);
    const bool is_dated = !rule.effective().from().empty() || !rule.effective().to().empty();
    if (!is_dated || !book_.as_of().empty()) return;
    Error(path + ".effective",
          absl::StrCat("the rule is dated: the rulebook needs 'as_of', the day that picks it", quoted));
  }

  void CheckTable(const v1::Table& table, const std::string& path) {
    CheckDays(table.effective(), path);
    for (int i = 0; i < table.rows_size(); ++i) {
      if (table.rows(i).has_effective()) CheckDays(table.rows(i).effective(), absl::StrCat(path, ".rows[", i, "]"));
    }
  }

  // Days that cannot be read are told where they are.
  void CheckDays(const v1::Effective& days, const std::string& path) {
    int32_t from = 0;
    int32_t to = 0;
    const bool is_read = ParseDate(days.from().data(), days.from().size(), &from) == DateParse::kOk &&
                         ParseDate(days.to().data(), days.to().size(), &to) == DateParse::kOk;
    if (!is_read || from <= to) return;
    Error(path + ".effective",
          absl::StrCat("no day is from ", days.from(), " to ", days.to(), ": 'from' is the first day, 'to' the last"));
  }

  void CheckSizes() {
    for (int i = 0; i < book_.parameters_size(); ++i) {
      const v1::Parameter& parameter = book_.parameters(i);
      if (parameter.has_decimal()) CheckSize(parameter.decimal(), absl::StrCat("parameters[", i, "]"));
    }
    for (int i = 0; i < book_.ledgers_size(); ++i) {
      if (book_.ledgers(i).has_decimal()) CheckSize(book_.ledgers(i).decimal(), absl::StrCat("ledgers[", i, "]"));
    }
    for (int i = 0; i < book_.tables_size(); ++i) {
      CheckColumns(book_.tables(i).inputs(), absl::StrCat("tables[", i, "].inputs"));
      CheckColumns(book_.tables(i).outputs(), absl::StrCat("tables[", i, "].outputs"));
    }
    for (int i = 0; i < book_.scorecards_size(); ++i) {
      CheckColumns(book_.scorecards(i).inputs(), absl::StrCat("scorecards[", i, "].inputs"));
    }
  }

  void CheckColumns(const google::protobuf::RepeatedPtrField<v1::TableColumn>& columns, const std::string& list) {
    for (int i = 0; i < columns.size(); ++i) {
      if (columns[i].has_decimal()) CheckSize(columns[i].decimal(), absl::StrCat(list, "[", i, "]"));
    }
  }

  void CheckSize(const v1::DecimalType& size, const std::string& path) {
    const bool is_good = size.precision() >= 1 && size.precision() <= static_cast<uint32_t>(kMaxDecimalDigits) &&
                         size.scale() <= size.precision();
    if (is_good) return;
    Error(path + ".decimal", absl::StrCat("a decimal has 1 to ", kMaxDecimalDigits,
                                          " digits, and no more of them behind the point: ", "precision ",
                                          size.precision(), ", scale ", size.scale()));
  }

  void CheckReportingLine() {
    std::map<std::string, int> numbers;
    for (int i = 0; i < book_.roles_size(); ++i) numbers.emplace(book_.roles(i).name(), i);
    numbers.erase("");
    Uses uses;
    for (int i = 0; i < book_.roles_size(); ++i) {
      const auto next = numbers.find(book_.roles(i).reports_to());
      if (next != numbers.end()) uses[i].insert(next->second);
    }
    const std::vector<int> circle = FirstCircle(uses);
    if (circle.empty()) return;
    const std::string members =
        absl::StrJoin(circle, " -> ", [this](std::string* out, int i) { out->append(book_.roles(i).name()); });
    Error(absl::StrCat("roles[", circle[0], "].reports_to"),
          absl::StrCat("this role reports to itself; leave reports_to out at the top: ", members));
  }

  const v1::Rulebook& book_;
  const SourceMap& sources_;
  IssueList* issues_;
};

}  // namespace

void CheckRequirements(const LoadedRulebook& loaded, IssueList* issues) { Requirements(loaded, issues).Check(); }

void CheckPartRequirements(const LoadedRulebook& loaded, IssueList* issues) {
  Requirements(loaded, issues).CheckPart();
}

}  // namespace assay
