// Entry point: ReleaseBook.
#include "review/releases.h"

#include <algorithm>
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/civil.h"
#include "evaluate/message_fields.h"
#include "google/protobuf/message.h"

namespace assay {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

ReleaseRow ReadRelease(const Message& row) {
  ReleaseRow release;
  release.order = TextField(row, "order_id");
  release.line = TextField(row, "line_id");
  release.rule = TextField(row, "rule");
  release.actor = TextField(row, "actor");
  release.role = TextField(row, "role");
  release.reason = TextField(row, "reason");
  release.granted_bound = TextField(row, "granted_bound");
  release.values_digest = TextField(row, "values_digest");
  release.denied = FlagField(row, "denied");
  release.has_until = TimeField(row, "valid_until", &release.until);
  release.has_at = TimeField(row, "at", &release.at);
  release.released_value = TextField(row, "released_value");
  release.revision = NumberField(row, "revision");
  return release;
}

std::vector<AuthorityLimit> ReadLimits(const Message& staff) {
  std::vector<AuthorityLimit> limits;
  const FieldDescriptor* field = staff.GetDescriptor()->FindFieldByName("authority_limits");
  const bool list = field != nullptr && field->is_repeated() && field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
  for (int i = 0; list && i < staff.GetReflection()->FieldSize(staff, field); ++i) {
    const Message& limit = staff.GetReflection()->GetRepeatedMessage(staff, field, i);
    limits.push_back({TextField(limit, "rule"), TextField(limit, "bound"), TextField(limit, "amount"),
                      TextField(limit, "currency")});
  }
  return limits;
}

// x <= y, of texts; nothing where one of them is no number.
std::optional<bool> IsAtMost(const std::string& x, const std::string& y) {
  absl::StatusOr<Decimal> a = ParseDecimal(x);
  absl::StatusOr<Decimal> b = ParseDecimal(y);
  if (!a.ok() || !b.ok()) return std::nullopt;
  return Compare(*a, *b) <= 0;
}

// Calls `each` with every row of a dataset as a message.
template <typename F>
absl::Status ForEachRow(const RunContext& context, int dataset, F each) {
  if (dataset < 0) return absl::OkStatus();
  const SourcePlan& source = context.book->program().datasets[dataset];
  std::unique_ptr<Message> row(context.book->schema->Prototype(*source.message).New());
  const Dataset& rows = context.snapshot->dataset(dataset);
  for (int32_t i = 0; i < rows.size(); ++i) {
    if (!rows.Counts(i)) continue;
    const absl::string_view bytes = rows.Row(i);
    if (!row->ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
      return absl::InvalidArgumentError(
          absl::StrCat("row ", i + 1, " of dataset '", source.name, "' cannot be decoded"));
    }
    each(*row);
  }
  return absl::OkStatus();
}

// Whether the exemption's period [valid_from, valid_until] holds the day.
bool InPeriod(const Message& row, int32_t day) {
  int32_t bound = 0;
  const std::string from = TextField(row, "valid_from");
  if (!from.empty() && (ParseDate(from.data(), from.size(), &bound) != DateParse::kOk || bound > day)) return false;
  const std::string until = TextField(row, "valid_until");
  return until.empty() || (ParseDate(until.data(), until.size(), &bound) == DateParse::kOk && day <= bound);
}

v1::LocalizedText Words(std::initializer_list<absl::string_view> en, std::initializer_list<absl::string_view> zh) {
  v1::LocalizedText text;
  text.set_en(absl::StrJoin(en, ""));
  text.set_zh(absl::StrJoin(zh, ""));
  return text;
}

bool Matches(const std::string& scope, const std::string& value) { return scope.empty() || scope == value; }

bool Decides(const ReleaseVerdict& verdict) { return verdict.holds || verdict.answer == v1::Finding::ANSWER_DENIED; }

// Of two answers to one hold: one that releases or refuses over one that is void; of these the later; of one time the
// refusal.
bool Outweighs(const ReleaseRow& a, const ReleaseVerdict& of_a, const ReleaseRow& b, const ReleaseVerdict& of_b) {
  if (Decides(of_a) != Decides(of_b)) return Decides(of_a);
  if (a.at < b.at || b.at < a.at) return b.at < a.at;
  return !of_a.holds;
}

}  // namespace

