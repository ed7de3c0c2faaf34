// docs/rulebook.md: its examples are rulebooks, and it names every key there is.
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "assay/v1/rulebook.pb.h"
#include "rulebook/enum_names.h"
#include "rulebook/loader.h"

namespace assay {
namespace {

std::string Page() {
  std::ifstream file(ASSAY_SOURCE_DIR "/docs/rulebook.md", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<std::string> Examples(const std::string& page) {
  const std::string begin = "\n```yaml\n", end = "\n```\n";
  std::vector<std::string> examples;
  for (size_t at = page.find(begin); at != std::string::npos; at = page.find(begin, at)) {
    at += begin.size();
    examples.push_back(page.substr(at, page.find(end, at) + 1 - at));
  }
  return examples;
}

// Names of all fields, and of all enum values, below a message.
void AddNames(const google::protobuf::Descriptor& type, std::set<std::string>* names) {
  for (int i = 0; i < type.field_count(); ++i) {
    const google::protobuf::FieldDescriptor& field = *type.field(i);
    if (!type.options().map_entry()) names->insert(field.name());
    if (field.enum_type() != nullptr) {
      for (absl::string_view name : ShortNames(*field.enum_type())) names->insert(std::string(name));
    }
    if (field.message_type() != nullptr) AddNames(*field.message_type(), names);
  }
}

TEST(ReferencePageTest, HasExamplesThatLoad) {
  const std::vector<std::string> examples = Examples(Page());
  EXPECT_GE(examples.size(), 12u);
  for (const std::string& example : examples) {
    IssueList issues;
    EXPECT_TRUE(LoadRulebookText("example", example, &issues).has_value()) << Format(issues);
  }
}

TEST(ReferencePageTest, NamesEveryKeyAndEveryEnumValue) {
  const std::string page = Page();
  std::set<std::string> names;
  AddNames(*v1::Rulebook::descriptor(), &names);
  EXPECT_GE(names.size(), 100u);
  for (const std::string& name : names) EXPECT_TRUE(absl::StrContains(page, absl::StrCat("`", name, "`"))) << name;
}

}  // namespace
}  // namespace assay
