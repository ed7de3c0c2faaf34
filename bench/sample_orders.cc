// Seeded orders. Entry point: SampleOrders.
#include "bench/sample_orders.h"

#include <random>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace assay {
namespace {

using Random = std::mt19937_64;

uint64_t Below(Random& random, uint64_t bound) { return random() % bound; }

// A line of ten fields, some 50 bytes.
void AddLine(int number, Random& random, v1::Order* order) {
  const uint64_t quantity = 1 + Below(random, 48);
  const uint64_t cents = 500 + Below(random, 20000);
  v1::OrderLine& line = *order->add_lines();
  line.set_id(absl::StrCat(number));
  line.set_product_id(absl::StrFormat("P%05d", Below(random, 300)));
  line.set_quantity(absl::StrCat(quantity));
  line.set_unit("EA");
  line.set_unit_price(absl::StrFormat("%d.%02d", cents / 100, cents % 100));
  if (Below(random, 2) == 0) line.set_discount_rate(absl::StrFormat("0.%02d", 1 + Below(random, 30)));
  line.set_tax_rate("0.13");
  line.set_net_amount(absl::StrFormat("%d.%02d", quantity * cents / 100, quantity * cents % 100));
  if (Below(random, 8) == 0) line.set_campaign_id("C-2026-11");
  line.set_requested_date(absl::StrFormat("2026-12-%02d", 1 + Below(random, 28)));
}

}  // namespace

std::vector<v1::Order> SampleOrders(int count) {
  Random random(1);
  std::vector<v1::Order> orders(static_cast<size_t>(count));
  for (int i = 0; i < count; ++i) {
    v1::Order& order = orders[static_cast<size_t>(i)];
    order.set_id(absl::StrFormat("SO-%07d", i));
    order.set_revision(1);
    order.set_sold_to(absl::StrFormat("D%04d", Below(random, 400)));
    order.set_district("EAST-2");
    order.set_submitted_by("clerk-7");
    order.mutable_submitted_at()->set_seconds(1795300000 + static_cast<int64_t>(Below(random, 86400)));
    order.set_kind(v1::ORDER_KIND_STANDARD);
    order.set_warehouse("WH1");
    order.set_currency("CNY");
    order.set_tax_included(true);
    for (int line = 1; line <= 8; ++line) AddLine(line, random, &order);
    order.set_total("12345.67");
  }
  return orders;
}

}  // namespace assay
