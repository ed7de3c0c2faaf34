// `assay diff`: what one rulebook says otherwise than another, and what that makes of a day of orders. Entry point:
// DiffCommand.
#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "assay/v1/diff.pb.h"
#include "cli/open_session.h"
#include "cli/report.h"
#include "evaluate/json.h"
#include "review/run_diff.h"
#include "rulebook/changes.h"

namespace assay {
namespace {

using Amounts = google::protobuf::RepeatedPtrField<v1::CurrencyAmount>;

std::string AmountsText(const Amounts& amounts) {
  return absl::StrJoin(amounts, ", ", [](std::string* out, const v1::CurrencyAmount& amount) {
    absl::StrAppend(out, amount.amount(), amount.currency().empty() ? "" : " ", amount.currency());
  });
}

std::string MoveText(v1::Disposition before, v1::Disposition after, bool zh) {
  return absl::StrCat(DispositionName(before, zh), " -> ", DispositionName(after, zh));
}

void AddChanges(const v1::RulebookDiff& diff, bool zh, std::string* out) {
  absl::StrAppend(out, zh ? "规则书的改动\n" : "Changes of the rulebook\n");
  if (diff.changes().empty()) absl::StrAppend(out, zh ? "  无\n" : "  none\n");
  for (const v1::RulebookChange& change : diff.changes()) {
    absl::StrAppend(out, "  ", change.place(), ": ", change.path(), "\n");
    if (!change.before().empty()) absl::StrAppend(out, "    - ", change.before(), "\n");
    if (!change.after().empty()) absl::StrAppend(out, "    + ", change.after(), "\n");
  }
}

void AddMoves(const v1::RulebookDiff& diff, bool zh, std::string* out) {
  absl::StrAppend(out, zh ? "订单处理结果的变化（订单数、金额）\n" : "Changed dispositions (orders, amount)\n");
  if (diff.moves().empty()) absl::StrAppend(out, zh ? "  无\n" : "  none\n");
  for (const v1::DispositionMove& move : diff.moves()) {
    absl::StrAppend(out, "  ", Padded(MoveText(move.before(), move.after(), zh), 26),
                    Padded(absl::StrCat(move.orders()), 6), AmountsText(move.amounts()), "\n");
  }
}

void AddEffect(const char* sign, int64_t orders, const Amounts& amounts, std::string* out) {
  if (orders > 0) absl::StrAppend(out, "    ", sign, Padded(absl::StrCat(orders), 6), AmountsText(amounts), "\n");
}

void AddRules(const v1::RulebookDiff& diff, bool zh, std::string* out) {
  if (diff.rules().empty()) return;
  absl::StrAppend(out, zh ? "各规则：新发现 +，不再发现 -（订单数、金额）\n"
                          : "By rule: found now +, no longer - (orders, amount)\n");
  for (const v1::RuleEffect& rule : diff.rules()) {
    absl::StrAppend(out, "  ", rule.rule(),
                    zh ? "，其中结果改变的订单 " : ", orders whose disposition changed: ", rule.moved(), "\n");
    AddEffect("+", rule.appeared(), rule.appeared_amounts(), out);
    AddEffect("-", rule.gone(), rule.gone_amounts(), out);
  }
}

std::string RulesText(const v1::ChangedOrder& order) {
  std::vector<std::string> rules;
  for (const std::string& rule : order.appeared()) rules.push_back(absl::StrCat("+", rule));
  for (const std::string& rule : order.gone()) rules.push_back(absl::StrCat("-", rule));
  return absl::StrJoin(rules, " ");
}

void AddOrders(const v1::RulebookDiff& diff, bool zh, std::string* out) {
  if (diff.changed().empty()) return;
  absl::StrAppend(out, zh ? "改变的订单\n" : "Changed orders\n");
  for (const v1::ChangedOrder& order : diff.changed()) {
    const bool moved = order.before() != order.after();
    const std::string what =
        moved ? MoveText(order.before(), order.after(), zh) : std::string(DispositionName(order.after(), zh));
    absl::StrAppend(out, "  ", Padded(order.order_id(), 16), Padded(what, 26),
                    Padded(absl::StrCat(order.amount().amount(), " ", order.amount().currency()), 18), RulesText(order),
                    "\n");
  }
}

std::string DiffReport(const v1::RulebookDiff& diff, const std::string& language) {
  const bool zh = language == "zh";
  std::string out;
  AddChanges(diff, zh, &out);
  absl::StrAppend(&out, zh ? "重放订单 " : "Orders replayed: ", diff.orders(),
                  zh ? "，改变 " : ", changed: ", diff.changed_size(), "\n");
  AddMoves(diff, zh, &out);
  AddRules(diff, zh, &out);
  AddOrders(diff, zh, &out);
  return out;
}

// One of the rulebooks, and what it makes of the orders.
struct Side {
  std::shared_ptr<const CompiledRulebook> book;
  SourceMap sources;
  v1::RunResult result;
};

int Replay(const std::string& path, const ReviewCall& call, Side* side) {
  side->book = LoadRulebook(path, false, &side->sources);
  if (side->book == nullptr) return 1;
  absl::StatusOr<std::unique_ptr<Session>> session = OpenSession(side->book, call);
  if (!session.ok()) return Fail(1, absl::StrCat(path, ": ", session.status().message()));
  absl::StatusOr<v1::RunResult> result = (*session)->RunWave();
  if (!result.ok()) return Fail(1, absl::StrCat(path, ": ", result.status().message()));
  side->result = *std::move(result);
  return 0;
}

}  // namespace

int DiffCommand(const std::vector<std::string>& words) {
  ReviewCall call;
  if (const int code = ReadReviewCall("diff", words, {}, {"data", "orders"}, &call); code != 0) return code;
  const std::vector<std::string>& paths = call.arguments.words;
  if (paths.size() != 2) return Fail(2, "assay diff takes two rulebooks, the old one and the new one");
  Side before;
  Side after;
  if (const int code = Replay(paths[0], call, &before); code != 0) return code;
  if (const int code = Replay(paths[1], call, &after); code != 0) return code;
  ShowProgress("");
  v1::RulebookDiff diff;
  diff.set_old_fingerprint(before.book->fingerprint);
  diff.set_new_fingerprint(after.book->fingerprint);
  for (v1::RulebookChange& change :
       ChangesBetween({&before.book->proto, &before.sources}, {&after.book->proto, &after.sources})) {
    *diff.add_changes() = std::move(change);
  }
  DiffRuns(before.result, after.result, after.book->proto, &diff);
  std::cout << (call.json ? absl::StrCat(JsonOf(diff), "\n") : DiffReport(diff, call.language));
  return 0;
}

}  // namespace assay
