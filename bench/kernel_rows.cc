// The schema, the seeded rows, and planning. Entry points: KernelRows::Make, KernelRun's.
// Values stay small enough that no operation of the benchmark overflows.
#include "bench/kernel_rows.h"

#include <random>

#include "absl/strings/str_format.h"
#include "assay/v1/annotations.pb.h"
#include "base/status_macros.h"
#include "google/protobuf/descriptor.pb.h"
#include "google/protobuf/text_format.h"
#include "ingest/wire_decoder.h"
#include "interp/folder.h"
#include "lang/checker.h"
#include "lang/parser.h"
#include "plan/planner.h"
#include "schema/embedded_descriptors.h"

namespace assay {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr char kFile[] = R"(
file {
  name: "assay/bench/row.proto" package: "assay.bench" syntax: "proto3"
  dependency: "assay/v1/annotations.proto"
  dependency: "google/protobuf/timestamp.proto"
  message_type {
    name: "Row"
    field { name: "i" number: 1 type: TYPE_INT64 }
    field { name: "j" number: 2 type: TYPE_INT64 }
    field { name: "u" number: 3 type: TYPE_UINT64 }
    field { name: "v" number: 4 type: TYPE_UINT64 }
    field { name: "x" number: 5 type: TYPE_DOUBLE }
    field { name: "y" number: 6 type: TYPE_DOUBLE }
    field { name: "price" number: 7 type: TYPE_STRING options { [assay.v1.decimal] { precision: 9 scale: 2 } } }
    field { name: "fee" number: 8 type: TYPE_STRING options { [assay.v1.decimal] { precision: 9 scale: 2 } } }
    field { name: "amount" number: 9 type: TYPE_STRING options { [assay.v1.decimal] { precision: 18 scale: 4 } } }
    field { name: "rate" number: 10 type: TYPE_STRING options { [assay.v1.decimal] { precision: 18 scale: 6 } } }
    field { name: "wide" number: 11 type: TYPE_STRING options { [assay.v1.decimal] { precision: 30 scale: 6 } } }
    field { name: "vast" number: 12 type: TYPE_STRING options { [assay.v1.decimal] { precision: 30 scale: 6 } } }
    field { name: "day" number: 13 type: TYPE_STRING options { [assay.v1.date]: true } }
    field { name: "due" number: 14 type: TYPE_STRING options { [assay.v1.date]: true } }
    field { name: "at" number: 15 type: TYPE_MESSAGE type_name: ".google.protobuf.Timestamp" }
    field { name: "until" number: 16 type: TYPE_MESSAGE type_name: ".google.protobuf.Timestamp" }
    field { name: "p" number: 17 type: TYPE_BOOL }
    field { name: "q" number: 18 type: TYPE_BOOL }
    field { name: "s" number: 19 type: TYPE_STRING }
    field { name: "t" number: 20 type: TYPE_STRING }
    field { name: "code" number: 21 type: TYPE_STRING }
    field { name: "maybe_price" number: 22 type: TYPE_STRING
            options { [assay.v1.decimal] { precision: 9 scale: 2 } } }
    field { name: "maybe_fee" number: 23 type: TYPE_STRING options { [assay.v1.decimal] { precision: 9 scale: 2 } } }
    field { name: "numbers" number: 30 type: TYPE_INT64 label: LABEL_REPEATED }
    field { name: "amounts" number: 31 type: TYPE_STRING label: LABEL_REPEATED
            options { [assay.v1.decimal] { precision: 18 scale: 4 } } }
  }
}
)";

class RowWriter {
 public:
  RowWriter(const Schema& schema, std::mt19937_64* random, Message* row)
      : schema_(schema), random_(*random), row_(*row) {}

  void Write() {
    const auto* type = row_.GetDescriptor();
    for (int i = 0; i < type->field_count(); ++i) {
      const FieldDescriptor* field = type->field(i);
      if (field->name().rfind("maybe", 0) == 0 && Below(16) == 0) continue;
      for (int k = 0; k < (field->is_repeated() ? kListItems : 1); ++k) WriteField(field);
    }
  }

 private:
  int64_t Below(int64_t bound) { return static_cast<int64_t>(random_() % static_cast<uint64_t>(bound)); }

