// Sample orders, made right and then wrong again in known ways. Entry points: ReviewOrders, ReviewPrices.
// What is planted covers every check of order_checks.yaml, and every way a value can be missing.
#include "bench/review_orders.h"

#include <random>

#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "bench/sample_orders.h"

namespace assay {
namespace {

constexpr int kProducts = 300;

int64_t ListCents(int product) { return 500 + product * 37 % 20000; }

std::string Money(int64_t cents) { return absl::StrFormat("%d.%02d", cents / 100, cents % 100); }

int64_t NumberAfter(const std::string& text, size_t prefix) {
  int64_t number = 0;
  return text.size() > prefix && absl::SimpleAtoi(text.substr(prefix), &number) ? number : 0;
}

// Prices from the list, net amounts and total that follow from them.
void MakeRight(v1::Order* order) {
  int64_t total = 0;
  for (v1::OrderLine& line : *order->mutable_lines()) {
    const int64_t cents = ListCents(static_cast<int>(NumberAfter(line.product_id(), 1)));
    const int64_t percent = NumberAfter(line.discount_rate(), 2);
    const int64_t net = (NumberAfter(line.quantity(), 0) * cents * (100 - percent) + 50) / 100;
    line.set_unit_price(Money(cents));
    line.set_net_amount(Money(net));
    total += net;
  }
  order->set_total(Money(total));
}

using Slip = void (*)(v1::Order* order, v1::OrderLine* line);

constexpr Slip kSlips[] = {
    [](v1::Order*, v1::OrderLine* line) { line->set_quantity("0.5"); },
    [](v1::Order*, v1::OrderLine* line) { line->set_quantity("501"); },
    [](v1::Order*, v1::OrderLine* line) { line->set_quantity("12,5"); },
    [](v1::Order*, v1::OrderLine* line) { line->clear_quantity(); },
    [](v1::Order*, v1::OrderLine* line) { line->set_unit("PAL"); },
    [](v1::Order*, v1::OrderLine* line) { line->set_unit_price("1.99"); },
    [](v1::Order*, v1::OrderLine* line) { line->set_unit_price("0"); },
    [](v1::Order*, v1::OrderLine* line) { line->clear_unit_price(); },
    [](v1::Order*, v1::OrderLine* line) { line->set_unit_price("1.00001"); },
    [](v1::Order*, v1::OrderLine* line) { line->set_discount_rate("0.31"); },
    [](v1::Order*, v1::OrderLine* line) { line->set_discount_rate("-"); },
    [](v1::Order*, v1::OrderLine* line) { line->set_net_amount("17.05"); },
    [](v1::Order*, v1::OrderLine* line) { line->clear_net_amount(); },
    [](v1::Order*, v1::OrderLine* line) { line->set_tax_rate("0.17"); },
    [](v1::Order*, v1::OrderLine* line) { line->clear_tax_rate(); },
    [](v1::Order*, v1::OrderLine* line) { line->set_requested_date("2026-11-01"); },
    [](v1::Order*, v1::OrderLine* line) { line->set_requested_date("2027-06-30"); },
    [](v1::Order*, v1::OrderLine* line) { line->set_requested_date("2026-11-31"); },
    [](v1::Order*, v1::OrderLine* line) { line->clear_requested_date(); },
    [](v1::Order*, v1::OrderLine* line) { line->set_product_id("X00001"); },
    [](v1::Order*, v1::OrderLine* line) { line->set_product_id("P0001"); },
    [](v1::Order* order, v1::OrderLine*) { order->clear_sold_to(); },
    [](v1::Order* order, v1::OrderLine*) { order->clear_submitted_at(); },
    [](v1::Order* order, v1::OrderLine*) { order->set_currency("XAU"); },
    [](v1::Order* order, v1::OrderLine*) { order->set_total("99.99"); },
    [](v1::Order* order, v1::OrderLine*) { order->clear_total(); },
    [](v1::Order* order, v1::OrderLine*) { order->set_rounding("-0.35"); },
    [](v1::Order* order, v1::OrderLine*) { order->set_rounding("-1"); },
    [](v1::Order* order, v1::OrderLine*) { order->set_rounding("1e3"); },
    [](v1::Order* order, v1::OrderLine*) { order->clear_kind(); },
    [](v1::Order* order, v1::OrderLine*) { order->clear_tax_included(); },
    [](v1::Order* order, v1::OrderLine*) { order->clear_lines(); },
};

}  // namespace

std::vector<v1::PriceListEntry> ReviewPrices() {
  std::vector<v1::PriceListEntry> prices(kProducts);
  for (int i = 0; i < kProducts; ++i) {
    prices[static_cast<size_t>(i)].set_product_id(absl::StrFormat("P%05d", i));
    prices[static_cast<size_t>(i)].set_list_price(Money(ListCents(i)));
  }
  return prices;
}

std::vector<v1::Order> ReviewOrders(int count) {
  std::vector<v1::Order> orders = SampleOrders(count);
  std::mt19937_64 random(2);
  for (v1::Order& order : orders) {
    MakeRight(&order);
    if (random() % 4 != 0) continue;
    const int line = static_cast<int>(random() % static_cast<uint64_t>(order.lines_size()));
    kSlips[random() % std::size(kSlips)](&order, order.mutable_lines(line));
  }
  return orders;
}

}  // namespace assay
