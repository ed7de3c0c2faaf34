// Walks both rulebooks by their descriptor and pairs the things of lists by what names them. Entry point:
// ChangesBetween.
#include "rulebook/changes.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "google/protobuf/util/message_differencer.h"
#include "rulebook/fingerprint.h"

namespace assay {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// A part of a rulebook and its path there.
struct Part {
  const Message* message;
  std::string path;
};

// Elements of a list by what names them, and the names in the list's order.
struct Named {
  std::map<std::string, Part> parts;
  std::vector<std::string> names;
};

std::string StringField(const Message& message, const char* name) {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(name);
  const bool is_text =
      field != nullptr && field->cpp_type() == FieldDescriptor::CPPTYPE_STRING && !field->is_repeated();
  return is_text ? message.GetReflection()->GetString(message, field) : "";
}

std::string NameOf(const Message& message) {
  for (const char* field : {"id", "name", "code", "path", "grade", "predicate"}) {
    std::string name = StringField(message, field);
    if (!name.empty()) return name;
  }
  return "";
}

std::string CellsText(const v1::TableRow& row) {
  std::string text = absl::StrJoin(row.cells(), " | ");
  if (row.has_effective()) absl::StrAppend(&text, " [", row.effective().from(), "..", row.effective().to(), "]");
  return text;
}

std::string WholeText(const Message& message) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  return absl::StrJoin(fields, ", ", [&message](std::string* out, const FieldDescriptor* field) {
    absl::StrAppend(out, field->name(), ": ", CanonicalField(message, field));
  });
}

std::string TextOf(const Message& message) {
  const bool is_row = message.GetDescriptor() == v1::TableRow::descriptor();
  return is_row ? CellsText(static_cast<const v1::TableRow&>(message)) : WholeText(message);
}

std::string FieldText(const Message& message, const FieldDescriptor* field) {
  if (field->is_repeated()) {
    const bool is_empty = message.GetReflection()->FieldSize(message, field) == 0;
    return is_empty ? "" : CanonicalField(message, field);
  }
  if (field->has_presence() && !message.GetReflection()->HasField(message, field)) return "";
  if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) return message.GetReflection()->GetString(message, field);
  if (field->cpp_type() != FieldDescriptor::CPPTYPE_ENUM) return CanonicalField(message, field);
  const int number = message.GetReflection()->GetEnumValue(message, field);
  const std::string quoted = number == 0 ? "" : CanonicalField(message, field);
  return quoted.empty() ? "" : quoted.substr(1, quoted.size() - 2);
}

class Comparison {
 public:
  Comparison(const SourceMap& before, const SourceMap& after) : before_(before), after_(after) {}

  void Compare(const Part& before, const Part& after, const std::string& label) {
    const google::protobuf::Descriptor& type = *after.message->GetDescriptor();
    for (int i = 0; i < type.field_count(); ++i) {
      const FieldDescriptor* field = type.field(i);
      const bool is_whole =
          label.empty() && (field->name() == "tests" || field->name() == "imports" || field->name() == "overrides");
      if (!is_whole) CompareField(field, before, after, label);
    }
  }

  std::vector<v1::RulebookChange> changes;

 private:
  static std::string Under(const std::string& path, const std::string& name) {
    return path.empty() ? name : absl::StrCat(path, ".", name);
  }

  void CompareField(const FieldDescriptor* field, const Part& before, const Part& after, const std::string& label) {
    const std::string name = Under(label, field->name());
    const bool is_message = field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && !field->is_map();
    if (is_message && field->is_repeated()) return CompareList(field, before, after, name);
    const auto has = [field](const Part& part) {
      return part.message->GetReflection()->HasField(*part.message, field);
    };
    if (is_message && has(before) && has(after)) {
      const auto below = [field](const Part& part) {
        return Part{&part.message->GetReflection()->GetMessage(*part.message, field), Under(part.path, field->name())};
      };
      return Compare(below(before), below(after), name);
    }
    Add(name, FieldText(*before.message, field), FieldText(*after.message, field), Under(before.path, field->name()),
        Under(after.path, field->name()));
  }