  void WriteField(const FieldDescriptor* field) {
    const google::protobuf::Reflection& reflection = *row_.GetReflection();
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_INT64:
        if (field->is_repeated()) return reflection.AddInt64(&row_, field, Below(1000));
        return reflection.SetInt64(&row_, field, 1 + Below(1000));
      case FieldDescriptor::CPPTYPE_UINT64:
        return reflection.SetUInt64(&row_, field, static_cast<uint64_t>(1 + Below(1000)));
      case FieldDescriptor::CPPTYPE_DOUBLE:
        return reflection.SetDouble(&row_, field, static_cast<double>(1 + Below(1000)) / 4);
      case FieldDescriptor::CPPTYPE_BOOL:
        return reflection.SetBool(&row_, field, Below(2) == 0);
      case FieldDescriptor::CPPTYPE_STRING:
        if (field->is_repeated()) return reflection.AddString(&row_, field, Text(field));
        return reflection.SetString(&row_, field, Text(field));
      default:
        return WriteMessage(reflection.MutableMessage(&row_, field));
    }
  }

  // An instant's seconds.
  void WriteMessage(Message* message) {
    message->GetReflection()->SetInt64(message, message->GetDescriptor()->field(0), 1795300000 + Below(1000));
  }

  std::string Text(const FieldDescriptor* field) {
    constexpr const char* kCodes[] = {"EA", "BX", "CS", "PAL"};
    const ScalarKind kind = schema_.Describe(*field).kind;
    if (kind == ScalarKind::kDecimal) return absl::StrFormat("%d.%02d", Below(1000), Below(100));
    if (kind == ScalarKind::kDate) return absl::StrFormat("2026-12-%02d", 1 + Below(28));
    if (field->name() == "code") return kCodes[Below(4)];
    return absl::StrFormat("SO-%04d-%02d-BLUE", Below(2), Below(4));  // 15 characters
  }

  const Schema& schema_;
  std::mt19937_64& random_;
  Message& row_;
};

absl::Status FirstIssue(const IssueList& issues) {
  return absl::InvalidArgumentError(issues.issues().empty() ? "no form as one column" : issues.issues()[0].message);
}

}  // namespace

absl::StatusOr<KernelRows> KernelRows::Make() {
  v1::Decimal::descriptor();  // the text parser finds the annotations in the generated pool
  google::protobuf::FileDescriptorSet set;
  if (!google::protobuf::TextFormat::ParseFromString(kFile, &set)) return absl::InternalError("the schema is no text");
  const std::string all =
      std::string(reinterpret_cast<const char*>(kEntityDescriptors), kEntityDescriptorsSize) + set.SerializeAsString();
  KernelRows rows;
  ASSIGN_OR_RETURN(rows.schema,
                   Schema::Create(absl::MakeConstSpan(reinterpret_cast<const unsigned char*>(all.data()), all.size())));
  ASSIGN_OR_RETURN(rows.message, rows.schema->FindMessage("assay.bench.Row"));
  std::mt19937_64 random(3);
  for (int i = 0; i < kKernelRows; ++i) {
    std::unique_ptr<Message> row(rows.schema->Prototype(*rows.message).New());
    RowWriter(*rows.schema, &random, row.get()).Write();
    rows.bytes.push_back(row->SerializeAsString());
  }
  return rows;
}

absl::StatusOr<std::unique_ptr<KernelRun>> KernelRun::Plan(const KernelRows& rows, const std::string& expression) {
  TypeTable types;
  FunctionTable functions(&types);
  PlanInputs inputs;
  RowType* row = types.NewRow("r", rows.message);
  inputs.schema = rows.schema;
  inputs.input = rows.message;
  inputs.levels = {row};
  inputs.variables.resize(1);
  inputs.env.types = &types;
  inputs.env.functions = &functions;
  inputs.env.schema = rows.schema.get();
  inputs.env.variables["r"] = {types.Row(row), 0};
  ASSIGN_OR_RETURN(SourceText source, SourceText::Create("expression", expression));
  IssueList issues;
  std::optional<Ast> ast = Parse(source, Limits{}, &issues);
  if (!ast.has_value() || !Check(inputs.env, source, nullptr, &*ast, &issues)) return FirstIssue(issues);
  ast->text = expression;
  Fold(rows.schema.get(), &types, &*ast);
  Planner planner(&inputs);
  const std::optional<NodeId> root = planner.PlanColumn(*ast, 0, &issues);
  if (!root.has_value()) return FirstIssue(issues);
  ASSIGN_OR_RETURN(std::shared_ptr<const Executable> executable, Executable::Create(planner.graph().Finish()));
  std::unique_ptr<KernelRun> run(new KernelRun(std::move(executable), *root));
  const std::vector<absl::string_view> views(rows.bytes.begin(), rows.bytes.end());
  WireDecoder decoder(run->executable_->program().batch.projection);
  RETURN_IF_ERROR(decoder.Decode(views, Limits{}, &run->columns_));
  run->Compute();
  return run;
}

KernelRun::KernelRun(std::shared_ptr<const Executable> executable, NodeId root)
    : executable_(std::move(executable)),
      root_(root),
      nodes_(Needs(executable_->program(), {root}, false)),
      columns_(executable_->program().batch.projection->NewColumns()),
      arena_(size_t{1} << 20) {}

void KernelRun::Compute() {
  arena_.Reset();
  BeginRun(*executable_, &columns_, nullptr, &arena_, &columns_.errors(), &frame_);
  Run(&frame_, nodes_);
}

Vector KernelRun::column(const std::string& field) const {
  const std::vector<ProjectedColumn>& columns = executable_->program().batch.projection->columns;
  for (size_t slot = 0; slot < columns.size(); ++slot) {
    const ProjectedColumn& column = columns[slot];
    if (column.role == ColumnRole::kValue && column.field->name() == field) {
      return columns_.column(static_cast<int>(slot));
    }
  }
  return {};
}

}  // namespace assay
