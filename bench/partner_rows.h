// What the grading benchmark grades: partners, and each one's year with its orders, payments and results. Entry points:
// GradedPartner, GradedYear. The same number gives the same partner.
#ifndef ASSAY_BENCH_PARTNER_ROWS_H_
#define ASSAY_BENCH_PARTNER_ROWS_H_

#include "assay/v1/grading.pb.h"
#include "assay/v1/partner.pb.h"

namespace assay {

inline constexpr int kOrdersOfAYear = 100;

v1::Partner GradedPartner(int number);

// 24 months of sales, 24 items that fell due, a hundred orders, a complaint, and 48 results of four indicators.
v1::PartnerPeriod GradedYear(int number);

}  // namespace assay

#endif  // ASSAY_BENCH_PARTNER_ROWS_H_
