// Two orders, written by generated classes, read by the library. Entry point: ReviewOrders.
#include "review_order.h"

#include <string>

#include "assay/v1/order.pb.h"

namespace {

constexpr char kRulebook[] = R"(name: host.discount
version: "1"
time_zone: Asia/Shanghai
input: {name: order, type: assay.v1.Order}
levels: [{name: line, of: order.lines}]
roles: [{name: CLERK, title: {en: Clerk, zh: 文员}}]
reason_codes:
  - {code: TOO_MUCH, text: {en: Too much, zh: 过多}, route: CLERK, releasable: true}
rules:
  - id: R-1
    each: line
    condition: line.discount_rate > 0.3
    outcome: HOLD
    reason: TOO_MUCH
    message: {en: too much, zh: 过多}
review: {id: order.id, lines: line, line_id: line.id, quantity: line.quantity}
)";

std::string OrderBytes(const std::string& id, const std::string& discount_rate) {
  assay::v1::Order order;
  order.set_id(id);
  assay::v1::OrderLine& line = *order.add_lines();
  line.set_id("1");
  line.set_quantity("2");
  line.set_discount_rate(discount_rate);
  return order.SerializeAsString();
}

bool HasDecision(const Api& api, const assay_result* result, const std::string& id, const std::string& disposition) {
  for (size_t i = 0; i < api.result_decision_count(result); ++i) {
    const assay_string view = api.result_decision(result, i);
    const std::string decision(view.data, view.size);
    if (decision.find('"' + id + '"') != std::string::npos && decision.find(disposition) != std::string::npos) {
      return true;
    }
  }
  return false;
}

bool OwnClassesWork() {
  assay::v1::Order order;
  return order.ParseFromString(OrderBytes("O-3", "0.1")) && order.id() == "O-3" &&
         assay::v1::Order::descriptor()->file()->pool() == google::protobuf::DescriptorPool::generated_pool();
}

}  // namespace

int ReviewOrders(const Api& api) {
  const std::string text = kRulebook;
  assay_rulebook* rulebook = nullptr;
  if (api.rulebook_load_text("host.yaml", 9, text.data(), text.size(), nullptr, nullptr, &rulebook, nullptr) !=
      ASSAY_OK) {
    return 1;
  }
  assay_snapshot_builder* builder = nullptr;
  assay_snapshot* snapshot = nullptr;
  if (api.snapshot_builder_create(rulebook, &builder, nullptr) != ASSAY_OK) return 2;
  if (api.snapshot_build(builder, &snapshot, nullptr) != ASSAY_OK) return 3;
  const assay_session_options options = {sizeof(options), ASSAY_REVIEW, 1795136400, 0, 1, 0};
  assay_session* session = nullptr;
  if (api.session_open(rulebook, snapshot, &options, &session, nullptr) != ASSAY_OK) return 4;
  for (const std::string& order : {OrderBytes("O-1", "0.3"), OrderBytes("O-2", "0.31")}) {
    if (api.session_add(session, ASSAY_WIRE, order.data(), order.size(), nullptr) != ASSAY_OK) return 5;
  }
  assay_result* result = nullptr;
  if (api.session_run(session, nullptr, &result, nullptr) != ASSAY_OK) return 6;
  if (!HasDecision(api, result, "O-1", "DISPOSITION_CONFIRMED")) return 7;
  if (!HasDecision(api, result, "O-2", "DISPOSITION_HELD")) return 8;
  api.result_free(result);
  api.session_free(session);
  api.snapshot_free(snapshot);
  api.snapshot_builder_free(builder);
  api.rulebook_free(rulebook);
  return OwnClassesWork() ? 0 : 9;
}