absl::StatusOr<ReleaseBook> ReleaseBook::Create(const RunContext& context, const std::vector<std::string>& more) {
  ReleaseBook book;
  book.context_ = &context;
  const CompiledReview& review = context.book->review;
  auto add = [&](const Message& row) {
    ReleaseRow release = ReadRelease(row);
    book.releases_[{release.order, release.rule}].push_back(std::move(release));
  };
  absl::Status status = ForEachRow(context, review.releases, add);
  if (!status.ok()) return status;
  absl::StatusOr<const google::protobuf::Descriptor*> type = context.book->schema->FindMessage("assay.v1.Release");
  if (!more.empty() && !type.ok()) return type.status();
  for (const std::string& bytes : more) {
    std::unique_ptr<Message> row(context.book->schema->Prototype(**type).New());
    if (!row->ParseFromString(bytes)) return absl::InvalidArgumentError("the release is no assay.v1.Release");
    add(*row);
  }
  status = ForEachRow(context, review.exemptions, [&](const Message& row) {
    if (!InPeriod(row, context.run_day)) return;
    const auto text = [&row](const char* field) { return TextField(row, field); };
    book.exemptions_[text("rule")].push_back({text("rule"), text("partner_id"), text("order_id"), text("line_id"),
                                              text("product_id"), text("product_line"), text("actor")});
  });
  if (!status.ok()) return status;
  status = ForEachRow(context, review.staff, [&](const Message& row) {
    book.staff_roles_[TextField(row, "id")] = TextField(row, "role");
    book.limits_[TextField(row, "id")] = ReadLimits(row);
  });
  if (!status.ok()) return status;
  return book;
}

// The route's own role, or one above it in the reporting line; where staff is known, the actor must hold the role.
bool ReleaseBook::HasAuthority(const ReleaseRow& release, const std::string& route) const {
  if (!staff_roles_.empty()) {
    auto actor = staff_roles_.find(release.actor);
    if (actor == staff_roles_.end() || actor->second != release.role) return false;
  }
  const auto& roles = context_->book->roles;
  std::string role = route;
  for (size_t steps = 0; steps <= roles.size(); ++steps) {
    if (role == release.role) return true;
    auto found = roles.find(role);
    if (found == roles.end() || found->second->reports_to().empty()) return false;
    role = found->second->reports_to();
  }
  return false;
}

// What a release must say before it is weighed: when it was given, and why; and no revision that is yet to come.
v1::LocalizedText ReleaseBook::WhyMalformed(const ReleaseRow& release, const OrderState& order) const {
  if (!release.has_at) return Words({"the release does not say when it was given"}, {"放行未注明时间"});
  if (context_->now < release.at) {
    const std::string at = FormatTimestamp(release.at);
    return Words({"the release was given at ", at, ", which is yet to come"}, {"放行时间 ", at, " 尚未到来"});
  }
  if (release.reason.empty()) return Words({"the release gives no reason"}, {"放行未说明理由"});
  const bool is_counted = release.revision != 0 && !order.rising.missing && order.rising.text.empty();
  if (is_counted && Compare(order.rising.number, DecimalFromInt64(release.revision)) < 0) {
    const std::string revision = absl::StrCat(release.revision);
    return Words({"the release is of revision ", revision, ", which is not this one"},
                 {"放行针对版本 ", revision, "，并非当前版本"});
  }
  return {};
}

// Why the release no longer holds, by time; "" if it does.
v1::LocalizedText ReleaseBook::WhyLapsed(const ReleaseRow& release, const v1::Rule* rule) const {
  if (release.has_until && release.until < context_->now) {
    const std::string until = FormatTimestamp(release.until);
    return Words({"the release lapsed at ", until}, {"放行已于 ", until, " 失效"});
  }
  const int64_t days = rule == nullptr ? 0 : rule->release_days();
  if (days > 0 && release.at.seconds + days * 86400 < context_->now.seconds) {
    const std::string count = absl::StrCat(days);
    return Words({"the release is older than ", count, " days"}, {"放行已超过 ", count, " 天"});
  }
  return {};
}

