// Reads CEL's conformance suite, textprotos of cel.expr.conformance.test.SimpleTestFile, by the suite's own
// descriptors. Entry points: Suite::Load, SuiteTest. A suite owns the schema and all messages that its tests point to.
#ifndef ASSAY_TESTS_CONFORMANCE_CEL_SUITE_H_
#define ASSAY_TESTS_CONFORMANCE_CEL_SUITE_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "schema/schema.h"

namespace assay {

struct SuiteTest {
  std::string file;  // without its ending
  std::string section;
  std::string name;
  std::string expr;
  std::string container;
  bool disable_macros = false;
  bool disable_check = false;
  bool check_only = false;
  std::map<std::string, const google::protobuf::Message*> types;      // cel.expr.Type of each variable
  std::map<std::string, const google::protobuf::Message*> functions;  // cel.expr.Decl.FunctionDecl
  std::map<std::string, const google::protobuf::Message*> bindings;   // cel.expr.Value
  // At most one of these; where there is none the result is to be true.
  const google::protobuf::Message* value = nullptr;         // cel.expr.Value
  const google::protobuf::Message* deduced_type = nullptr;  // cel.expr.Type, with or without a value
  bool is_error = false;

  std::string id() const { return file + "/" + section + "/" + name; }
};

class Suite {
 public:
  // From a folder with the textprotos and descriptors.binpb.
  static absl::StatusOr<Suite> Load(const std::string& folder);

  const std::vector<SuiteTest>& tests() const { return tests_; }
  const std::shared_ptr<const Schema>& schema() const { return schema_; }

 private:
  absl::Status LoadFile(const std::string& path);

  std::shared_ptr<const Schema> schema_;
  std::vector<std::unique_ptr<google::protobuf::Message>> files_;
  std::vector<SuiteTest> tests_;
};

// Reading by names: the suite's messages have no generated classes.
const google::protobuf::FieldDescriptor& FieldNamed(const google::protobuf::Message& message, const char* name);
bool Has(const google::protobuf::Message& message, const char* name);
std::string GetString(const google::protobuf::Message& message, const char* name);
bool GetBool(const google::protobuf::Message& message, const char* name);
const google::protobuf::Message& GetMessage(const google::protobuf::Message& message, const char* name);
std::vector<const google::protobuf::Message*> GetMessages(const google::protobuf::Message& message, const char* name);
// The name of the member of the message's oneof that is set; "" if none is.
std::string KindOf(const google::protobuf::Message& message, const char* oneof);

}  // namespace assay

#endif  // ASSAY_TESTS_CONFORMANCE_CEL_SUITE_H_
