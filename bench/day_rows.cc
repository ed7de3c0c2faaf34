// Entry points: DayPartner, DayProduct, DayPrice, DayLot, DayOrder.
#include "bench/day_rows.h"

#include <algorithm>
#include <cstdint>
#include <random>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace assay {
namespace {

constexpr int kMostPieces = 48;  // of a line

std::string ProductId(int number) { return absl::StrFormat("SKU-%05d", number); }
std::string PartnerId(int number) { return absl::StrFormat("P-%05d", number); }

std::string Money(int64_t cents) { return absl::StrFormat("%d.%02d", cents / 100, cents % 100); }

int64_t PriceCents(int group, int product) { return 500 + int64_t{product} * 7919 % 20'000 + group; }

int GroupOf(const DaySize& size, int partner) { return partner % size.price_groups; }

}  // namespace

std::string DayPartner(const DaySize& size, int number) {
  return absl::StrFormat(
      R"({"id":"%s","name":"Partner %d","channel":"PARTNER_CHANNEL_FIRST","area":"SW","district":"D1",)"
      R"("regions":["510703"],"owner_agent":"S-12","level":"B","status":"PARTNER_STATUS_ACTIVE",)"
      R"("contracts":[{"id":"HT-%d","brands":["LAN"],"product_lines":["SKIN"],"regions":["510703"],)"
      R"("valid_from":"2026-01-01","valid_to":"2026-12-31","signed":"2025-12-15"}],)"
      R"("deposit":{"required":"20000","paid":"20000","currency":"CNY"},)"
      R"("licences":[{"kind":"BUSINESS","number":"XK-%d","valid_from":"2024-01-01","valid_to":"2028-12-31"}],)"
      R"("authorisation_letters":[{"id":"SQ-%d","kind":"DISTRIBUTION","brands":["LAN"],)"
      R"("valid_from":"2026-01-01","valid_to":"2026-12-31"}],)"
      R"("credit":{"terms":"CREDIT_TERMS_CREDIT","has_limit":true,"limit":"100000000","currency":"CNY",)"
      R"("risk_class":"A","receivables":"50000","other_receivables":"0","delivered_not_invoiced":"0",)"
      R"("confirmed_not_delivered":"0","overdue_amount":"0","as_of":"2026-11-19T22:00:00Z"},"price_group":"G%d",)"
      R"("ship_to_addresses":[{"id":"A-%d","region":"510703","district":"D1"}],)"
      R"("tax_invoice_profile":{"kind":"ELECTRONIC","title":"Partner %d","tax_number":"91510000TEST%06d"}})",
      PartnerId(number), number, number, number, number, GroupOf(size, number), number, number, number);
}

std::string DayProduct(int number) {
  return absl::StrFormat(
      R"({"id":"%s","name":"SKIN %d","product_line":"SKIN","brand":"LAN","category":"COSMETICS",)"
      R"("lifecycle":"PRODUCT_LIFECYCLE_ACTIVE","base_unit":"PIECE",)"
      R"("units":[{"unit":"CARTON","numerator":12,"denominator":1}],"safety_stock":"0","shelf_life_days":720,)"
      R"("count_unit":true,"kind":"PRODUCT_KIND_GOODS","tax_rate":"0.13"})",
      ProductId(number), number);
}

std::string DayPrice(int group, int product) {
  const int64_t cents = PriceCents(group, product);
  return absl::StrFormat(
      R"({"price_group":"G%d","product_id":"%s","currency":"CNY","tax_included":true,"valid_from":"2026-07-01",)"
      R"("list_price":"%s","floor_price":"%s"})",
      group, ProductId(product), Money(cents), Money(cents / 2));
}

std::string DayLot(const DaySize& size, int warehouse, int product) {
  const int64_t asked = int64_t{size.orders} * kDayLines * kMostPieces / 2;
  const int64_t lots = int64_t{size.warehouses} * size.products;
  return absl::StrFormat(R"({"warehouse":"W%d","product_id":"%s","lot":"L1","on_hand":"%d","expiry":"2028-11-30",)"
                         R"("received":"2026-06-01","status":"STOCK_STATUS_UNRESTRICTED"})",
                         warehouse, ProductId(product), kMostPieces + asked * 11 / 10 / lots);
}

std::string DayOrder(const DaySize& size, int number) {
  std::mt19937_64 random(static_cast<uint64_t>(number) + 1);
  const auto below = [&random](int bound) { return static_cast<int>(random() % static_cast<uint64_t>(bound)); };
  const int partner = below(size.partners);
  int64_t total = 0;
  std::string lines;
  for (int line = 1; line <= kDayLines; ++line) {
    const int product = below(size.products);
    const int64_t cents = PriceCents(GroupOf(size, partner), product);
    const int pieces = 1 + below(kMostPieces);
    // One order in fifty states a price that is not its partner's.
    const int64_t stated = line == 1 && number % 50 == 7 ? cents / 3 : cents;
    total += stated * pieces;
    absl::StrAppendFormat(&lines,
                          R"(%s{"id":"%d","product_id":"%s","quantity":"%d","unit":"PIECE","unit_price":"%s",)"
                          R"("price_unit":"PIECE","tax_rate":"0.13","net_amount":"%s"})",
                          line == 1 ? "" : ",", line, ProductId(product), pieces, Money(stated),
                          Money(stated * pieces));
  }
  const int second = below(43'200);
  return absl::StrFormat(
      R"({"id":"SO-%07d","revision":1,"source_document_id":"YS-%d","customer_document_number":"KH-%d",)"
      R"("sales_org":"1000","sold_to":"%s","ship_to":"A-%d","district":"D1","submitted_by":"S-12",)"
      R"("submitted_at":"2026-11-19T%02d:%02d:%02dZ","kind":"ORDER_KIND_STANDARD","warehouse":"W%d",)"
      R"("currency":"CNY","tax_included":true,"requested_date":"2026-11-24","stage":"ORDER_STAGE_SUBMITTED",)"
      R"("delivery_policy":"DELIVERY_POLICY_PARTIAL","backorder_policy":"BACKORDER_POLICY_CANCEL",)"
      R"("invoice_wanted":true,"total":"%s","lines":[%s]})",
      number, number, number, PartnerId(partner), partner, second / 3600, second / 60 % 60, second % 60,
      below(size.warehouses), Money(total), lines);
}

}  // namespace assay
