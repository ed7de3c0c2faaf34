// Parses .proto text with protobuf's own compiler. Entry points: DescriptorSetOf, TortureSchema.
#include "tests/ingest/proto_source.h"

#include <cstdlib>
#include <iostream>
#include <set>

#include "absl/types/span.h"
#include "google/protobuf/any.pb.h"
#include "google/protobuf/compiler/importer.h"
#include "google/protobuf/descriptor.pb.h"
#include "google/protobuf/descriptor_database.h"
#include "google/protobuf/duration.pb.h"
#include "google/protobuf/field_mask.pb.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/protobuf/wrappers.pb.h"

namespace assay {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::FileDescriptor;
using google::protobuf::FileDescriptorSet;

class PrintErrors : public google::protobuf::compiler::MultiFileErrorCollector {
 public:
  void AddError(const std::string& filename, int line, int column, const std::string& message) override {
    std::cerr << filename << ":" << line + 1 << ":" << column + 1 << ": " << message << "\n";
  }
};

void AddWithImports(const FileDescriptor* file, std::set<const FileDescriptor*>* added, FileDescriptorSet* set) {
  if (!added->insert(file).second) return;
  for (int i = 0; i < file->dependency_count(); ++i) AddWithImports(file->dependency(i), added, set);
  file->CopyTo(set->add_file());
}

// The generated files must be linked for the pool to know them.
void LinkWellKnownTypes() {
  google::protobuf::Timestamp::descriptor();
  google::protobuf::Duration::descriptor();
  google::protobuf::Int32Value::descriptor();
  google::protobuf::Struct::descriptor();
  google::protobuf::Any::descriptor();
  google::protobuf::FieldMask::descriptor();
}

}  // namespace

std::string DescriptorSetOf(const std::vector<std::string>& files) {
  LinkWellKnownTypes();
  google::protobuf::compiler::DiskSourceTree tree;
  tree.MapPath("", std::string(ASSAY_SOURCE_DIR) + "/tests/ingest/protos");
  tree.MapPath("", std::string(ASSAY_SOURCE_DIR) + "/proto");
  google::protobuf::compiler::SourceTreeDescriptorDatabase sources(&tree);
  PrintErrors errors;
  sources.RecordErrorsTo(&errors);
  google::protobuf::DescriptorPoolDatabase generated(*DescriptorPool::generated_pool());
  google::protobuf::MergedDescriptorDatabase both(&generated, &sources);
  DescriptorPool pool(&both, sources.GetValidationErrorCollector());
  FileDescriptorSet set;
  std::set<const FileDescriptor*> added;
  for (const std::string& name : files) {
    const FileDescriptor* file = pool.FindFileByName(name);
    if (file == nullptr) std::abort();
    AddWithImports(file, &added, &set);
  }
  return set.SerializeAsString();
}

std::shared_ptr<const Schema> TortureSchema() {
  const std::string set = DescriptorSetOf({"torture3.proto", "torture2.proto"});
  auto schema = Schema::Create(absl::MakeConstSpan(reinterpret_cast<const unsigned char*>(set.data()), set.size()));
  if (!schema.ok()) {
    std::cerr << schema.status() << "\n";
    std::abort();
  }
  return *schema;
}

}  // namespace assay
