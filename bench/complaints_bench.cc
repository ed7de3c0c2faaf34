// Complaints of a year judged by the standard rulebook: rows per second of processor time, and the most memory that was
// in use.
//   complaints_bench [COMPLAINTS [COMPLAINTS_OF_A_RUN]]
#include <algorithm>
#include <cstdlib>

#include "bench/complaint_rows.h"
#include "bench/judged_rows.h"

namespace assay {
namespace {

constexpr Timestamp kNow = {1'798'772'400, 0};  // 2027-01-01 11:00 in Shanghai

void JudgeAll(int complaints, int of_a_run) {
  auto partners = std::make_shared<RowBytes>();
  auto staff = std::make_shared<RowBytes>();
  for (int i = 0; i < kComplaintPartners; ++i) partners->Add(ComplaintPartner(i).SerializeAsString());
  for (int i = 0; i < kComplaintStaff; ++i) staff->Add(ComplaintStaff(i).SerializeAsString());
  JudgedRows judged("complaints", {{"partners", partners}, {"staff", staff}}, kNow);
  for (int first = 0; first < complaints; first += of_a_run) {
    std::vector<std::string> rows;
    for (int i = first; i < std::min(complaints, first + of_a_run); ++i)
      rows.push_back(JudgedComplaint(i).SerializeAsString());
    judged.Judge(rows);
  }
  judged.Print("complaints");
}

}  // namespace
}  // namespace assay

int main(int argc, char** argv) {
  const int complaints = argc > 1 ? std::atoi(argv[1]) : 1'000'000;
  assay::JudgeAll(complaints, argc > 2 ? std::max(1, std::atoi(argv[2])) : 10'000);
}
