// Finds the holds that are still there, and asks the rulebook when they were due since. Entry point: CarryHolds.
#include "review/escalation.h"

#include <algorithm>
#include <optional>

#include "base/status_macros.h"
#include "review/read_orders.h"

namespace assay {
namespace {

Timestamp TimeOf(const google::protobuf::Timestamp& proto) { return {proto.seconds(), proto.nanos()}; }

const v1::OpenHold* SameHold(const v1::OpenHold& hold, const v1::Decision& decision) {
  const auto found = std::find_if(decision.holds().begin(), decision.holds().end(), [&](const v1::OpenHold& other) {
    return other.rule() == hold.rule() && other.line_id() == hold.line_id() && other.reason() == hold.reason();
  });
  return found == decision.holds().end() ? nullptr : &*found;
}

// The next role up; "" at the top.
std::string Above(const CompiledRulebook& book, const std::string& role) {
  const auto found = book.roles.find(role);
  return found == book.roles.end() ? "" : found->second->reports_to();
}

class Escalation {
 public:
  Escalation(const RunContext& context, absl::string_view order) : context_(context), order_(order) {}

  absl::Status Carry(const v1::OpenHold& before, v1::OpenHold* hold) {
    *hold->mutable_opened() = before.opened();
    hold->clear_due();
    if (before.has_due()) *hold->mutable_due() = before.due();
    hold->set_route(before.route());
    hold->set_climbed(before.climbed());
    while (hold->has_due() && TimeOf(hold->due()) <= context_.now) {
      const std::string above = Above(*context_.book, hold->route());
      // A line that is a circle is climbed once around.
      if (above.empty() || hold->climbed() >= static_cast<int64_t>(context_.book->roles.size())) break;
      hold->set_route(above);
      hold->set_climbed(hold->climbed() + 1);
      RETURN_IF_ERROR(MoveDue(hold));
    }
    return absl::OkStatus();
  }

 private:
  absl::Status MoveDue(v1::OpenHold* hold) {
    if (chunk_ == nullptr) chunk_ = std::make_unique<Chunk>(&context_);
    const Timestamp last = TimeOf(hold->due());
    ASSIGN_OR_RETURN(const std::optional<Timestamp> next, HoldDueFrom(order_, last, chunk_.get()));
    hold->clear_due();
    if (!next.has_value() || *next <= last) return absl::OkStatus();
    hold->mutable_due()->set_seconds(next->seconds);
    hold->mutable_due()->set_nanos(next->nanos);
    return absl::OkStatus();
  }

  const RunContext& context_;
  absl::string_view order_;
  std::unique_ptr<Chunk> chunk_;  // made when first needed: few holds are overdue
};

}  // namespace

absl::Status CarryHolds(const RunContext& context, absl::string_view order, const v1::Decision& before,
                        v1::Decision* decision) {
  Escalation escalation(context, order);
  for (v1::OpenHold& hold : *decision->mutable_holds()) {
    const v1::OpenHold* same = SameHold(hold, before);
    if (same != nullptr) RETURN_IF_ERROR(escalation.Carry(*same, &hold));
  }
  return absl::OkStatus();
}

}  // namespace assay
