// Entry point: ReviewReport.
#include "cli/report.h"

#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "base/decimal.h"
#include "base/utf8.h"
#include "review/decide.h"

namespace assay {
namespace {

struct Sum {
  int count = 0;
  std::map<std::string, Decimal> amounts;  // by currency
};

void AddAmount(const v1::Decision& decision, Sum* sum) {
  ++sum->count;
  absl::StatusOr<Decimal> amount = ParseDecimal(decision.amount());
  if (!amount.ok()) return;
  Decimal& total = sum->amounts[decision.currency()];
  total = Add(total, *amount).value_or(total);
}

std::string Amounts(const Sum& sum) {
  std::string text;
  for (const auto& [currency, amount] : sum.amounts) {
    absl::StrAppend(&text, text.empty() ? "" : ", ", FormatDecimal(amount), currency.empty() ? "" : " ", currency);
  }
  return text;
}

void Dispositions(const v1::RunResult& result, bool zh, std::string* out) {
  std::map<v1::Disposition, Sum> sums;
  for (const v1::Decision& decision : result.decisions()) AddAmount(decision, &sums[decision.disposition()]);
  absl::StrAppend(out, zh ? "订单处理结果\n" : "Orders by disposition\n");
  for (const auto& [disposition, sum] : sums) {
    absl::StrAppend(out, "  ", Padded(DispositionName(disposition, zh), 14), Padded(absl::StrCat(sum.count), 6),
                    Amounts(sum), "\n");
  }
}

void Reasons(const CompiledRulebook& book, const v1::RunResult& result, const std::string& language, std::string* out) {
  std::map<std::string, Sum> sums;
  for (const v1::Decision& decision : result.decisions()) {
    std::set<std::string> seen;
    for (const v1::Finding& finding : decision.findings()) {
      if (finding.outcome() == v1::OUTCOME_NOTE || finding.observed()) continue;
      if (seen.insert(finding.reason()).second) AddAmount(decision, &sums[finding.reason()]);
    }
  }
  std::vector<std::pair<std::string, Sum>> rows(sums.begin(), sums.end());
  std::stable_sort(rows.begin(), rows.end(),
                   [](const auto& a, const auto& b) { return a.second.count > b.second.count; });
  absl::StrAppend(out, language == "zh" ? "主要原因（订单数、金额）\n" : "Top reasons (orders, amount)\n");
  for (size_t i = 0; i < std::min<size_t>(5, rows.size()); ++i) {
    auto reason = book.reasons.find(rows[i].first);
    const std::string text = reason == book.reasons.end() ? "" : Pick(reason->second->text(), language == "zh");
    absl::StrAppend(out, "  ", Padded(rows[i].first, 28), Padded(absl::StrCat(rows[i].second.count), 6),
                    Padded(Amounts(rows[i].second), 24), text, "\n");
  }
}

void Holds(const CompiledRulebook& book, const v1::RunResult& result, const std::string& language, std::string* out) {
  std::map<std::string, int> counts;
  for (const v1::Decision& decision : result.decisions()) {
    for (const v1::OpenHold& hold : decision.holds()) ++counts[hold.route()];
  }
  absl::StrAppend(out, language == "zh" ? "待处理（按角色）\n" : "Open holds by role\n");
  for (const auto& [role, count] : counts) {
    auto found = book.roles.find(role);
    absl::StrAppend(out, "  ", Padded(role.empty() ? "-" : role, 20), Padded(absl::StrCat(count), 6),
                    found == book.roles.end() ? "" : Pick(found->second->title(), language == "zh"), "\n");
  }
}

// What stock does not cover of orders that may still go; what rules cut is no shortage.
void ShortProducts(const v1::Review& review, const v1::RunResult& result, bool zh, std::string* out) {
  std::map<std::string, Decimal> shorts;
  for (const v1::Decision& decision : result.decisions()) {
    if (RejectingFinding(decision) != nullptr) continue;
    for (const v1::LineDecision& line : decision.lines()) {
      for (const v1::LinePart& part : line.parts()) {
        const bool is_short =
            (part.kind() == v1::LinePart::KIND_BACKORDERED && part.reason() == review.backorder_reason()) ||
            (part.kind() == v1::LinePart::KIND_CUT && part.reason() == review.short_reason());
        if (!is_short) continue;
        absl::StatusOr<Decimal> quantity = ParseDecimal(part.quantity());
        Decimal& sum = shorts[line.product()];
        if (quantity.ok()) sum = Add(sum, *quantity).value_or(sum);
      }
    }
  }
  absl::StrAppend(out, zh ? "短缺产品（库存不足数量）\n" : "Short products (quantity that stock does not cover)\n");
  for (const auto& [product, quantity] : shorts)
    absl::StrAppend(out, "  ", Padded(product, 14), FormatTrimmed(quantity), "\n");
}

}  // namespace

const char* DispositionName(v1::Disposition disposition, bool zh) {
  constexpr const char* kNames[][2] = {
      {"", ""}, {"confirmed", "确认"}, {"partial", "部分确认"}, {"held", "暂扣"}, {"rejected", "退回"}};
  return kNames[disposition][zh ? 1 : 0];
}

int WidthInColumns(const std::string& text) {
  int width = 0;
  for (size_t at = 0; at < text.size();) width += DisplayWidth(DecodeUtf8(text, &at));
  return width;
}

std::string Padded(const std::string& text, int width) {
  return absl::StrCat(text, std::string(static_cast<size_t>(std::max(1, width - WidthInColumns(text))), ' '));
}

const std::string& Pick(const v1::LocalizedText& text, bool zh) {
  return zh && !text.zh().empty() ? text.zh() : text.en();
}

std::string ReviewReport(const CompiledRulebook& book, const v1::RunResult& result, const std::string& language) {
  const bool zh = language == "zh";
  std::string out = absl::StrCat(book.proto.name(), " ", book.proto.version(),
                                 zh ? "，订单 " : ", orders: ", result.decisions_size(), "\n");
  if (result.superseded_size() > 0) {
    absl::StrAppend(&out, zh ? "被更高修订取代的修订 " : "Superseded by a higher revision: ", result.superseded_size(),
                    "\n");
  }
  Dispositions(result, zh, &out);
  Reasons(book, result, language, &out);
  Holds(book, result, language, &out);
  ShortProducts(book.proto.review(), result, zh, &out);
  return out;
}

}  // namespace assay