  // Two of one name (versions, names of two levels) are told apart by their sequence. A row without an id has the name
  // of its tests; what has no name at all is itself.
  static Named NamedOf(const FieldDescriptor* list, const Part& owner) {
    const Message& message = *owner.message;
    Named named;
    std::map<std::string, int> counts;
    for (int i = 0; i < message.GetReflection()->FieldSize(message, list); ++i) {
      const Message& element = message.GetReflection()->GetRepeatedMessage(message, list, i);
      std::string name = NameOf(element);
      if (name.empty())
        name = element.GetDescriptor() == v1::TableRow::descriptor() ? TestsOf(message, element) : TextOf(element);
      const int count = ++counts[name];
      if (count > 1) absl::StrAppend(&name, "#", count);
      named.names.push_back(name);
      named.parts[name] = {&element, absl::StrCat(Under(owner.path, list->name()), "[", i, "]")};
    }
    return named;
  }

  static std::string TestsOf(const Message& table, const Message& element) {
    const auto& row = static_cast<const v1::TableRow&>(element);
    const bool is_table = table.GetDescriptor() == v1::Table::descriptor();
    const int tests = is_table ? static_cast<const v1::Table&>(table).inputs_size() : row.cells_size();
    return absl::StrJoin(row.cells().begin(), row.cells().begin() + std::min(tests, row.cells_size()), " | ");
  }

  // What a person calls it: its name, or its number from 1 where that is no name but its content.
  static std::string LabelOf(const Part& part, const std::string& name) {
    const std::string own = NameOf(*part.message);
    if (!own.empty() && own.find_first_of(" \n") == std::string::npos) return name;
    const size_t open = part.path.rfind('[');
    return absl::StrCat(std::stoi(part.path.substr(open + 1)) + 1);
  }

  void CompareList(const FieldDescriptor* list, const Part& before, const Part& after, const std::string& label) {
    const Named old_parts = NamedOf(list, before);
    const Named new_parts = NamedOf(list, after);
    std::vector<std::string> kept;
    for (const std::string& name : new_parts.names) {
      const Part& part = new_parts.parts.at(name);
      const auto old = old_parts.parts.find(name);
      const std::string below = absl::StrCat(label, ".", LabelOf(part, name));
      if (old == old_parts.parts.end()) {
        Add(below, "", TextOf(*part.message), "", part.path);
        continue;
      }
      kept.push_back(name);
      if (list->message_type() == v1::TableRow::descriptor()) {
        Add(below, TextOf(*old->second.message), TextOf(*part.message), old->second.path, part.path);
      } else if (!google::protobuf::util::MessageDifferencer::Equals(*old->second.message, *part.message)) {
        Compare(old->second, part, below);
      }
    }
    std::vector<std::string> order;
    for (const std::string& name : old_parts.names) {
      if (new_parts.parts.contains(name)) {
        order.push_back(name);
        continue;
      }
      const Part& part = old_parts.parts.at(name);
      Add(absl::StrCat(label, ".", LabelOf(part, name)), TextOf(*part.message), "", part.path, "");
    }
    if (order != kept) AddOrder(old_parts, new_parts, order, kept, Under(before.path, list->name()), label);
  }

  void AddOrder(const Named& old_parts, const Named& new_parts, const std::vector<std::string>& order,
                const std::vector<std::string>& kept, const std::string& path, const std::string& label) {
    const auto text = [](const Named& named, const std::vector<std::string>& names) {
      return absl::StrJoin(names, ", ", [&named](std::string* out, const std::string& name) {
        absl::StrAppend(out, LabelOf(named.parts.at(name), name));
      });
    };
    // Both in the numbers of the old, so that what moved can be seen.
    Add(absl::StrCat(label, " (order)"), text(old_parts, order), text(old_parts, kept), path,
        new_parts.parts.at(kept[0]).path);
  }

  void Add(const std::string& label, std::string before, std::string after, const std::string& old_path,
           const std::string& new_path) {
    if (before == after) return;
    v1::RulebookChange& change = changes.emplace_back();
    change.set_path(label);
    change.set_before(std::move(before));
    change.set_after(std::move(after));
    change.set_place(new_path.empty() ? before_.PlaceOf(old_path) : after_.PlaceOf(new_path));
  }

  const SourceMap& before_;
  const SourceMap& after_;
};

}  // namespace

std::vector<v1::RulebookChange> ChangesBetween(const PlacedRulebook& before, const PlacedRulebook& after) {
  Comparison comparison(*before.sources, *after.sources);
  comparison.Compare({before.proto, ""}, {after.proto, ""}, "");
  return std::move(comparison.changes);
}

}  // namespace assay
