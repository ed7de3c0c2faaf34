// Entry points: GradedPartner, GradedYear.
#include "bench/partner_rows.h"

#include <random>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace assay {
namespace {

constexpr int64_t kFirstSecond = 1'767'196'800;  // 2026-01-01 in Shanghai
constexpr const char* kIndicators[] = {"BACK_CABINET", "EXPERIENCE_EVENT", "STORE_DEVELOPMENT", "ISLAND_DISPLAY"};
constexpr const char* kLevels[] = {"VIP", "A", "B", "C"};

std::string PartnerId(int number) { return absl::StrCat("Q-", number); }

void AddMonths(std::mt19937* random, v1::PartnerPeriod* period) {
  for (int i = 0; i < 24; ++i) {
    v1::PartnerMonth* month = period->add_months();
    month->set_month(absl::StrFormat("%d-%02d", 2025 + i / 12, i % 12 + 1));
    month->set_currency("CNY");
    month->set_sales(absl::StrCat(60'000 + (*random)() % 60'000, ".50"));
    if (i >= 12) month->set_sales_target("90000");
  }
}

void AddReceivables(std::mt19937* random, v1::PartnerPeriod* period) {
  for (int i = 0; i < 24; ++i) {
    v1::ReceivableItem* item = period->add_receivables();
    item->set_id(absl::StrCat("R-", i));
    item->set_due_date(absl::StrFormat("2026-%02d-%02d", i / 2 + 1, 10 + i % 2 * 10));
    item->set_amount(absl::StrCat(1'000 + (*random)() % 9'000));
    item->set_currency("CNY");
    const auto late = static_cast<int>((*random)() % 10);
    if (late < 9) item->set_paid_date(absl::StrFormat("2026-%02d-%02d", i / 2 + 1, 5 + i % 2 * 10 + late));
  }
}

void AddOrders(std::mt19937* random, v1::PartnerPeriod* period) {
  for (int i = 0; i < kOrdersOfAYear; ++i) {
    v1::RecentOrder* order = period->add_orders();
    order->set_order_id(absl::StrCat(period->partner_id(), "-", i));
    order->set_sold_to(period->partner_id());
    order->mutable_submitted_at()->set_seconds(kFirstSecond + int64_t{i} * 86'400 * 3 + (*random)() % 86'400);
    order->set_total(absl::StrCat((*random)() % 20'000));
    order->set_currency("CNY");
    order->set_rejected((*random)() % 25 == 0);
    order->set_cancelled((*random)() % 50 == 0);
  }
}

void AddComplaint(std::mt19937* random, v1::PartnerPeriod* period) {
  v1::Complaint* complaint = period->add_complaints();
  complaint->set_id(absl::StrCat(period->partner_id(), "-C"));
  complaint->set_against(v1::COMPLAINT_TARGET_PARTNER);
  complaint->set_against_id(period->partner_id());
  complaint->set_subject("TERRITORY");
  v1::ComplaintEvent* event = complaint->add_events();
  event->set_state(v1::COMPLAINT_STATE_DECIDED);
  event->mutable_at()->set_seconds(kFirstSecond + 86'400 * 90);
  event->set_decision((*random)() % 2 == 0 ? v1::COMPLAINT_DECISION_ACCEPTED : v1::COMPLAINT_DECISION_REFUSED);
}

void AddResults(std::mt19937* random, v1::PartnerPeriod* period) {
  for (const char* indicator : kIndicators) {
    for (int month = 1; month <= 12; ++month) {
      v1::IndicatorResult* result = period->add_results();
      result->set_indicator(indicator);
      result->set_month(absl::StrFormat("2026-%02d", month));
      result->set_target("10");
      result->set_actual(absl::StrCat((*random)() % 13));
    }
  }
}

}  // namespace

v1::Partner GradedPartner(int number) {
  std::mt19937 random(static_cast<uint32_t>(number));
  v1::Partner partner;
  partner.set_id(PartnerId(number));
  partner.set_channel(v1::PARTNER_CHANNEL_FIRST);
  partner.set_level(kLevels[random() % 4]);
  v1::Contract* contract = partner.add_contracts();
  contract->set_signed_("2025-12-15");
  contract->set_valid_to(random() % 10 == 0 ? "2026-11-30" : "2027-12-31");
  partner.mutable_deposit()->set_required("20000");
  partner.mutable_deposit()->set_paid(absl::StrCat(random() % 25'000));
  v1::LevelPeriod* before = partner.add_level_history();
  before->set_period("2025");
  before->set_score(absl::StrCat(40 + random() % 60));
  before->set_earned(partner.level());
  before->set_effective(partner.level());
  before->set_confirmed_by("S-7");
  return partner;
}

v1::PartnerPeriod GradedYear(int number) {
  std::mt19937 random(static_cast<uint32_t>(number) + 1'000'003);
  v1::PartnerPeriod period;
  period.set_partner_id(PartnerId(number));
  period.set_period("2026");
  period.set_previous_period("2025");
  period.set_period_from("2026-01-01");
  period.set_period_to("2026-12-31");
  period.set_currency("CNY");
  AddMonths(&random, &period);
  AddReceivables(&random, &period);
  AddOrders(&random, &period);
  AddComplaint(&random, &period);
  AddResults(&random, &period);
  return period;
}

}  // namespace assay
