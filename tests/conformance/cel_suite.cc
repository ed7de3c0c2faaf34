// Loads the suite and flattens its sections. Entry point: Suite::Load.
#include "tests/conformance/cel_suite.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "google/protobuf/text_format.h"

namespace assay {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void ReadDeclarations(const Message& test, SuiteTest* out) {
  for (const Message* decl : GetMessages(test, "type_env")) {
    const std::string name = GetString(*decl, "name");
    if (Has(*decl, "ident")) out->types[name] = &GetMessage(GetMessage(*decl, "ident"), "type");
    if (Has(*decl, "function")) out->functions[name] = &GetMessage(*decl, "function");
  }
  for (const Message* entry : GetMessages(test, "bindings")) {
    out->bindings[GetString(*entry, "key")] = &GetMessage(GetMessage(*entry, "value"), "value");
  }
}

SuiteTest ReadTest(const Message& test) {
  SuiteTest out;
  out.name = GetString(test, "name");
  out.expr = GetString(test, "expr");
  out.container = GetString(test, "container");
  out.disable_macros = GetBool(test, "disable_macros");
  out.disable_check = GetBool(test, "disable_check");
  out.check_only = GetBool(test, "check_only");
  ReadDeclarations(test, &out);
  if (Has(test, "value")) out.value = &GetMessage(test, "value");
  if (Has(test, "typed_result")) {
    const Message& typed = GetMessage(test, "typed_result");
    if (Has(typed, "result")) out.value = &GetMessage(typed, "result");
    if (Has(typed, "deduced_type")) out.deduced_type = &GetMessage(typed, "deduced_type");
  }
  out.is_error = Has(test, "eval_error") || Has(test, "any_eval_errors");
  return out;
}

}  // namespace

absl::Status Suite::LoadFile(const std::string& path) {
  ASSIGN_OR_RETURN(const auto* type, schema_->FindMessage("cel.expr.conformance.test.SimpleTestFile"));
  std::unique_ptr<Message> file(schema_->Prototype(*type).New());
  if (!google::protobuf::TextFormat::ParseFromString(ReadFile(path), file.get())) {
    return absl::InvalidArgumentError(absl::StrCat("not a test file of the suite: ", path));
  }
  for (const Message* section : GetMessages(*file, "section")) {
    for (const Message* test : GetMessages(*section, "test")) {
      tests_.push_back(ReadTest(*test));
      tests_.back().file = std::filesystem::path(path).stem().string();
      tests_.back().section = GetString(*section, "name");
    }
  }
  files_.push_back(std::move(file));
  return absl::OkStatus();
}

absl::StatusOr<Suite> Suite::Load(const std::string& folder) {
  Suite suite;
  const std::string descriptors = ReadFile(folder + "/descriptors.binpb");
  ASSIGN_OR_RETURN(suite.schema_,
                   Schema::Create({reinterpret_cast<const unsigned char*>(descriptors.data()), descriptors.size()}));
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".textproto") paths.push_back(entry.path().string());
  }
  std::sort(paths.begin(), paths.end());
  for (const std::string& path : paths) RETURN_IF_ERROR(suite.LoadFile(path));
  return suite;
}

const FieldDescriptor& FieldNamed(const Message& message, const char* name) {
  return *message.GetDescriptor()->FindFieldByName(name);
}

bool Has(const Message& message, const char* name) {
  return message.GetReflection()->HasField(message, &FieldNamed(message, name));
}

std::string GetString(const Message& message, const char* name) {
  return message.GetReflection()->GetString(message, &FieldNamed(message, name));
}

bool GetBool(const Message& message, const char* name) {
  return message.GetReflection()->GetBool(message, &FieldNamed(message, name));
}

const Message& GetMessage(const Message& message, const char* name) {
  return message.GetReflection()->GetMessage(message, &FieldNamed(message, name));
}

std::vector<const Message*> GetMessages(const Message& message, const char* name) {
  const FieldDescriptor& field = FieldNamed(message, name);
  std::vector<const Message*> found;
  for (int i = 0; i < message.GetReflection()->FieldSize(message, &field); ++i) {
    found.push_back(&message.GetReflection()->GetRepeatedMessage(message, &field, i));
  }
  return found;
}

std::string KindOf(const Message& message, const char* oneof) {
  const auto* decl = message.GetDescriptor()->FindOneofByName(oneof);
  const FieldDescriptor* field = message.GetReflection()->GetOneofFieldDescriptor(message, decl);
  return field == nullptr ? "" : field->name();
}

}  // namespace assay
