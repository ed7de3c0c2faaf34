// Pairs the decisions of both runs and compares their findings as sets. Entry points: DiffRuns, CompareDecisions.
#include "review/run_diff.h"

#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/decimal.h"

namespace assay {
namespace {

using OrderKey = std::pair<std::string, std::string>;

OrderKey KeyOf(const v1::Decision& decision) { return {decision.order_id(), decision.revision()}; }

// Amounts by currency. What is no decimal, an order without a value, is left out.
class Amounts {
 public:
  void Add(const v1::Decision& decision) {
    const absl::StatusOr<Decimal> amount = ParseDecimal(decision.amount());
    if (!amount.ok()) return;
    Decimal& sum = sums_[decision.currency()];
    sum = assay::Add(sum, *amount).value_or(sum);
  }

  void Fill(google::protobuf::RepeatedPtrField<v1::CurrencyAmount>* out) const {
    for (const auto& [currency, sum] : sums_) {
      v1::CurrencyAmount* amount = out->Add();
      amount->set_currency(currency);
      amount->set_amount(FormatDecimal(sum));
    }
  }

 private:
  std::map<std::string, Decimal> sums_;
};

struct Effect {
  int64_t appeared = 0;
  int64_t gone = 0;
  int64_t moved = 0;
  Amounts appeared_amounts;
  Amounts gone_amounts;
};

struct Move {
  int64_t orders = 0;
  Amounts amounts;
};

// Each finding as one text, with its rule.
std::set<std::pair<std::string, std::string>> FindingsOf(const v1::Decision& decision) {
  std::set<std::pair<std::string, std::string>> findings;
  for (const v1::Finding& f : decision.findings()) {
    findings.emplace(f.rule(), absl::StrCat(f.line_id(), "\n", f.outcome(), "\n", f.observed() ? 1 : 0, "\n",
                                            f.reason(), "\n", f.expected(), "\n", f.actual()));
  }
  return findings;
}

// The rules of findings that `here` has and `there` has not.
std::set<std::string> RulesOnlyIn(const v1::Decision& here, const v1::Decision& there) {
  const auto others = FindingsOf(there);
  std::set<std::string> rules;
  for (const auto& finding : FindingsOf(here)) {
    if (!others.contains(finding)) rules.insert(finding.first);
  }
  return rules;
}

bool SameQuantities(const v1::Decision& a, const v1::Decision& b) {
  if (a.lines_size() != b.lines_size()) return false;
  for (int i = 0; i < a.lines_size(); ++i) {
    const v1::LineDecision& x = a.lines(i);
    const v1::LineDecision& y = b.lines(i);
    if (x.confirmed() != y.confirmed() || x.backordered() != y.backordered() || x.cut() != y.cut()) return false;
  }
  return true;
}

v1::ChangedOrder ChangeOf(const v1::Decision& before, const v1::Decision& after, const std::set<std::string>& appeared,
                          const std::set<std::string>& gone) {
  v1::ChangedOrder order;
  order.set_order_id(after.order_id());
  order.set_revision(after.revision());
  order.set_before(before.disposition());
  order.set_after(after.disposition());
  order.mutable_amount()->set_currency(after.currency());
  order.mutable_amount()->set_amount(after.amount());
  order.set_confirmed_before(before.confirmed_amount());
  order.set_confirmed_after(after.confirmed_amount());
  for (const std::string& rule : appeared) order.add_appeared(rule);
  for (const std::string& rule : gone) order.add_gone(rule);
  return order;
}

class Comparison {
 public:
  explicit Comparison(v1::RulebookDiff* diff) : diff_(*diff) {}

  void Compare(const v1::Decision& before, const v1::Decision& after) {
    diff_.set_orders(diff_.orders() + 1);
    const std::set<std::string> appeared = RulesOnlyIn(after, before);
    const std::set<std::string> gone = RulesOnlyIn(before, after);
    const bool moved = before.disposition() != after.disposition();
    if (!moved && appeared.empty() && gone.empty() && SameQuantities(before, after)) return;
    *diff_.add_changed() = ChangeOf(before, after, appeared, gone);
    for (const std::string& rule : appeared) {
      ++effects_[rule].appeared;
      effects_[rule].appeared_amounts.Add(after);
    }
    for (const std::string& rule : gone) {
      ++effects_[rule].gone;
      effects_[rule].gone_amounts.Add(after);
    }
    if (!moved) return;
    std::set<std::string> both = appeared;
    both.insert(gone.begin(), gone.end());
    for (const std::string& rule : both) ++effects_[rule].moved;
    Move& move = moves_[{before.disposition(), after.disposition()}];
    ++move.orders;
    move.amounts.Add(after);
  }

  // In the order of the rulebook's rules, the session's own behind them.
  void Finish(const v1::Rulebook& book) {
    for (const auto& [pair, move] : moves_) {
      v1::DispositionMove* out = diff_.add_moves();
      out->set_before(pair.first);
      out->set_after(pair.second);
      out->set_orders(move.orders);
      move.amounts.Fill(out->mutable_amounts());
    }
    for (const v1::Rule& rule : book.rules()) AddRule(rule.id());
    while (!effects_.empty()) AddRule(std::string(effects_.begin()->first));
  }

 private:
  void AddRule(const std::string& rule) {
    const auto found = effects_.find(rule);
    if (found == effects_.end()) return;
    const Effect& effect = found->second;
    v1::RuleEffect* out = diff_.add_rules();
    out->set_rule(rule);
    out->set_appeared(effect.appeared);
    effect.appeared_amounts.Fill(out->mutable_appeared_amounts());
    out->set_gone(effect.gone);
    effect.gone_amounts.Fill(out->mutable_gone_amounts());
    out->set_moved(effect.moved);
    effects_.erase(found);
  }

  v1::RulebookDiff& diff_;
  std::map<std::string, Effect> effects_;
  std::map<std::pair<v1::Disposition, v1::Disposition>, Move> moves_;
};

}  // namespace

std::string ContentOf(v1::Decision decision) {
  decision.clear_priority();
  decision.clear_provenance();
  return decision.SerializeAsString();
}

std::optional<v1::ChangedOrder> CompareDecisions(const v1::Decision& before, const v1::Decision& after) {
  if (ContentOf(before) == ContentOf(after)) return std::nullopt;
  return ChangeOf(before, after, RulesOnlyIn(after, before), RulesOnlyIn(before, after));
}

void DiffRuns(const v1::RunResult& before, const v1::RunResult& after, const v1::Rulebook& book,
              v1::RulebookDiff* diff) {
  std::map<OrderKey, const v1::Decision*> old;
  for (const v1::Decision& decision : before.decisions()) old[KeyOf(decision)] = &decision;
  Comparison comparison(diff);
  for (const v1::Decision& decision : after.decisions()) {
    const auto found = old.find(KeyOf(decision));
    if (found != old.end()) comparison.Compare(*found->second, decision);
  }
  comparison.Finish(book);
}

}  // namespace assay
