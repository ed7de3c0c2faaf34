// Entry points: JudgedComplaint, ComplaintPartner, ComplaintStaff.
#include "bench/complaint_rows.h"

#include <random>
#include <string>

#include "absl/strings/str_cat.h"

namespace assay {
namespace {

constexpr int64_t kFirstSecond = 1'767'196'800;  // 2026-01-01 in Shanghai
constexpr int64_t kSecondsOfYear = 365 * 86'400;

// The way of a complaint that is upheld, from its receipt on.
constexpr v1::ComplaintState kWay[] = {v1::COMPLAINT_STATE_RECEIVED,
                                       v1::COMPLAINT_STATE_ACKNOWLEDGED,
                                       v1::COMPLAINT_STATE_ASSESSED,
                                       v1::COMPLAINT_STATE_INVESTIGATING,
                                       v1::COMPLAINT_STATE_WAITING_COMPLAINANT,
                                       v1::COMPLAINT_STATE_INVESTIGATING,
                                       v1::COMPLAINT_STATE_RESPONDED,
                                       v1::COMPLAINT_STATE_DECIDED,
                                       v1::COMPLAINT_STATE_CALLED_BACK,
                                       v1::COMPLAINT_STATE_CLOSED};

std::string PartnerId(uint32_t number) { return absl::StrCat("Q-", number); }
std::string StaffId(uint32_t number) { return absl::StrCat("S-", number); }

// Each state some hours behind the one before, up to one anywhere on the way.
int64_t AddEvents(std::mt19937* random, v1::Complaint* complaint) {
  int64_t at = complaint->received_at().seconds();
  const size_t reached = (*random)() % std::size(kWay);
  for (size_t i = 0; i <= reached; ++i) {
    v1::ComplaintEvent* event = complaint->add_events();
    event->mutable_at()->set_seconds(at);
    event->set_state(kWay[i]);
    event->set_actor(complaint->handler());
    if (kWay[i] == v1::COMPLAINT_STATE_DECIDED) event->set_decision(v1::COMPLAINT_DECISION_ACCEPTED);
    complaint->set_state(kWay[i]);
    at += 600 + (*random)() % 86'400;
  }
  return at;
}

void AddCompensation(std::mt19937* random, v1::Complaint* complaint) {
  v1::Compensation* grant = complaint->add_compensations();
  grant->set_id(absl::StrCat(complaint->id(), "-1"));
  grant->set_partner_id(complaint->partner_id());
  grant->set_amount(absl::StrCat((*random)() % 3'000, ".50"));
  grant->set_currency("CNY");
  grant->set_kind("GOODS");
  grant->set_authorised_by(StaffId((*random)() % (kComplaintStaff / 10) * 10));
  *grant->mutable_authorised_at() = complaint->received_at();
}

void AddCallBack(int64_t at, v1::Complaint* complaint) {
  v1::CallBackAttempt* call = complaint->add_call_backs();
  call->mutable_at()->set_seconds(at);
  call->set_caller(complaint->handler());
  call->set_reached(true);
  call->set_satisfaction(v1::SATISFACTION_SATISFIED);
  call->set_settled(true);
  call->set_record("settled");
}

}  // namespace

v1::Complaint JudgedComplaint(int number) {
  std::mt19937 random(static_cast<uint32_t>(number) + 7'000'003);
  v1::Complaint complaint;
  complaint.set_id(absl::StrCat("C-", number));
  complaint.set_channel("PHONE");
  complaint.set_complainant_kind(v1::COMPLAINANT_KIND_PARTNER);
  complaint.set_partner_id(PartnerId(random() % kComplaintPartners));
  complaint.set_complainant_id(complaint.partner_id());
  complaint.set_against(v1::COMPLAINT_TARGET_PRODUCT);
  complaint.set_product_id(absl::StrCat("X-", random() % kComplaintProducts));
  complaint.set_against_id(complaint.product_id());
  if (random() % 2 == 0) complaint.set_lot(absl::StrCat("L", random() % 12));
  complaint.set_subject("QUALITY");
  complaint.set_severity(random() % 8 == 0 ? v1::COMPLAINT_SEVERITY_MAJOR : v1::COMPLAINT_SEVERITY_NORMAL);
  complaint.set_handler(StaffId(random() % kComplaintStaff));
  complaint.set_root_cause(random() % 3 == 0 ? "" : "SEAL");
  complaint.set_responsible_department("PLANT");
  complaint.set_valid(random() % 2 == 0);
  complaint.mutable_received_at()->set_seconds(kFirstSecond + static_cast<int64_t>(random() % kSecondsOfYear));
  const int64_t after = AddEvents(&random, &complaint);
  if (random() % 7 == 0) AddCompensation(&random, &complaint);
  if (random() % 9 == 0) AddCallBack(after, &complaint);
  return complaint;
}

v1::Partner ComplaintPartner(int number) {
  v1::Partner partner;
  partner.set_id(PartnerId(static_cast<uint32_t>(number)));
  partner.set_level(number % 20 == 0 ? "VIP" : "B");
  return partner;
}

v1::Staff ComplaintStaff(int number) {
  v1::Staff staff;
  staff.set_id(StaffId(static_cast<uint32_t>(number)));
  staff.set_role(number % 10 == 0 ? "SERVICE_MANAGER" : "SERVICE_AGENT");
  if (number % 10 != 0) staff.set_reports_to(StaffId(static_cast<uint32_t>(number / 10 * 10)));
  return staff;
}

}  // namespace assay
