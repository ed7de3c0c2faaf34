// Marks what is reached from the parts that do something: a table that only an unused variable calls is unused too.
// Entry point: CheckUses.
#include "rulebook/check_uses.h"

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "rulebook/mentions.h"

namespace assay {
namespace {

// Something with a name that is there to be used.
struct Definition {
  const char* code;
  const char* noun;
  std::string path;     // of its name
  std::string mention;  // that uses it
  std::string name;
  const google::protobuf::Message* message;  // whose mentions count once it is used; of an output none
  // Reason codes and roles: files of them are imported by several rulebooks, of which none uses all.
  bool is_word = false;
  size_t table = 0;  // of an output: its definition
};

class UseCheck {
 public:
  UseCheck(const LoadedRulebook& loaded, CheckReport* report) : loaded_(loaded), report_(report) {
    const v1::Rulebook& book = loaded.proto;
    Define("parameter-unused", "parameter", "parameters", "parameters.", book.parameters());
    Define("variable-unused", "variable", "variables", ".", book.variables());
    Define("join-unused", "join", "joins", ".", book.joins());
    Define("dataset-unused", "dataset", "datasets", "", book.datasets());
    const size_t first_table = definitions_.size();
    Define("table-unused", "table", "tables", "table.", book.tables());
    Define("scorecard-unused", "scorecard", "scorecards", "scorecard.", book.scorecards());
    for (int i = 0; i < book.tables_size(); ++i) DefineOutputs(i, first_table + static_cast<size_t>(i));
    for (int i = 0; i < book.reason_codes_size(); ++i) {
      const v1::ReasonCode& code = book.reason_codes(i);
      definitions_.push_back({"reason-unused", "reason code", absl::StrCat("reason_codes[", i, "].code"), code.code(),
                              code.code(), &code, true});
    }
    for (int i = 0; i < book.roles_size(); ++i) {
      const v1::Role& role = book.roles(i);
      definitions_.push_back(
          {"role-unused", "role", absl::StrCat("roles[", i, "].name"), role.name(), role.name(), &role, true});
    }
    for (size_t i = 0; i < definitions_.size(); ++i) by_mention_.emplace(definitions_[i].mention, i);
  }

  void Run() {
    // What does something by itself.
    v1::Rulebook acting = loaded_.proto;
    acting.clear_parameters();
    acting.clear_variables();
    acting.clear_joins();
    acting.clear_datasets();
    acting.clear_tables();
    acting.clear_scorecards();
    acting.clear_reason_codes();
    acting.clear_roles();
    acting.clear_tests();
    acting.clear_overrides();
    Use(acting);
    while (!reached_.empty()) {
      const Definition& definition = definitions_[reached_.back()];
      reached_.pop_back();
      if (definition.message != nullptr) Use(*definition.message);
    }
    for (size_t i = 0; i < definitions_.size(); ++i) {
      const Definition& definition = definitions_[i];
      // Of a table that is told its outputs are not.
      const bool is_told = definition.message == nullptr && !used_.contains(definition.table);
      if (used_.contains(i) || is_told) continue;
      Issue issue =
          loaded_.sources.MakeIssue(Severity::kNote, definition.path,
                                    absl::StrCat("nothing uses this ", definition.noun, ": '", definition.name, "'"));
      if (definition.is_word && IsImported(issue)) continue;
      report_->Add(definition.code, std::move(issue));
    }
  }

 private:
  template <typename Things>
  void Define(const char* code, const char* noun, const char* list, const char* prefix, const Things& things) {
    for (int i = 0; i < things.size(); ++i) {
      const std::string& name = things[i].name();
      definitions_.push_back(
          {code, noun, absl::StrCat(list, "[", i, "].name"), absl::StrCat(prefix, name), name, &things[i]});
    }
  }

  bool IsImported(const Issue& issue) const {
    const auto& files = loaded_.sources.files();
    return !files.empty() && issue.file != files[0]->name();
  }

  // Of one output the table's use is the output's.
  void DefineOutputs(int table, size_t definition) {
    const v1::Table& proto = loaded_.proto.tables(table);
    for (int i = 0; i < proto.outputs_size() && proto.outputs_size() > 1; ++i) {
      const std::string& name = proto.outputs(i).name();
      definitions_.push_back({"output-unused", "output", absl::StrCat("tables[", table, "].outputs[", i, "].name"),
                              absl::StrCat(".", name), name, nullptr, false, definition});
    }
  }

  // What the message mentions is used.
  void Use(const google::protobuf::Message& message) {
    for (const std::string& mention : MentionsOf(message, loaded_.limits)) Use(mention);
    if (message.GetDescriptor() != v1::Join::descriptor()) return;
    // A key names variables of the rows as it names fields, without the row.
    for (const std::string& part : static_cast<const v1::Join&>(message).key()) Use(absl::StrCat(".", part));
  }

  void Use(const std::string& mention) {
    const auto [first, last] = by_mention_.equal_range(mention);
    for (auto it = first; it != last; ++it) {
      if (used_.insert(it->second).second) reached_.push_back(it->second);
    }
  }

  const LoadedRulebook& loaded_;
  CheckReport* report_;
  std::vector<Definition> definitions_;
  std::multimap<std::string, size_t> by_mention_;
  std::set<size_t> used_;
  std::vector<size_t> reached_;  // used, their own mentions not yet looked at
};

}  // namespace

void CheckUses(const LoadedRulebook& loaded, CheckReport* report) { UseCheck(loaded, report).Run(); }

}  // namespace assay
