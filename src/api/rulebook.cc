// Schemas, rulebooks and reference data of the C++ interface. Entry points: those of
// assay/review.h.
#include <map>

#include "api/row_bytes.h"
#include "assay/review.h"
#include "base/limits.h"
#include "base/status_macros.h"
#include "rulebook/overlay.h"
#include "rulebook/reference.h"

namespace assay {
namespace {

absl::StatusOr<std::shared_ptr<const CompiledRulebook>> Compile(std::optional<LoadedRulebook> loaded,
                                                                const EntitySchema& schema, const Limits& limits,
                                                                IssueList* issues) {
  std::shared_ptr<const CompiledRulebook> book;
  if (loaded.has_value()) loaded->limits = limits;
  if (loaded.has_value()) book = CompileRulebook(*std::move(loaded), schema.schema(), issues);
  RETURN_IF_ERROR(issues->ToStatus());
  return book;
}

}  // namespace

absl::StatusOr<EntitySchema> EntitySchema::Standard() {
  ASSIGN_OR_RETURN(std::shared_ptr<const Schema> schema, Schema::CreateStandard());
  return EntitySchema(std::move(schema));
}

absl::StatusOr<EntitySchema> EntitySchema::FromDescriptors(absl::string_view file_descriptor_set) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(file_descriptor_set.data());
  ASSIGN_OR_RETURN(std::shared_ptr<const Schema> schema,
                   Schema::Create(absl::MakeConstSpan(bytes, file_descriptor_set.size())));
  return EntitySchema(std::move(schema));
}

Rulebook::Rulebook(std::shared_ptr<const CompiledRulebook> compiled, std::vector<Issue> warnings)
    : compiled_(std::move(compiled)), warnings_(std::make_shared<const std::vector<Issue>>(std::move(warnings))) {}

absl::StatusOr<Rulebook> Rulebook::LoadFile(absl::string_view path, const EntitySchema& schema, const Limits& limits,
                                            std::vector<Issue>* issues) {
  RETURN_IF_ERROR(CheckLimits(limits));
  const FileReader disk = DiskFileReader(path);
  absl::StatusCode of_file = absl::StatusCode::kOk;  // the rulebook's own; what it imports is part of its content
  const FileReader reader = [&](absl::string_view asked) {
    absl::StatusOr<std::string> bytes = disk(asked);
    if (asked == path) of_file = bytes.status().code();
    return bytes;
  };
  IssueList found;
  absl::StatusOr<std::shared_ptr<const CompiledRulebook>> book =
      Compile(LoadRulebookFile(path, reader, &found), schema, limits, &found);
  std::vector<Issue> all(found.issues().begin(), found.issues().end());
  if (issues != nullptr) *issues = all;
  if (of_file != absl::StatusCode::kOk) return absl::Status(of_file, book.status().message());
  if (!book.ok()) return book.status();
  return Rulebook(*std::move(book), std::move(all));
}

absl::StatusOr<Rulebook> Rulebook::LoadText(absl::string_view name, absl::string_view text, const EntitySchema& schema,
                                            const Limits& limits, std::vector<Issue>* issues) {
  RETURN_IF_ERROR(CheckLimits(limits));
  IssueList found;
  absl::StatusOr<std::shared_ptr<const CompiledRulebook>> book =
      Compile(LoadRulebookText(name, text, &found), schema, limits, &found);
  std::vector<Issue> all(found.issues().begin(), found.issues().end());
  if (issues != nullptr) *issues = all;
  if (!book.ok()) return book.status();
  return Rulebook(*std::move(book), std::move(all));
}

const std::string& Rulebook::name() const { return compiled_->proto.name(); }
const std::string& Rulebook::version() const { return compiled_->proto.version(); }
const std::string& Rulebook::fingerprint() const { return compiled_->fingerprint; }
size_t Rulebook::rule_count() const { return compiled_->rules.size(); }

std::vector<std::string> Rulebook::datasets() const {
  std::vector<std::string> names;
  for (const v1::Dataset& dataset : compiled_->proto.datasets()) names.push_back(dataset.name());
  return names;
}

const std::string& ReferenceData::id() const { return snapshot_->id(); }

struct ReferenceDataBuilder::Rows {
  Overlay overlay;  // over nothing: the rows
};

ReferenceDataBuilder::ReferenceDataBuilder(Rulebook rulebook)
    : rulebook_(std::move(rulebook)), rows_(std::make_unique<Rows>()) {}

ReferenceDataBuilder::ReferenceDataBuilder(const ReferenceData& base)
    : rulebook_(base.rulebook()), base_(base.snapshot()), rows_(std::make_unique<Rows>()) {}

ReferenceDataBuilder::ReferenceDataBuilder(ReferenceDataBuilder&&) noexcept = default;
ReferenceDataBuilder& ReferenceDataBuilder::operator=(ReferenceDataBuilder&&) noexcept = default;

absl::Status ReferenceDataBuilder::Clear(const v1::RequiredKey& key) {
  RETURN_IF_ERROR(CheckKey(*rulebook_.compiled(), key));
  rows_->overlay.cleared.push_back(key);
  return absl::OkStatus();
}

ReferenceDataBuilder::~ReferenceDataBuilder() = default;

absl::Status ReferenceDataBuilder::Add(absl::string_view dataset, RowFormat format, absl::string_view row) {
  const CompiledRulebook& book = *rulebook_.compiled();
  ASSIGN_OR_RETURN(const google::protobuf::Descriptor* type, DatasetType(book, dataset));
  std::string scratch;
  ASSIGN_OR_RETURN(const absl::string_view bytes, WireOf(*book.schema, *type, format, row, &scratch));
  rows_->overlay.rows[std::string(dataset)].Add(bytes);
  return absl::OkStatus();
}

absl::Status ReferenceDataBuilder::Add(absl::string_view dataset, const google::protobuf::Message& row) {
  ASSIGN_OR_RETURN(const google::protobuf::Descriptor* type, DatasetType(*rulebook_.compiled(), dataset));
  ASSIGN_OR_RETURN(const std::string bytes, WireOf(*type, row));
  rows_->overlay.rows[std::string(dataset)].Add(bytes);
  return absl::OkStatus();
}

absl::StatusOr<ReferenceData> ReferenceDataBuilder::Build() const {
  const CompiledRulebook& book = *rulebook_.compiled();
  const Overlay& overlay = rows_->overlay;
  std::shared_ptr<const Snapshot> snapshot = base_;
  if (base_ == nullptr) {
    // Copied: the builder may go on while the data live.
    std::map<std::string, std::shared_ptr<const RowBytes>> rows;
    if (overlay.cleared.empty()) {
      for (const auto& [name, bytes] : overlay.rows) rows[name] = std::make_shared<const RowBytes>(bytes);
    }
    ASSIGN_OR_RETURN(snapshot, BuildSnapshot(book, rows));
  }
  if (base_ != nullptr || !overlay.cleared.empty()) {
    ASSIGN_OR_RETURN(snapshot, OverlaySnapshot(book, snapshot, overlay));
  }
  return ReferenceData(rulebook_, std::move(snapshot));
}

}  // namespace assay
