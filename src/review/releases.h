// Releases and exemptions: which findings they lift, and why a release does not hold
// (domain.md, section 3.2).
//
// Entry point: ReleaseBook. Read-only once built.
#ifndef ASSAY_REVIEW_RELEASES_H_
#define ASSAY_REVIEW_RELEASES_H_

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "assay/v1/decision.pb.h"
#include "evaluate/run_context.h"
#include "review/order_state.h"

namespace assay {

struct ReleaseRow {
  std::string order, line, rule, actor, role, granted_bound, values_digest, reason;
  std::string released_value;
  int64_t revision = 0;  // 0: not stated
  bool denied = false;
  bool has_until = false;
  Timestamp until;
  bool has_at = false;
  Timestamp at;
};

// How far a person may release.
struct AuthorityLimit {
  std::string rule;                     // "": every rule without a limit of its own
  std::string bound, amount, currency;  // "" where there is none
};

// Whether a release holds or, if not, what it is and why; and whether that is for lack of authority.
struct ReleaseVerdict {
  bool holds = false;
  bool no_authority = false;
  v1::LocalizedText why;
  v1::Finding::Answer answer = v1::Finding::ANSWER_VOID;
};

class ReleaseBook {
 public:
  // Reads the datasets of releases, exemptions and staff, and `more` releases (wire bytes) given during the session.
  static absl::StatusOr<ReleaseBook> Create(const RunContext& context, const std::vector<std::string>& more);

  // Whether the actor is among the staff, or nothing is known of staff.
  bool Knows(const std::string& actor) const { return staff_roles_.empty() || staff_roles_.contains(actor); }

  // Applies what concerns the finding: it is lifted to a NOTE, or says why the release is void. What it returns calls
  // for the session's release rule: why somebody who released it may not (no authority, own order); else "".
  // `actual` is the value itself, which the finding may mask; `rule` is nullptr for what could not be evaluated.
  v1::LocalizedText Apply(const OrderState& order, const std::string& actual, const v1::Rule* rule,
                          v1::Finding* finding) const;

  // Sets how much of each line is cut: what rules have found so far, as far as no exemption lifts it.
  void CutLines(OrderState* order) const;

 private:
  // The exemption that lifts the rule's findings on the line, or on the order (""); nullptr if there is none.
  const Exemption* ExemptionFrom(const std::string& rule, const OrderState& order, const std::string& line) const;
  ReleaseVerdict Judge(const ReleaseRow& release, const OrderState& order, const v1::Finding& finding,
                       const std::string& actual, const v1::Rule* rule) const;
  // The first that is no "" speaks.
  v1::LocalizedText WhyUnauthorised(const ReleaseRow& release, const OrderState& order,
                                    const v1::Finding& finding) const;
  v1::LocalizedText WhyMalformed(const ReleaseRow& release, const OrderState& order) const;
  v1::LocalizedText WhyLapsed(const ReleaseRow& release, const v1::Rule* rule) const;
  v1::LocalizedText WhyOther(const ReleaseRow& release, const OrderState& order, const v1::Finding& finding,
                             const std::string& actual, const v1::Rule* rule) const;
  v1::LocalizedText WhyBeyondLimit(const ReleaseRow& release, const OrderState& order, const std::string& actual,
                                   v1::Bound bound) const;
  bool HasAuthority(const ReleaseRow& release, const std::string& route) const;

  const RunContext* context_ = nullptr;
  std::map<std::pair<std::string, std::string>, std::vector<ReleaseRow>> releases_;  // by order and rule
  std::map<std::string, std::vector<Exemption>> exemptions_;                         // by rule
  std::map<std::string, std::string> staff_roles_;
  std::map<std::string, std::vector<AuthorityLimit>> limits_;  // by actor
};

}  // namespace assay

#endif  // ASSAY_REVIEW_RELEASES_H_
