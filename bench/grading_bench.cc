// Partners with a year of orders graded by the standard rulebook: rows per second of processor time, and the most
// memory that was in use.
//   grading_bench [PARTNERS]
#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "bench/judged_rows.h"
#include "bench/partner_rows.h"

namespace assay {
namespace {

constexpr int kBatch = 256;
constexpr Timestamp kNow = {1'798'772'400, 0};  // 2027-01-01 11:00 in Shanghai

void GradeAll(int partners) {
  auto known = std::make_shared<RowBytes>();
  for (int i = 0; i < partners; ++i) known->Add(GradedPartner(i).SerializeAsString());
  JudgedRows grading("partner_grading", {{"partners", known}}, kNow);
  for (int first = 0; first < partners; first += kBatch) {
    std::vector<std::string> periods;
    for (int i = first; i < std::min(partners, first + kBatch); ++i)
      periods.push_back(GradedYear(i).SerializeAsString());
    grading.Judge(periods);
  }
  grading.Print("partners' years");
  std::printf("%d orders each: %.0f orders a second\n", kOrdersOfAYear, grading.rows_per_second() * kOrdersOfAYear);
}

}  // namespace
}  // namespace assay

int main(int argc, char** argv) { assay::GradeAll(argc > 1 ? std::atoi(argv[1]) : 100'000); }
