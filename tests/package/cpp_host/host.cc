// A host in C++ that finds the installed package: it reviews an order of the entities' own class, each linked once.
#include "assay/review.h"
#include "assay/v1/order.pb.h"

constexpr char kBook[] = R"(
name: host
version: "1"
input: {name: order, type: assay.v1.Order}
rules:
  - {id: NAMED, condition: order.id == 'SO-1', outcome: HOLD, message: {en: held, zh: 暂扣}}
review: {id: order.id}
)";

int main() {
  assay::v1::Order order;
  order.set_id("SO-1");
  const auto rulebook = assay::Rulebook::LoadText("host.yaml", kBook, *assay::EntitySchema::Standard(), nullptr);
  if (!rulebook.ok()) return 1;
  const auto data = assay::ReferenceDataBuilder(*rulebook).Build();
  const auto session = assay::ReviewSession::Open(*rulebook, *data, {.now = absl::UnixEpoch()});
  if (!session.ok() || !(*session)->Add(order).ok()) return 1;
  const absl::StatusOr<assay::v1::RunResult> result = (*session)->Run();
  return result.ok() && result->decisions(0).disposition() == assay::v1::DISPOSITION_HELD ? 0 : 1;
}
