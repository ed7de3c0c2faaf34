// Reviews one order under a small rulebook and prints the decision, by the C++ interface. Run from the repository's
// root.
#include <iostream>

#include "ingest/json_rows.h"
#include "review/session.h"
#include "rulebook/compiled_rulebook.h"
#include "rulebook/file_reader.h"
#include "rulebook/loader.h"
#include "rulebook/reference.h"

constexpr char kPath[] = "examples/review.yaml";
constexpr char kPartner[] = R"({"id": "P-1", "level": "A"})";
constexpr char kOrder[] =
    R"({"id": "O-1", "sold_to": "P-1", "lines": [{"id": "1", "quantity": "2", "discount_rate": "0.35"}]})";

absl::StatusOr<assay::v1::RunResult> Review() {
  const std::shared_ptr<const assay::Schema> schema = assay::Schema::CreateStandard().value();
  assay::IssueList issues;
  auto loaded = assay::LoadRulebookFile(kPath, assay::DiskFileReader(kPath), &issues);
  auto rulebook = loaded ? assay::CompileRulebook(*std::move(loaded), schema, &issues) : nullptr;
  if (rulebook == nullptr) return issues.ToStatus();
  std::string partner, order;
  absl::Status status =
      assay::JsonToWire(*schema, *schema->FindMessage("assay.v1.Partner").value(), kPartner, &partner);
  status.Update(assay::JsonToWire(*schema, *rulebook->program().batch.message, kOrder, &order));
  auto partners = std::make_shared<assay::RowBytes>();
  partners->Add(partner);
  auto snapshot = assay::BuildSnapshot(*rulebook, {{"partners", partners}});
  if (status.Update(snapshot.status()); !status.ok()) return status;
  auto session = assay::Session::Open(rulebook, *snapshot, {.now = {1795136400, 0}});
  if (!session.ok()) return session.status();
  if (status = (*session)->Add({order}); !status.ok()) return status;
  return (*session)->RunWave();
}

int main() {
  const absl::StatusOr<assay::v1::RunResult> result = Review();
  if (!result.ok()) return std::cerr << result.status().message() << "\n", 1;
  for (const assay::v1::Decision& decision : result->decisions()) std::cout << decision.DebugString();
}
