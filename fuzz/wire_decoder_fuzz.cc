// Any bytes as an order, three ways of reading it: what protobuf's own parser takes must be taken, with as many lines;
// no input may crash, and reading a second time must find the same. The entry point is libFuzzer's.
#include <cstdint>
#include <cstdlib>
#include <memory>

#include "google/protobuf/stubs/logging.h"
#include "ingest/wire_decoder.h"

namespace {

using assay::ColumnSet;
using assay::ProjectionBuilder;
using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr int kDepth = 5;

// Reads everything, messages within messages too.
void AskForAll(const assay::Schema& schema, const Descriptor& type, int level, std::vector<const FieldDescriptor*> path,
               int depth, ProjectionBuilder* builder) {
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor* field = type.field(i);
    const bool is_message = schema.Describe(*field).kind == assay::ScalarKind::kMessage;
    if (!field->is_repeated()) builder->AddPresence(level, path, field);
    if (is_message && depth == 0) continue;
    if (field->is_repeated() && is_message) {
      AskForAll(schema, *field->message_type(), builder->AddLevel(level, path, field), {}, depth - 1, builder);
    } else if (field->is_repeated()) {
      builder->AddList(level, path, field);
    } else if (is_message) {
      path.push_back(field);
      AskForAll(schema, *field->message_type(), level, path, depth - 1, builder);
      path.pop_back();
    } else {
      builder->AddField(level, path, field);
    }
  }
}

// Built once; the fuzzer calls on one thread.
struct Subject {
  std::shared_ptr<const assay::Schema> schema = *assay::Schema::CreateStandard();
  const Descriptor* type = *schema->FindMessage("assay.v1.Order");
  std::shared_ptr<const assay::Projection> projection;
  std::unique_ptr<assay::WireDecoder> decoder;
  std::unique_ptr<ColumnSet> columns;
  int lines = 0;

  Subject() {
    ProjectionBuilder builder(schema, type);
    lines = builder.AddLevel(0, {}, type->FindFieldByName("lines"));
    AskForAll(*schema, *type, 0, {}, kDepth, &builder);
    projection = builder.Build();
    decoder = std::make_unique<assay::WireDecoder>(projection);
    columns = std::make_unique<ColumnSet>(projection->NewColumns());
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static Subject subject;
  google::protobuf::LogSilencer silencer;
  const absl::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (!subject.decoder->Decode({bytes, bytes}, {}, subject.columns.get()).ok()) std::abort();
  const auto lines = subject.columns->level(subject.lines);
  if (lines.begin[2] != 2 * lines.begin[1]) std::abort();
  const std::unique_ptr<Message> message(subject.schema->Prototype(*subject.type).New());
  if (!message->ParseFromArray(data, static_cast<int>(size))) return 0;
  if (!subject.columns->row_errors().empty()) std::abort();
  const FieldDescriptor* field = subject.type->FindFieldByName("lines");
  if (message->GetReflection()->FieldSize(*message, field) != lines.begin[1]) std::abort();
  return 0;
}
