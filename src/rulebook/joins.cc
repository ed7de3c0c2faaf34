// Keys, days, order, windows and conditions of joins. Entry point: LinkJoins. Whether joins need each other in a circle
// is asked elsewhere.
#include "rulebook/joins.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "rulebook/levels.h"

namespace assay {
namespace {

using google::protobuf::FieldDescriptor;

class JoinLinker {
 public:
  JoinLinker(const LoadedRulebook& loaded, int join, int virtual_field, Names* names, IssueList* issues)
      : loaded_(loaded),
        book_(loaded.proto),
        join_(book_.joins(join)),
        path_(absl::StrCat("joins[", join, "]")),
        virtual_field_(virtual_field),
        names_(names),
        issues_(issues),
        meaning_(names->inputs.virtuals[virtual_field].join) {}

  void Link() {
    LinkKey();
    if (join_.on_size() != static_cast<int>(meaning_.key.size())) {
      return Error(".on", absl::StrCat("the key has ", meaning_.key.size(), " fields, not ", join_.on_size()));
    }
    for (int k = 0; k < join_.on_size(); ++k) {
      const Ast* on = Expression(absl::StrCat(".on[", k, "]"), join_.on(k), TypeOf(meaning_.key[k]));
      if (on != nullptr) meaning_.on.push_back(on);
    }
    LinkDay();
    for (const std::string& field : join_.order_by()) {
      const FieldDescriptor* found = FindField(field, ".order_by");
      if (found != nullptr) meaning_.order_by.push_back(found);
    }
    LinkCondition();
    if (join_.has_within()) LinkWindow();
    if (!join_.last().empty() && !join_.many())
      Error(".last", "only a list has last rows: 'last' goes with many: true");
    meaning_.last = Expression(".last", join_.last(), Simple(TypeKind::kInt));
    names_->inputs.virtuals[virtual_field_].join = std::move(meaning_);
  }

 private:
  void Error(absl::string_view place, std::string message) {
    issues_->Add(loaded_.sources.MakeIssue(Severity::kError, absl::StrCat(path_, place), std::move(message)));
  }

  const Type* Simple(TypeKind kind) { return names_->types.Simple(kind); }

  const Ast* Expression(absl::string_view place, const std::string& text, const Type* expected) {
    return text.empty() ? nullptr
                        : CompileExpression({absl::StrCat(path_, place), &text, expected}, names_->inputs.env,
                                            loaded_.sources, names_, issues_);
  }

  bool IsOfBatch() const { return meaning_.dataset == static_cast<int>(names_->inputs.datasets.size()) - 1; }

  const FieldDescriptor* FindField(const std::string& name, absl::string_view place) {
    if (name.empty()) return nullptr;
    absl::StatusOr<const FieldDescriptor*> field = names_->inputs.schema->FindField(*meaning_.row->message, name);
    if (field.ok()) return *field;
    Error(place, std::string(field.status().message()));
    return nullptr;
  }

  void LinkKey() {
    const bool is_own = IsOfBatch() || join_.key_size() > 0;
    const auto& names = is_own ? join_.key() : book_.datasets(meaning_.dataset).key();
    for (const std::string& name : names) {
      const auto computed = meaning_.row->virtual_fields.find(name);
      if (!is_own || computed == meaning_.row->virtual_fields.end()) {
        const FieldDescriptor* field = FindField(name, is_own ? ".key" : ".dataset");
        if (field != nullptr) meaning_.key.push_back({field, -1});
      } else if (IsKey(*computed->second.type) && IsVariable(computed->second.id)) {
        meaning_.key.push_back({nullptr, computed->second.id});
      } else {
        Error(".key",
              absl::StrCat("a key is a field, or a variable that is a bool, an int, a uint, a string, a date, a "
                           "timestamp or an enum: '",
                           name, "'"));
      }
    }
  }

  bool IsVariable(int id) const {
    return names_->inputs.virtuals[static_cast<size_t>(id)].kind == VirtualMeaning::Kind::kExpression;
  }

  static bool IsKey(const Type& type) {
    constexpr TypeKind kKinds[] = {TypeKind::kBool,   TypeKind::kInt,  TypeKind::kUint,
                                   TypeKind::kString, TypeKind::kDate, TypeKind::kTimestamp};
    return std::any_of(std::begin(kKinds), std::end(kKinds), [&](TypeKind kind) { return type.is(kind); });
  }

  const Type* TypeOf(const JoinKeyPart& part) const {
    return part.field != nullptr ? FieldType(names_->inputs.env, *meaning_.row, part.field)
                                 : names_->inputs.virtuals[static_cast<size_t>(part.virtual_field)].type;
  }

  void LinkDay() {
    meaning_.at = Expression(".at", join_.at(), Simple(TypeKind::kDate));
    if (IsOfBatch() || book_.datasets(meaning_.dataset).valid_size() != 2) return;
    meaning_.valid_from = FindField(book_.datasets(meaning_.dataset).valid(0), "");
    meaning_.valid_to = FindField(book_.datasets(meaning_.dataset).valid(1), "");
    if (meaning_.at == nullptr && !join_.many()) {
      Error("", absl::StrCat("dataset '", join_.dataset(), "' is dated: state the day with at:"));
    }
  }

  void LinkCondition() {
    if (join_.when().empty()) return;
    Environment env = names_->inputs.env;
    meaning_.when_variable = static_cast<int>(names_->inputs.variables.size());
    env.variables["_"] = {names_->types.Row(meaning_.row), meaning_.when_variable};
    names_->inputs.variables.push_back({});
    const ExpressionSite site = {path_ + ".when", &join_.when(), Simple(TypeKind::kBool)};
    meaning_.when = CompileExpression(site, env, loaded_.sources, names_, issues_);
  }

  // The window is of this row's own time and id, so both rows are of one message.
  void LinkWindow() {
    const int level = FindLevel(book_, loaded_.sources, join_.each(), path_ + ".each", issues_);
    if (level < 0) return;
    if (names_->levels[level]->message != meaning_.row->message) {
      return Error(".within", absl::StrCat("rows lie before rows of their own message, these are of others: '",
                                           meaning_.row->message->full_name(), "'"));
    }
    meaning_.within = FieldOf(TypeKind::kTimestamp, join_.within().field(), "a timestamp");
    meaning_.within_id = FieldOf(TypeKind::kString, "id", "a string");
    meaning_.within_hours = Expression(".within.hours", join_.within().hours(), Simple(TypeKind::kInt));
  }

  const FieldDescriptor* FieldOf(TypeKind kind, const std::string& name, absl::string_view meant) {
    const FieldDescriptor* field = FindField(name, ".within.field");
    if (field == nullptr || FieldType(names_->inputs.env, *meaning_.row, field)->is(kind)) return field;
    Error(".within.field",
          absl::StrCat("rows lie before rows by a timestamp and a string 'id'; not ", meant, ": '", name, "'"));
    return nullptr;
  }

  const LoadedRulebook& loaded_;
  const v1::Rulebook& book_;
  const v1::Join& join_;
  const std::string path_;
  const int virtual_field_;
  Names* const names_;
  IssueList* const issues_;
  JoinMeaning meaning_;
};

}  // namespace

void LinkJoins(const LoadedRulebook& loaded, const std::map<int, int>& virtual_fields, Names* names,
               IssueList* issues) {
  for (const auto& [join, id] : virtual_fields) JoinLinker(loaded, join, id, names, issues).Link();
}

}  // namespace assay
