// Entry points: DatasetType, BuildSnapshot, WithBatch.
#include "rulebook/reference.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/sha256.h"
#include "base/status_macros.h"
#include "base/suggest.h"

namespace assay {
namespace {

// Names and rows of all datasets that have any, each with its length, so that no two contents look alike.
std::string SnapshotId(const std::map<std::string, std::shared_ptr<const RowBytes>>& rows) {
  Sha256 hash;
  for (const auto& [name, bytes] : rows) {
    if (bytes->size() == 0) continue;
    hash.Update(absl::StrCat(name.size(), ":", name, ":", bytes->size(), ";"));
    for (size_t i = 0; i < bytes->size(); ++i) {
      hash.Update(absl::StrCat((*bytes)[i].size(), ":"));
      hash.Update((*bytes)[i]);
    }
  }
  return ToHex(hash.Finish());
}

}  // namespace

absl::StatusOr<const google::protobuf::Descriptor*> DatasetType(const CompiledRulebook& book, absl::string_view name) {
  std::vector<absl::string_view> known;
  for (const SourcePlan& source : book.program().datasets) {
    if (absl::StartsWith(source.name, "batch.")) continue;  // filled by the session
    if (source.name == name) return source.message;
    known.emplace_back(source.name);
  }
  const std::string nearest = Nearest(name, known);
  return absl::NotFoundError(absl::StrCat("the rulebook has no such dataset: '", name, "'",
                                          nearest.empty() ? "" : absl::StrCat("; did you mean '", nearest, "'?")));
}

absl::StatusOr<std::shared_ptr<const Snapshot>> BuildSnapshot(
    const CompiledRulebook& book, const std::map<std::string, std::shared_ptr<const RowBytes>>& rows) {
  const Program& program = book.program();
  std::vector<std::shared_ptr<const Dataset>> datasets;
  const auto empty = std::make_shared<const RowBytes>();
  for (size_t i = 0; i < program.datasets.size(); ++i) {
    auto found = rows.find(program.datasets[i].name);
    ASSIGN_OR_RETURN(auto dataset, BuildDataset(program.datasets[i].name, found == rows.end() ? empty : found->second,
                                                program.datasets[i].projection, book.indexes[i]));
    datasets.push_back(std::move(dataset));
  }
  for (const auto& [name, bytes] : rows) RETURN_IF_ERROR(DatasetType(book, name).status());
  return std::make_shared<const Snapshot>(std::move(datasets), SnapshotId(rows), std::make_shared<const KnownKeys>(),
                                          nullptr);
}

absl::StatusOr<std::shared_ptr<const Snapshot>> WithBatch(const CompiledRulebook& book,
                                                          const std::shared_ptr<const Snapshot>& base,
                                                          const std::shared_ptr<const RowBytes>& batch) {
  if (book.batch_dataset < 0) return base;
  std::vector<std::shared_ptr<const Dataset>> datasets = base->datasets();
  const SourcePlan& source = book.program().datasets[book.batch_dataset];
  ASSIGN_OR_RETURN(datasets[book.batch_dataset],
                   BuildDataset(source.name, batch, source.projection, book.indexes[book.batch_dataset]));
  return std::make_shared<const Snapshot>(std::move(datasets), base->id(), base->known_keys(), base);
}

}  // namespace assay
