// Reads every text of every thing as what its label says it is. Entry point: CollectUses.
#include "document/uses.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include "absl/strings/match.h"
#include "document/expression_links.h"
#include "document/field_label.h"
#include "rulebook/compiled_rulebook.h"

namespace assay {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

class Collector {
 public:
  explicit Collector(const ThingIndex& things) : things_(things) {}

  Uses Run() {
    for (const Thing& thing : things_.things()) {
      user_ = &thing;
      Walk(*thing.message, nullptr);
    }
    return std::move(uses_);
  }

 private:
  // `label` is that of a map whose entry the message is, else nullptr.
  void Walk(const Message& message, const FieldLabel* label) {
    const Reflection& reflection = *message.GetReflection();
    std::vector<const FieldDescriptor*> fields;
    reflection.ListFields(message, &fields);
    for (const FieldDescriptor* field : fields) {
      const FieldLabel* own = label == nullptr ? FindLabel(*field) : label;
      const int count = field->is_repeated() ? reflection.FieldSize(message, field) : 1;
      for (int i = 0; i < count; ++i) {
        if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
          Walk(field->is_repeated() ? reflection.GetRepeatedMessage(message, field, i)
                                    : reflection.GetMessage(message, field),
               field->is_map() ? own : nullptr);
        } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING && own != nullptr) {
          Read(field->is_repeated() ? reflection.GetRepeatedString(message, field, i)
                                    : reflection.GetString(message, field),
               *own);
        }
      }
    }
  }

  void Read(const std::string& text, const FieldLabel& label) {
    if (label.form == ValueForm::kExpression) {
      for (const ExpressionPart& part : PartsOf(text, things_)) {
        if (part.thing != nullptr) Add(*part.thing);
      }
    } else if (label.form == ValueForm::kReference && absl::EndsWith(text, "*")) {
      AddRules(text);
    } else if (label.form == ValueForm::kReference) {
      for (const Thing* thing : things_.FindAll(label.list, text)) Add(*thing);
    }
  }

  // All rules that the pattern names.
  void AddRules(const std::string& pattern) {
    for (const Thing& thing : things_.things()) {
      if (absl::string_view(thing.section->list) == "rules" && NamesRule(pattern, thing.name)) Add(thing);
    }
  }

  void Add(const Thing& used) {
    std::vector<const Thing*>& users = uses_[&used];
    const bool is_new = &used != user_ && (users.empty() || users.back() != user_);
    if (is_new) users.push_back(user_);
  }

  const ThingIndex& things_;
  const Thing* user_ = nullptr;
  Uses uses_;
};

}  // namespace

Uses CollectUses(const ThingIndex& things) { return Collector(things).Run(); }

}  // namespace assay
