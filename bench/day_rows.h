// What the benchmark of a large day reviews: partners, products, prices of every group, lots, and orders that are right
// but for a few. Entry points: DayPartner, DayProduct, DayPrice, DayLot, DayOrder. JSON rows; the same numbers give the
// same rows.
#ifndef ASSAY_BENCH_DAY_ROWS_H_
#define ASSAY_BENCH_DAY_ROWS_H_

#include <string>

namespace assay {

struct DaySize {
  int orders = 100'000;
  int partners = 5'000;
  int products = 5'000;
  int price_groups = 200;  // every product has a price in each
  int warehouses = 10;     // every product has a lot in each
};

inline constexpr int kDayLines = 8;  // of an order

std::string DayPartner(const DaySize& size, int number);
std::string DayProduct(int number);
std::string DayPrice(int group, int product);

// A little more than the orders ask of it on average, so that some lots fall short.
std::string DayLot(const DaySize& size, int warehouse, int product);

std::string DayOrder(const DaySize& size, int number);

}  // namespace assay

#endif  // ASSAY_BENCH_DAY_ROWS_H_
