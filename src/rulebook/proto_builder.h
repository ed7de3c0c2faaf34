// Fills a protobuf message from a YAML tree, driven by the message's descriptor alone.
// Entry points: BuildMessage, JsonFormOf. A pure function over its arguments; it knows no rulebook and checks no
// meaning: names, expressions and ids are texts to it.
#ifndef ASSAY_RULEBOOK_PROTO_BUILDER_H_
#define ASSAY_RULEBOOK_PROTO_BUILDER_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include "base/issue.h"
#include "base/source.h"
#include "rulebook/yaml_node.h"

namespace assay {

// What a string field that holds JSON takes beside its text: kMapping for one object, kSequence for a list of them, in
// the text a line each. kScalar for all other fields.
YamlNode::Kind JsonFormOf(const google::protobuf::FieldDescriptor& field);

// Adds the members of `node` to `message`, all errors to `issues`, each with its path and its place in `source`.
//
// A mapping fills a message or a map field, a list a repeated field. A string field takes the text of any scalar, also
// of 2026.11 or true; null is "". bool is true or false, uint32 a decimal number, both not quoted; an enum is a short
// name. A null list, mapping or message is one not given. int, double and bytes fields are not supported:
// rulebook.proto has none.
void BuildMessage(const YamlNode& node, const SourceText& source, google::protobuf::Message* message,
                  IssueList* issues);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_PROTO_BUILDER_H_
