// The hand-written checks. Entry point: OrderChecks::Check. Every field is read once; nothing is allocated but room for
// what is found.
#include "bench/order_checks.h"

#include <cstring>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

namespace assay {
namespace {

__extension__ typedef __int128 Wide;

constexpr int kMoneyScale = 4;  // of prices and amounts; quantities and rates have 6
constexpr int kRateScale = 6;
constexpr int64_t kUnit = 1'000'000;

constexpr int64_t kPowers[] = {1,
                               10,
                               100,
                               1000,
                               10000,
                               100000,
                               1000000,
                               10000000,
                               100000000,
                               1000000000,
                               10000000000,
                               100000000000,
                               1000000000000,
                               10000000000000,
                               100000000000000,
                               1000000000000000,
                               10000000000000000,
                               100000000000000000,
                               1000000000000000000};

bool IsDigit(char c) { return static_cast<unsigned char>(c - '0') < 10; }

}  // namespace

Amount ParseAmount(const std::string& text, int scale) {
  if (text.empty()) return {};
  const Amount malformed{Amount::kMalformed, 0};
  const char* p = text.data();
  const char* const end = p + text.size();
  const bool is_negative = *p == '-';
  p += is_negative;
  if (end - p > 19) return malformed;
  int64_t value = 0;
  const char* const whole = p;
  for (; p != end && IsDigit(*p); ++p) value = value * 10 + (*p - '0');
  if (p == whole) return malformed;
  int missing = scale;
  if (p != end) {
    if (*p != '.') return malformed;
    const char* const fraction = ++p;
    for (; p != end && IsDigit(*p); ++p) value = value * 10 + (*p - '0');
    missing -= static_cast<int>(p - fraction);
    if (p != end || p == fraction || missing < 0) return malformed;
  }
  if (value >= kPowers[18 - missing]) return malformed;
  value *= kPowers[missing];
  return {Amount::kGood, is_negative ? -value : value};
}

namespace {

// 20261122 of "2026-11-22"; 0 where that is no day.
int32_t ParseDay(const std::string& text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return 0;
  for (size_t i : {0, 1, 2, 3, 5, 6, 8, 9}) {
    if (!IsDigit(text[i])) return 0;
  }
  const auto two = [&](size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
  const int year = two(0) * 100 + two(2), month = two(5), day = two(8);
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (year < 1 || month < 1 || month > 12 || day < 1) return 0;
  const bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  if (day > kDays[month - 1] + (month == 2 && is_leap)) return 0;
  return year * 10000 + month * 100 + day;
}

int32_t DayNumber(absl::CivilDay day) {
  return static_cast<int32_t>(day.year()) * 10000 + day.month() * 100 + day.day();
}

// In code points.
size_t LengthOf(const std::string& text) {
  size_t length = 0;
  for (char c : text) length += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return length;
}

// quantity * price * (1 - discount), rounded half up to cents, at the scale of money; false if it is out of bounds.
bool NetOf(int64_t quantity, int64_t price, int64_t discount, Wide* net) {
  constexpr Wide kCents = Wide{100'000'000} * 1'000'000;  // 6 + 4 + 6 digits behind the point to 2
  Wide exact = Wide{quantity} * price;
  if (__builtin_mul_overflow(exact, Wide{kUnit - discount}, &exact)) return false;
  *net = (exact + (exact < 0 ? -kCents / 2 : kCents / 2)) / kCents * 100;
  return true;
}

}  // namespace

OrderChecks::OrderChecks(const std::vector<v1::PriceListEntry>& prices) {
  for (const v1::PriceListEntry& price : prices) {
    list_prices_[price.product_id()] = ParseAmount(price.list_price(), kMoneyScale);
  }
}

void OrderChecks::Check(const v1::Order& order, int32_t number, CheckResults* results) const {
  const absl::CivilDay submitted =
      absl::CivilDay(1970, 1, 1) + (order.submitted_at().seconds() + int64_t{8} * 3600) / 86400;
  const Days days{DayNumber(submitted), DayNumber(submitted + 60)};
  bool nets_are_good = true;
  int64_t net_sum = 0;
  for (int i = 0; i < order.lines_size(); ++i) {
    const Amount net_amount = ParseAmount(order.lines(i).net_amount(), kMoneyScale);
    nets_are_good &= net_amount.is_good();
    net_sum += net_amount.value;
    CheckLine(order.lines(i), net_amount, days, {number, i, 0, false}, results);
  }
  CheckHeader(order, nets_are_good, net_sum, number, results);
}

void OrderChecks::CheckLine(const v1::OrderLine& line, const Amount& net_amount, const Days& days, CheckResult at,
                            CheckResults* results) const {
  const auto report = [&](int16_t check, bool is_unevaluable) {
    results->push_back({at.order, at.line, check, is_unevaluable});
  };
  // A check of values, one of which may not be there.
  const auto check = [&](int16_t id, bool is_evaluable, bool fails) {
    if (!is_evaluable || fails) report(id, !is_evaluable);
  };
  const Amount quantity = ParseAmount(line.quantity(), kRateScale);
  const Amount price = ParseAmount(line.unit_price(), kMoneyScale);
  Amount discount = ParseAmount(line.discount_rate(), kRateScale);
  if (discount.state == Amount::kAbsent) discount.state = Amount::kGood;
  const Amount tax_rate = ParseAmount(line.tax_rate(), kRateScale);

  check(0, quantity.is_good(), quantity.value < kUnit);
  check(1, quantity.is_good(), quantity.value > 500 * kUnit);
  check(2, quantity.is_good(), quantity.value % kUnit != 0);
  const std::string& unit = line.unit();
  if (unit != "EA" && unit != "BX" && unit != "CS") report(3, false);
  const auto listed = list_prices_.find(line.product_id());
  const bool has_list_price = listed != list_prices_.end() && listed->second.is_good();
  check(4, price.is_good() && has_list_price, has_list_price && price.value != listed->second.value);
  check(5, discount.is_good(), discount.value > (line.campaign_id().empty() ? 300'000 : 450'000));
  Wide net = 0;
  const bool has_net = quantity.is_good() && price.is_good() && discount.is_good() &&
                       NetOf(quantity.value, price.value, discount.value, &net);
  check(6, net_amount.is_good() && has_net, net_amount.value != net);
  check(7, tax_rate.is_good(), tax_rate.value != 130'000 && tax_rate.value != 90'000 && tax_rate.value != 60'000);
  if (!line.requested_date().empty()) {
    const int32_t day = ParseDay(line.requested_date());
    check(8, day != 0, day < days.first || day > days.last);
  }
  if (!line.free_goods()) check(9, price.is_good(), price.value == 0);
  const std::string& product = line.product_id();
  if (product.empty() || product[0] != 'P' || LengthOf(product) != 6) report(10, false);
}

void OrderChecks::CheckHeader(const v1::Order& order, bool nets_are_good, int64_t net_sum, int32_t number,
                              CheckResults* results) const {
  const auto check = [&](int16_t id, bool is_evaluable, bool fails) {
    if (!is_evaluable || fails) results->push_back({number, -1, id, !is_evaluable});
  };
  const Amount total = ParseAmount(order.total(), kMoneyScale);
  Amount rounding = ParseAmount(order.rounding(), kMoneyScale);
  if (rounding.state == Amount::kAbsent) rounding.state = Amount::kGood;

  check(11, true,
        order.id().empty() || order.sold_to().empty() || order.warehouse().empty() || !order.has_submitted_at());
  const std::string& currency = order.currency();
  check(12, true, currency != "CNY" && currency != "USD" && currency != "EUR");
  check(13, total.is_good() && nets_are_good && rounding.is_good(), total.value != net_sum + rounding.value);
  check(14, rounding.is_good(), rounding.value >= 10'000 || rounding.value <= -10'000);
  check(15, true, order.kind() == v1::ORDER_KIND_UNSPECIFIED || !order.has_tax_included());
}

}  // namespace assay
