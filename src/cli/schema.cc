// `assay schema`: the JSON Schema of rulebooks, for editors. Entry point: SchemaCommand.
#include <iostream>

#include "cli/command.h"
#include "document/json_schema.h"

namespace assay {

int SchemaCommand(const std::vector<std::string>& words) {
  if (!words.empty()) return Fail(2, "usage: assay schema > FILE");
  const absl::StatusOr<std::string> schema = RulebookJsonSchema();
  if (!schema.ok()) return Fail(1, std::string(schema.status().message()));
  std::cout << *schema;
  return 0;
}

}  // namespace assay