// Why it is of another order than this one is by now: its value, its actual, or what the rule read. Figures of which
// releases age change by the day: there the released value stands in for what the rule read.
v1::LocalizedText ReleaseBook::WhyOther(const ReleaseRow& release, const OrderState& order, const v1::Finding& finding,
                                        const std::string& actual, const v1::Rule* rule) const {
  const v1::Bound bound = rule == nullptr ? v1::BOUND_UNSPECIFIED : rule->bound();
  if (!release.released_value.empty() && !IsAtMost(order.amount, release.released_value).value_or(false)) {
    return Words({"the order's value ", order.amount, " is beyond the released ", release.released_value},
                 {"订单金额 ", order.amount, " 超过放行金额 ", release.released_value});
  }
  if (release.granted_bound.empty() || bound == v1::BOUND_UNSPECIFIED) {
    const bool is_by_value = rule != nullptr && rule->release_days() > 0 && !release.released_value.empty();
    if (is_by_value || release.values_digest == finding.values_digest()) return {};
    if (release.values_digest.empty()) {
      return Words({"the release states neither a digest of the values it is for nor a bound for them"},
                   {"放行未注明所依据的数值摘要或限值"});
    }
    return Words({"the values changed since the release"}, {"放行之后数值已变更"});
  }
  const std::optional<bool> inside =
      bound == v1::BOUND_AT_MOST ? IsAtMost(actual, release.granted_bound) : IsAtMost(release.granted_bound, actual);
  if (!inside.has_value()) return Words({"the granted bound cannot be compared"}, {"放行的限值无法比较"});
  if (*inside) return {};
  return Words({"the value ", finding.actual(), " is beyond the granted ", release.granted_bound},
               {"实际值 ", finding.actual(), " 超出放行限值 ", release.granted_bound});
}

// Why it is more than the actor may release; "" if it is not. A limit in another currency covers nothing.
v1::LocalizedText ReleaseBook::WhyBeyondLimit(const ReleaseRow& release, const OrderState& order,
                                              const std::string& actual, v1::Bound bound) const {
  const auto found = limits_.find(release.actor);
  if (found == limits_.end()) return {};
  const AuthorityLimit* limit = nullptr;
  for (const AuthorityLimit& stated : found->second) {
    if (stated.rule == release.rule || (stated.rule.empty() && limit == nullptr)) limit = &stated;
  }
  if (limit == nullptr) return {};
  const std::string& asked = release.granted_bound.empty() ? actual : release.granted_bound;
  if (!limit->bound.empty() && bound != v1::BOUND_UNSPECIFIED) {
    const std::optional<bool> inside =
        bound == v1::BOUND_AT_MOST ? IsAtMost(asked, limit->bound) : IsAtMost(limit->bound, asked);
    // A bound that is no number is no question of authority.
    const bool asks = ParseDecimal(asked).ok();
    if (asks && !inside.value_or(false)) {
      return Words({release.actor, " may release up to ", limit->bound},
                   {release.actor, " 的放行上限为 ", limit->bound});
    }
  }
  if (limit->amount.empty()) return {};
  const bool same = limit->currency.empty() || limit->currency == order.currency;
  if (same && IsAtMost(order.amount, limit->amount).value_or(false)) return {};
  return Words({release.actor, " may release orders up to ", limit->amount, " ", limit->currency},
               {release.actor, " 可放行的订单金额上限为 ", limit->amount, " ", limit->currency});
}

v1::LocalizedText ReleaseBook::WhyUnauthorised(const ReleaseRow& release, const OrderState& order,
                                               const v1::Finding& finding) const {
  if (release.actor == order.submitter) {
    return Words({"the submitter may not release: ", release.actor}, {"提交人不得放行：", release.actor});
  }
  if (HasAuthority(release, finding.route())) return {};
  return Words({release.actor, " has not the role ", finding.route(), " or one above it"},
               {release.actor, " 不具备角色 ", finding.route(), " 或其上级角色"});
}

