// Builds the files of a FileDescriptorSet, imports first. Entry point: BuildDescriptors.
// Only files that protobuf 3.21 understands fully are let through: editions change defaults that the decoder relies on.
#include "schema/descriptor_set.h"

#include <limits>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "google/protobuf/any.pb.h"
#include "google/protobuf/descriptor.pb.h"
#include "google/protobuf/duration.pb.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/protobuf/wrappers.pb.h"

namespace assay {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::FileDescriptor;
using google::protobuf::FileDescriptorProto;
using google::protobuf::FileDescriptorSet;

// Keeps the first error protobuf reports for a file.
class FirstError : public DescriptorPool::ErrorCollector {
 public:
  void AddError(const std::string& /*filename*/, const std::string& element, const google::protobuf::Message*,
                ErrorLocation, const std::string& message) override {
    if (text_.empty()) text_ = absl::StrCat(element, ": ", message);
  }

  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

class FileBuilder {
 public:
  FileBuilder(const FileDescriptorSet& set, DescriptorPool* pool) : set_(set), pool_(pool) {}

  absl::StatusOr<std::vector<const FileDescriptor*>> BuildAll() {
    for (const FileDescriptorProto& file : set_.file()) {
      if (!files_.try_emplace(file.name(), &file).second) {
        return absl::InvalidArgumentError(absl::StrCat("the descriptor set has two files named '", file.name(), "'"));
      }
    }
    std::vector<const FileDescriptor*> built;
    for (const FileDescriptorProto& file : set_.file()) {
      RETURN_IF_ERROR(Build(file));
      built.push_back(pool_->FindFileByName(file.name()));
    }
    return built;
  }

 private:
  enum class State : uint8_t { kNew, kImporting, kBuilt };

  absl::Status Build(const FileDescriptorProto& file) {
    if (states_[file.name()] == State::kBuilt) return absl::OkStatus();
    if (states_[file.name()] == State::kImporting) {
      return absl::InvalidArgumentError(
          absl::StrCat("proto files import one another in a circle: '", file.name(), "'"));
    }
    RETURN_IF_ERROR(CheckSyntax(file));
    states_[file.name()] = State::kImporting;
    for (const std::string& import : file.dependency()) {
      const auto found = files_.find(import);
      if (found == files_.end()) {
        return absl::InvalidArgumentError(
            absl::StrCat("'", file.name(),
                         "' imports a file that is not in the descriptor set (write the set with protoc "
                         "--include_imports): '",
                         import, "'"));
      }
      RETURN_IF_ERROR(Build(*found->second));
    }
    FirstError error;
    if (pool_->BuildFileCollectingErrors(file, &error) == nullptr) {
      return absl::InvalidArgumentError(absl::StrCat("'", file.name(), "' is not valid: ", error.text()));
    }
    states_[file.name()] = State::kBuilt;
    return absl::OkStatus();
  }

  static absl::Status CheckSyntax(const FileDescriptorProto& file) {
    if (file.syntax().empty() || file.syntax() == "proto2" || file.syntax() == "proto3") return absl::OkStatus();
    if (file.syntax() == "editions") {
      return absl::InvalidArgumentError(
          absl::StrCat("editions are not supported (declare syntax = \"proto3\" or \"proto2\"): '", file.name(), "'"));
    }
    return absl::InvalidArgumentError(absl::StrCat("'", file.name(), "' has an unknown syntax: '", file.syntax(), "'"));
  }

  const FileDescriptorSet& set_;
  DescriptorPool* pool_;
  absl::flat_hash_map<std::string, const FileDescriptorProto*> files_;
  absl::flat_hash_map<std::string, State> states_;
};

// The files of the messages that CEL knows everywhere, where the set has none of that name or type. They import
// nothing.
void AddKnownFiles(DescriptorPool* pool) {
  for (const google::protobuf::Descriptor* message :
       {google::protobuf::Any::descriptor(), google::protobuf::Duration::descriptor(),
        google::protobuf::Struct::descriptor(), google::protobuf::Timestamp::descriptor(),
        google::protobuf::BoolValue::descriptor()}) {
    const bool known = pool->FindFileByName(message->file()->name()) != nullptr ||
                       pool->FindMessageTypeByName(message->full_name()) != nullptr;
    if (known) continue;
    FileDescriptorProto file;
    message->file()->CopyTo(&file);
    FirstError ignored;
    pool->BuildFileCollectingErrors(file, &ignored);
  }
}

}  // namespace

absl::StatusOr<std::vector<const FileDescriptor*>> BuildDescriptors(absl::Span<const unsigned char> file_descriptor_set,
                                                                    DescriptorPool* pool) {
  FileDescriptorSet set;
  if (file_descriptor_set.size() > std::numeric_limits<int>::max() ||
      !set.ParsePartialFromArray(file_descriptor_set.data(), static_cast<int>(file_descriptor_set.size()))) {
    return absl::InvalidArgumentError("the bytes are not a google.protobuf.FileDescriptorSet");
  }
  if (set.file().empty()) return absl::InvalidArgumentError("the descriptor set has no files");
  ASSIGN_OR_RETURN(std::vector<const FileDescriptor*> files, FileBuilder(set, pool).BuildAll());
  AddKnownFiles(pool);
  return files;
}

}  // namespace assay
