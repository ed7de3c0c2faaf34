// What the complaint benchmark judges: complaints in every state, with logs, calls and compensations, and the staff and
// partners they name. Entry points: JudgedComplaint, ComplaintPartner, ComplaintStaff. The same number gives the same
// row.
#ifndef ASSAY_BENCH_COMPLAINT_ROWS_H_
#define ASSAY_BENCH_COMPLAINT_ROWS_H_

#include "assay/v1/complaint.pb.h"
#include "assay/v1/partner.pb.h"
#include "assay/v1/staff.pb.h"

namespace assay {

inline constexpr int kComplaintPartners = 20'000;
inline constexpr int kComplaintStaff = 500;
inline constexpr int kComplaintProducts = 2'000;

// Received in 2026; of the partners, staff and products above. One in seven has compensation, one in nine was called
// back.
v1::Complaint JudgedComplaint(int number);

v1::Partner ComplaintPartner(int number);

// Every tenth is a manager, to whom those behind report.
v1::Staff ComplaintStaff(int number);

}  // namespace assay

#endif  // ASSAY_BENCH_COMPLAINT_ROWS_H_
