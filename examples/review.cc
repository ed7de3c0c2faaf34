// Reviews one order under a small rulebook and prints the decision. Run from the root of the repository.
#include "assay/review.h"

#include <iostream>

int main() {
  const auto rulebook = assay::Rulebook::LoadFile("examples/review.yaml", *assay::EntitySchema::Standard(), nullptr);
  if (!rulebook.ok()) return std::cerr << rulebook.status().message() << "\n", 1;
  assay::ReferenceDataBuilder builder(*rulebook);
  absl::Status status = builder.Add("partners", assay::RowFormat::kJson, R"({"id": "P-1", "level": "A"})");
  const auto data = builder.Build();
  if (status.Update(data.status()); !status.ok()) return std::cerr << status.message() << "\n", 1;
  const auto session = assay::ReviewSession::Open(*rulebook, *data, {.now = absl::FromUnixSeconds(1795136400)});
  if (!session.ok()) return std::cerr << session.status().message() << "\n", 1;
  status = (*session)->Add(assay::RowFormat::kJson, R"({"id": "O-1", "sold_to": "P-1",
                           "lines": [{"id": "1", "quantity": 2, "discount_rate": 0.35}]})");
  const auto result = (*session)->Run();
  if (status.Update(result.status()); !status.ok()) return std::cerr << status.message() << "\n", 1;
  for (const assay::v1::Decision& decision : result->decisions()) std::cout << decision.DebugString();
}
