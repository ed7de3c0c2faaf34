// Parses, checks, evaluates and folds expressions over a sample row. Entry points are those of the header.
#include "tests/interp/evaluating.h"

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "google/protobuf/compiler/importer.h"
#include "google/protobuf/descriptor.pb.h"
#include "google/protobuf/descriptor_database.h"
#include "google/protobuf/duration.pb.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/protobuf/wrappers.pb.h"
#include "interp/folder.h"
#include "lang/checker.h"
#include "lang/parser.h"
#include "tests/calendar/sample_calendars.h"

namespace assay {
namespace {

using google::protobuf::FileDescriptor;
using google::protobuf::FileDescriptorSet;

[[noreturn]] void Stop(absl::string_view why) {
  std::cerr << why << "\n";
  std::abort();
}

class StopAtErrors : public google::protobuf::compiler::MultiFileErrorCollector {
 public:
  void AddError(const std::string& filename, int line, int, const std::string& message) override {
    Stop(absl::StrCat(filename, ":", line + 1, ": ", message));
  }
};

void AddWithImports(const FileDescriptor* file, std::set<const FileDescriptor*>* added, FileDescriptorSet* set) {
  if (!added->insert(file).second) return;
  for (int i = 0; i < file->dependency_count(); ++i) AddWithImports(file->dependency(i), added, set);
  file->CopyTo(set->add_file());
}

std::shared_ptr<const Schema> CompileSchema() {
  google::protobuf::Timestamp::descriptor();  // the generated files must be linked for their pool to know them
  google::protobuf::Duration::descriptor();
  google::protobuf::Int64Value::descriptor();
  google::protobuf::compiler::DiskSourceTree tree;
  tree.MapPath("", std::string(ASSAY_SOURCE_DIR) + "/tests/interp/protos");
  tree.MapPath("", std::string(ASSAY_SOURCE_DIR) + "/proto");
  google::protobuf::compiler::SourceTreeDescriptorDatabase sources(&tree);
  StopAtErrors errors;
  sources.RecordErrorsTo(&errors);
  google::protobuf::DescriptorPoolDatabase generated(*google::protobuf::DescriptorPool::generated_pool());
  google::protobuf::MergedDescriptorDatabase both(&generated, &sources);
  google::protobuf::DescriptorPool pool(&both, sources.GetValidationErrorCollector());
  FileDescriptorSet set;
  std::set<const FileDescriptor*> added;
  AddWithImports(pool.FindFileByName("sample.proto"), &added, &set);
  const std::string bytes = set.SerializeAsString();
  auto schema = Schema::Create({reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()});
  if (!schema.ok()) Stop(schema.status().ToString());
  std::vector<FieldOverride> overrides(3);
  overrides[0].path = "sample.Order.cents";
  overrides[1].path = "sample.Order.kept_cents";
  overrides[2].path = "sample.Order.fee";
  for (FieldOverride& override : overrides) override.decimal = {8, 2};
  auto typed = (*schema)->WithOverrides(overrides);
  if (!typed.ok()) Stop(typed.status().ToString());
  return *typed;
}

std::unique_ptr<google::protobuf::Message> Parsed(const Schema& schema, absl::string_view type,
                                                  absl::string_view text) {
  std::unique_ptr<google::protobuf::Message> message(schema.Prototype(**schema.FindMessage(type)).New());
  if (!google::protobuf::TextFormat::ParseFromString(std::string(text), message.get())) Stop(text);
  return message;
}

Value Number(absl::string_view text) { return Value::OfDecimal(*ParseDecimal(text)); }

}  // namespace

std::shared_ptr<const Schema> SampleSchema() {
  static const std::shared_ptr<const Schema>& schema = *new std::shared_ptr<const Schema>(CompileSchema());
  return schema;
}

Sample::Sample(absl::string_view row)
    : schema_(SampleSchema()),
      message_(Parsed(*schema_, "sample.Order", row)),
      partner_(Parsed(*schema_, "sample.Line", "id: 'P1' quantity: '3.5'")),
      types_(std::make_unique<TypeTable>()),
      functions_(std::make_unique<FunctionTable>(types_.get())),
      calendars_(SampleCalendars()) {
  env_.types = types_.get();
  env_.functions = functions_.get();
  env_.schema = schema_.get();
  env_.time_zone = "Asia/Shanghai";
  env_.calendars = &calendars_;
  RowType* shape = types_->NewRow("order", message_->GetDescriptor());
  const RowType* line = types_->Message(partner_->GetDescriptor());
  AddVirtual(shape, "partner", types_->Row(line), Value::Row({partner_.get(), line, 1}));
  AddVirtual(shape, "weight", types_->Decimal({9, 3}), Number("1.250"));
  const Value missing = Value::OfError({ErrorKind::kMissingRow, "", "partners[P9]", nullptr});
  AddVirtual(shape, "ghost", types_->Row(line), missing);
  AddVirtual(shape, "unweighed", types_->Decimal({9, 3}), missing);
  AddVariable("order", types_->Row(shape), Value::Row({message_.get(), shape, 0}));
  AddVariable("i", types_->Simple(TypeKind::kInt), Value::Int(5));
  AddVariable("u", types_->Simple(TypeKind::kUint), Value::Uint(7));
  AddVariable("e", types_->Simple(TypeKind::kDouble), Value::Double(2.5));
  AddVariable("s", types_->Simple(TypeKind::kString), Value::String("word"));
  AddVariable("b", types_->Simple(TypeKind::kBool), Value::Bool(true));
  AddVariable("d2", types_->Decimal({10, 2}), Number("12.50"));
  AddVariable("d4", types_->Decimal({18, 4}), Number("0.1250"));
  AddVariable("most", types_->Decimal({38, 0}), Number(std::string(38, '9')));
  AddVariable("day", types_->Simple(TypeKind::kDate), Value::Date(DaysFromCivil(2024, 2, 29)));
  AddVariable("now", types_->Simple(TypeKind::kTimestamp),
              Value::OfTimestamp(*ParseTimestamp("2024-02-29T23:30:00.250Z")));
  AddVariable("wait", types_->Simple(TypeKind::kDuration), Value::OfDuration(*ParseDuration("90.5s")));
  AddVariable("bad", types_->Simple(TypeKind::kInt), Value::Error(ErrorKind::kOverflow, ""));
  AddVariable("worse", types_->Simple(TypeKind::kBool), Value::Error(ErrorKind::kMalformed, ""));
  const Type* number = types_->Simple(TypeKind::kInt);
  env_.host_functions.emplace("table.twice", assay::HostFunction{{number}, number, 0, {}});
}

void Sample::AddVariable(absl::string_view name, const Type* type, Value value) {
  env_.variables.emplace(std::string(name), EnvVariable{type, static_cast<int>(values_.size())});
  values_.push_back(std::move(value));
}

void Sample::AddVirtual(RowType* row, absl::string_view name, const Type* type, Value value) {
  const std::string key(name);
  row->virtual_fields.emplace(key, assay::VirtualField{key, type, static_cast<int>(virtuals_.size())});
  virtuals_.push_back(std::move(value));
}

Value Sample::Variable(int index) const { return values_[static_cast<size_t>(index)]; }

Value Sample::VirtualField(const Value&, int id) const { return virtuals_[static_cast<size_t>(id)]; }

Value Sample::HostFunction(int, absl::Span<const Value> args) const {
  return args[0].is_error() ? args[0] : Value::Int(2 * args[0].as_int());
}

std::optional<Ast> Sample::CheckText(absl::string_view text, std::string* errors) const {
  const SourceText source = *SourceText::Create("", std::string(text));
  IssueList issues;
  std::optional<Ast> ast = Parse(source, Limits(), &issues);
  if (ast.has_value() && Check(env_, source, nullptr, &*ast, &issues)) return ast;
  *errors = Format(issues);
  return std::nullopt;
}

std::string Sample::Run(absl::string_view text) const {
  std::string errors;
  std::optional<Ast> ast = CheckText(text, &errors);
  if (!ast.has_value()) return "?" + errors;
  const std::string plain = ResultText(Evaluate(*ast->root, *this, EvaluateOptions()));
  Fold(schema_.get(), types_.get(), &*ast);
  const std::string folded = ResultText(Evaluate(*ast->root, *this, EvaluateOptions()));
  return plain == folded ? plain : absl::StrCat(plain, " but folded ", folded);
}

std::vector<Case> ReadCases(absl::string_view name) {
  const std::string path = absl::StrCat(ASSAY_SOURCE_DIR, "/tests/interp/cases/", name);
  std::ifstream file(path);
  if (!file) Stop(path);
  std::vector<Case> cases;
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    if (line.empty() || line[0] == '#') continue;
    const std::vector<std::string> parts = absl::StrSplit(line, absl::MaxSplits(" ==> ", 1));
    if (parts.size() != 2) Stop(absl::StrCat(path, ":", number, ": no ' ==> '"));
    cases.push_back({absl::StrCat(name, ":", number), std::string(absl::StripAsciiWhitespace(parts[0])),
                     std::string(absl::StripAsciiWhitespace(parts[1]))});
  }
  return cases;
}

std::string ResultText(const Value& value) {
  return value.is_error() ? absl::StrCat("!", ErrorKindName(value.as_error().kind)) : ToJson(value);
}

}  // namespace assay