ReleaseVerdict ReleaseBook::Judge(const ReleaseRow& release, const OrderState& order, const v1::Finding& finding,
                                  const std::string& actual, const v1::Rule* rule) const {
  using Answer = v1::Finding;
  const v1::Bound bound = rule == nullptr ? v1::BOUND_UNSPECIFIED : rule->bound();
  v1::LocalizedText why = WhyUnauthorised(release, order, finding);
  if (!why.en().empty()) return {false, true, std::move(why)};
  why = WhyMalformed(release, order);
  if (!why.en().empty()) return {false, false, std::move(why)};
  if (release.denied) {
    why = Words({release.actor, " refused: ", release.reason}, {release.actor, " 拒绝放行：", release.reason});
    return {false, false, std::move(why), Answer::ANSWER_DENIED};
  }
  why = WhyBeyondLimit(release, order, actual, bound);
  if (!why.en().empty()) return {false, true, std::move(why)};
  why = WhyLapsed(release, rule);
  if (!why.en().empty()) return {false, false, std::move(why), Answer::ANSWER_LAPSED};
  why = WhyOther(release, order, finding, actual, rule);
  return {why.en().empty(), false, std::move(why)};
}

const Exemption* ReleaseBook::ExemptionFrom(const std::string& rule, const OrderState& order,
                                            const std::string& line) const {
  const LineState* of_line = nullptr;
  for (const LineState& state : order.lines) {
    if (state.id == line) of_line = &state;
  }
  const auto fits = [&](const Exemption& e) {
    return e.rule == rule && Matches(e.partner, order.partner) && Matches(e.order, order.id) && Matches(e.line, line) &&
           Matches(e.product, of_line == nullptr ? "" : of_line->product) &&
           Matches(e.product_line, of_line == nullptr ? "" : of_line->product_line);
  };
  const auto given = exemptions_.find(rule);
  if (given != exemptions_.end()) {
    const auto found = std::find_if(given->second.begin(), given->second.end(), fits);
    if (found != given->second.end()) return &*found;
  }
  const auto own = std::find_if(order.exemptions.begin(), order.exemptions.end(), fits);
  return own == order.exemptions.end() ? nullptr : &*own;
}

void ReleaseBook::CutLines(OrderState* order) const {
  for (LineState& line : order->lines) {
    line.cut = Decimal();
    line.cut.scale = line.quantity.scale;
    line.cut_reason.clear();
  }
  for (const RawFinding& finding : order->findings) {
    if (finding.outcome != v1::OUTCOME_CUT || finding.line < 0 || finding.observed) continue;
    LineState& line = order->lines[finding.line];
    if (Compare(finding.cut_quantity, line.cut) <= 0) continue;
    if (ExemptionFrom(context_->book->rules[finding.rule].proto->id(), *order, finding.line_id) != nullptr) continue;
    line.cut = finding.cut_quantity;
    line.cut_reason = finding.reason;
  }
}

v1::LocalizedText ReleaseBook::Apply(const OrderState& order, const std::string& actual, const v1::Rule* rule,
                                     v1::Finding* finding) const {
  if (finding->observed() || finding->outcome() == v1::OUTCOME_NOTE) return {};
  auto lift = [&](const std::string& by) {
    finding->set_lifted_from(finding->outcome());
    finding->set_outcome(v1::OUTCOME_NOTE);
    finding->set_lifted_by(by);
    finding->clear_cut();
  };
  if (const Exemption* e = ExemptionFrom(finding->rule(), order, finding->line_id()); e != nullptr) {
    lift(absl::StrCat("exemption by ", e->actor));
    return {};
  }
  auto releases = releases_.find({order.id, finding->rule()});
  if (finding->outcome() != v1::OUTCOME_HOLD || !finding->releasable() || releases == releases_.end()) return {};
  // What was given last speaks: a release may be taken back by a refusal, and a refusal by a release.
  v1::LocalizedText no_authority;
  const ReleaseRow* last = nullptr;
  ReleaseVerdict answer;
  for (const ReleaseRow& release : releases->second) {
    if (!Matches(release.line, finding->line_id())) continue;
    ReleaseVerdict verdict = Judge(release, order, *finding, actual, rule);
    if (verdict.no_authority) no_authority = verdict.why;
    if (last != nullptr && !Outweighs(release, verdict, *last, answer)) continue;
    last = &release;
    answer = std::move(verdict);
  }
  if (last == nullptr) return {};
  if (answer.holds) {
    lift(absl::StrCat(last->actor, " (", last->role, ")"));
    return {};
  }
  *finding->mutable_release_void() = answer.why;
  finding->set_answer(answer.answer);
  return no_authority;
}

}  // namespace assay
