// JSON to rows. Entry point: ReadCases. A case that is like another takes from it each field at the top of the row that
// it does not state.
#include "review/rulebook_case.h"

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "base/timestamp.h"
#include "google/protobuf/message.h"
#include "ingest/json_rows.h"
#include "rulebook/reference.h"

namespace assay {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

absl::Status At(absl::string_view part, const absl::Status& status) {
  return status.ok() ? status : absl::InvalidArgumentError(absl::StrCat(part, ": ", status.message()));
}

// The row with the fields that `json` states in place of its own.
absl::Status Overlay(const CompiledRulebook& book, const v1::TestCase& test, std::string* row) {
  const google::protobuf::Descriptor& type = *book.program().batch.message;
  std::string stated;
  RETURN_IF_ERROR(JsonToWire(*book.schema, type, test.input().empty() ? "{}" : test.input(), &stated));
  const Message& prototype = book.schema->Prototype(type);
  const std::unique_ptr<Message> whole(prototype.New());
  const std::unique_ptr<Message> part(prototype.New());
  if (!whole->ParseFromString(*row) || !part->ParseFromString(stated)) {
    return absl::InvalidArgumentError("the row cannot be decoded");
  }
  std::vector<const FieldDescriptor*> fields;
  part->GetReflection()->ListFields(*part, &fields);
  for (const std::string& name : test.without()) {
    fields.push_back(type.FindFieldByName(name));
    if (fields.back() == nullptr) return absl::NotFoundError(absl::StrCat("no such field of the row: '", name, "'"));
  }
  for (const FieldDescriptor* field : fields) whole->GetReflection()->ClearField(whole.get(), field);
  whole->MergeFrom(*part);
  row->clear();
  return whole->SerializePartialToString(row) ? absl::OkStatus() : absl::InternalError("the row cannot be written");
}

absl::Status ReadDatasets(const CompiledRulebook& book, const v1::TestCase& test, RulebookCase* out) {
  for (const auto& [name, lines] : test.datasets()) {
    const absl::StatusOr<const google::protobuf::Descriptor*> type = DatasetType(book, name);
    RETURN_IF_ERROR(type.status());
    auto rows = std::make_shared<RowBytes>();
    RETURN_IF_ERROR(
        At(name, ReadRows(*book.schema, **type, lines, false, [&](absl::string_view row) { rows->Add(row); })));
    out->datasets[name] = std::move(rows);
  }
  return absl::OkStatus();
}

absl::Status Read(const CompiledRulebook& book, const v1::TestCase& test, RulebookCase* out) {
  RETURN_IF_ERROR(At("input", Overlay(book, test, &out->input)));
  RETURN_IF_ERROR(ReadDatasets(book, test, out));
  if (!test.others().empty()) {
    out->others.clear();
    RETURN_IF_ERROR(At("others", ReadRows(*book.schema, *book.program().batch.message, test.others(), false,
                                          [&](absl::string_view row) { out->others.emplace_back(row); })));
  }
  if (!test.now().empty()) {
    const absl::StatusOr<Timestamp> now = ParseTimestamp(test.now());
    RETURN_IF_ERROR(At("now", now.status()));
    out->now = *now;
  }
  if (test.checkpoint().empty()) return absl::OkStatus();
  if (v1::Checkpoint_Parse(absl::StrCat("CHECKPOINT_", test.checkpoint()), &out->checkpoint)) return absl::OkStatus();
  return absl::InvalidArgumentError("a checkpoint is ENTRY, REVIEW, PRINT or SHIP");
}

}  // namespace

std::map<std::string, RulebookCase> ReadCases(const CompiledRulebook& book) {
  std::map<std::string, RulebookCase> cases;
  for (const v1::TestCase& test : book.proto.tests()) {
    RulebookCase made;
    const auto like = cases.find(test.like());
    if (like != cases.end()) made = like->second;
    if (made.problem.ok()) made.problem = Read(book, test, &made);
    if (like == cases.end() && !test.like().empty()) {
      made.problem = absl::NotFoundError(absl::StrCat("no earlier case has this name: '", test.like(), "'"));
    }
    cases[test.name()] = std::move(made);
  }
  return cases;
}

}  // namespace assay
