// Links datasets, levels, parameters, joins, ledgers and variables, in this order.
// Entry point: LinkNames.
#include "rulebook/names.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "rulebook/calendars.h"
#include "rulebook/definition_circles.h"
#include "rulebook/joins.h"
#include "rulebook/levels.h"
#include "rulebook/parameters.h"
#include "rulebook/tables.h"

namespace assay {
namespace {

constexpr char kNoLevel[] =
    "a level is a repeated field of the input or of a level before it, as order.lines, or a dataset: '";

using google::protobuf::FieldDescriptor;

class Linker {
 public:
  Linker(const LoadedRulebook& loaded, std::shared_ptr<const Schema> schema, IssueList* issues)
      : loaded_(loaded), book_(loaded.proto), issues_(issues), names_(std::make_unique<Names>()) {
    names_->functions = std::make_unique<FunctionTable>(&names_->types);
    names_->inputs.schema = std::move(schema);
    Environment& env = names_->inputs.env;
    env.types = &names_->types;
    env.functions = names_->functions.get();
    env.schema = names_->inputs.schema.get();
    env.time_zone = book_.time_zone();
    env.calendars = &names_->calendars;
    env.limits = loaded.limits;
  }

  std::unique_ptr<Names> Link() {
    if (!LinkInput()) return nullptr;
    LinkDatasets();
    LinkLevels();
    LinkRunInputs();
    LinkCalendars(loaded_, &names_->calendars, issues_);
    for (int i = 0; i < book_.parameters_size(); ++i) LinkParameter(i);
    for (int i = 0; i < book_.joins_size(); ++i) DeclareJoin(i);
    CheckDatasetLevels();
    for (int i = 0; i < book_.ledgers_size(); ++i) DeclareLedger(i);
    DeclareAsOf();
    LinkTables(loaded_, as_of_, names_.get(), issues_);
    LinkVariables();
    LinkAsOf();
    LinkJoins(loaded_, join_ids_, names_.get(), issues_);
    CheckJoinCircles(loaded_, join_ids_, *names_, issues_);
    for (RowType* level : names_->levels) names_->inputs.levels.push_back(level);
    return issues_->has_errors() ? nullptr : std::move(names_);
  }

 private:
  void Error(const std::string& path, std::string message) {
    issues_->Add(loaded_.sources.MakeIssue(Severity::kError, path, std::move(message)));
  }

  bool Refuse(const std::string& path, std::string message) {
    Error(path, std::move(message));
    return false;
  }

  bool LinkInput() {
    if (book_.input().type().empty()) return false;  // told by CheckRequirements
    absl::StatusOr<const google::protobuf::Descriptor*> message =
        names_->inputs.schema->FindMessage(book_.input().type());
    if (!message.ok()) return Refuse("input.type", std::string(message.status().message()));
    names_->inputs.input = *message;
    AddLevel(book_.input().name(), *message);
    return !issues_->has_errors();
  }

  RowType* AddLevel(const std::string& name, const google::protobuf::Descriptor* message) {
    RowType* row = names_->types.NewRow(name, message);
    AddVariable(name, names_->types.Row(row),
                {VariableMeaning::Kind::kLevelRow, static_cast<int>(names_->levels.size()), nullptr});
    names_->levels.push_back(row);
    return row;
  }

  void AddVariable(const std::string& name, const Type* type, VariableMeaning meaning) {
    names_->inputs.env.variables[name] = {type, static_cast<int>(names_->inputs.variables.size())};
    names_->inputs.variables.push_back(meaning);
  }

  // A level that is wrong is there with no rows of its own, so that numbers of levels are those of the rulebook.
  void LinkLevels() {
    for (int i = 0; i < book_.levels_size(); ++i) {
      if (LinkLevel(i)) continue;
      AddVariable(book_.levels(i).name(), names_->types.Simple(TypeKind::kError),
                  {VariableMeaning::Kind::kInput, 0, nullptr});
      names_->levels.push_back(names_->types.NewRow(book_.levels(i).name(), names_->inputs.input));
    }
  }

  bool LinkLevel(int i) {
    const v1::Level& level = book_.levels(i);
    const std::string path = absl::StrCat("levels[", i, "].of");
    const std::vector<std::string> parts = absl::StrSplit(level.of(), '.');
    if (parts.size() == 1) return LinkDatasetLevel(i);
    RowType* parent = nullptr;
    for (RowType* row : names_->levels) {
      if (row->name == parts[0]) parent = row;
    }
    if (parent == nullptr || parts.size() != 2) return Refuse(path, absl::StrCat(kNoLevel, level.of(), "'"));
    absl::StatusOr<const FieldDescriptor*> field = names_->inputs.schema->FindField(*parent->message, parts[1]);
    if (!field.ok()) return Refuse(path, std::string(field.status().message()));
    if (!(*field)->is_repeated() || (*field)->is_map() || (*field)->message_type() == nullptr) {
      return Refuse(path, absl::StrCat("a level is a repeated message field, this is not: '", level.of(), "'"));
    }
    if (names_->inputs.env.variables.contains(level.name()) || parent->levels.contains(*field)) return NamedTwice(i);
    parent->levels[*field] = AddLevel(level.name(), (*field)->message_type());
    return true;
  }

  // The rows of a dataset: joins and variables may stand at each of them.
  bool LinkDatasetLevel(int i) {
    const v1::Level& level = book_.levels(i);
    const int dataset = DatasetNamed(names_->inputs, level.of());
    if (dataset < 0) return Refuse(absl::StrCat("levels[", i, "].of"), absl::StrCat(kNoLevel, level.of(), "'"));
    const google::protobuf::Descriptor* message = names_->inputs.datasets[dataset].message;
    const bool is_level = names_->datasets[dataset] != names_->types.Message(message);
    if (is_level || names_->inputs.env.variables.contains(level.name())) return NamedTwice(i);
    names_->datasets[dataset] = AddLevel(level.name(), message);
    return true;
  }

  bool NamedTwice(int i) {
    return Refuse(absl::StrCat("levels[", i, "]"),
                  absl::StrCat("this level is named twice: '", book_.levels(i).name(), "'"));
  }

  void LinkRunInputs() {
    const Type* types[] = {names_->types.Simple(TypeKind::kTimestamp), names_->types.Simple(TypeKind::kString)};
    names_->inputs.run_inputs.assign(std::begin(types), std::end(types));
    AddVariable("now", types[0], {VariableMeaning::Kind::kInput, 0, nullptr});
    AddVariable("checkpoint", types[1], {VariableMeaning::Kind::kInput, 1, nullptr});
  }

  void LinkParameter(int i) {
    const v1::Parameter& parameter = book_.parameters(i);
    const Ast* ast =
        CompileParameter(parameter, absl::StrCat("parameters[", i, "]"), loaded_.sources, names_.get(), issues_);
    if (ast == nullptr) return;
    const std::string name = absl::StrCat("parameters.", parameter.name());
    if (names_->inputs.env.variables.contains(name)) {
      Error(absl::StrCat("parameters[", i, "]"),
            absl::StrCat("this parameter is named twice: '", parameter.name(), "'"));
    }
    AddVariable(name, ast->root->type, {VariableMeaning::Kind::kExpression, 0, ast});
  }

  void LinkDatasets() {
    for (int i = 0; i < book_.datasets_size(); ++i) {
      const v1::Dataset& dataset = book_.datasets(i);
      absl::StatusOr<const google::protobuf::Descriptor*> message = names_->inputs.schema->FindMessage(dataset.type());
      if (!message.ok()) {
        Error(absl::StrCat("datasets[", i, "].type"), std::string(message.status().message()));
        message = names_->inputs.input;
      }
      names_->datasets.push_back(names_->types.Message(*message));
      names_->inputs.datasets.push_back({dataset.name(), *message});
    }
    // batch.NAME: the input's rows of this very run.
    names_->datasets.push_back(names_->levels[0]);
    names_->inputs.datasets.push_back({absl::StrCat("batch.", book_.input().name()), names_->inputs.input});
  }

  int AddVirtual(RowType* row, const std::string& name, const Type* type, VirtualMeaning meaning,
                 const std::string& path) {
    const int id = static_cast<int>(names_->inputs.virtuals.size());
    const bool clash = row->virtual_fields.contains(name) ||
                       (row->message != nullptr && row->message->FindFieldByName(name) != nullptr);
    if (clash) Error(path, absl::StrCat(row->name, " already has a field of this name: '", name, "'"));
    meaning.name = name;
    meaning.type = type;
    names_->inputs.virtuals.push_back(std::move(meaning));
    row->virtual_fields[name] = {name, type, id};
    return id;
  }

  void DeclareJoin(int i) {
    const v1::Join& join = book_.joins(i);
    const std::string path = absl::StrCat("joins[", i, "]");
    const int level = FindLevel(book_, loaded_.sources, join.each(), absl::StrCat(path, ".each"), issues_);
    VirtualMeaning meaning;
    meaning.kind = VirtualMeaning::Kind::kJoin;
    meaning.join.dataset =
        FindDataset(names_->inputs, loaded_.sources, join.dataset(), absl::StrCat(path, ".dataset"), issues_);
    if (level < 0 || meaning.join.dataset < 0) return;
    meaning.join.row = names_->datasets[meaning.join.dataset];
    meaning.join.many = join.many();
    const Type* row = names_->types.Row(meaning.join.row);
    join_ids_[i] = AddVirtual(names_->levels[level], join.name(), join.many() ? names_->types.List(row) : row,
                              std::move(meaning), path);
  }

  // What is computed of a dataset's rows is read by joins alone.
  void CheckDatasetLevels() {
    for (int i = 0; i < book_.levels_size(); ++i) {
      const int dataset = DatasetNamed(names_->inputs, book_.levels(i).of());
      const bool is_read = std::any_of(join_ids_.begin(), join_ids_.end(), [&](const std::pair<const int, int>& join) {
        return names_->inputs.virtuals[join.second].join.dataset == dataset;
      });
      if (dataset < 0 || is_read) continue;
      Error(absl::StrCat("levels[", i, "].of"),
            absl::StrCat("no join reads this dataset: '", book_.levels(i).of(), "'"));
    }
  }

  void DeclareLedger(int i) {
    const v1::Ledger& ledger = book_.ledgers(i);
    const std::string path = absl::StrCat("ledgers[", i, "]");
    names_->ledgers.push_back({});
    const int level = FindLevel(book_, loaded_.sources, ledger.each(), absl::StrCat(path, ".each"), issues_);
    if (level < 0) return;
    DecimalSize size = {18, 6};
    if (ledger.has_decimal())
      size = {static_cast<int>(ledger.decimal().precision()), static_cast<int>(ledger.decimal().scale())};
    RowType* results = names_->types.NewRow(absl::StrCat(ledger.name(), " (ledger)"), nullptr);
    VirtualMeaning result;
    result.kind = VirtualMeaning::Kind::kResult;
    result.stage = i + 1;
    const Type* amount = names_->types.Decimal(size);
    Names::LedgerFields& fields = names_->ledgers.back();
    fields.requested = AddVirtual(results, "requested", amount, result, path);
    fields.granted = AddVirtual(results, "granted", amount, result, path);
    fields.backordered = AddVirtual(results, "backordered", amount, result, path);
    fields.short_by = AddVirtual(results, "short", amount, result, path);
    fields.available = AddVirtual(results, "available", amount, result, path);
    fields.date = AddVirtual(results, "date", names_->types.Simple(TypeKind::kDate), result, path);
    VirtualMeaning row;
    row.kind = VirtualMeaning::Kind::kLedger;
    row.stage = i + 1;
    AddVirtual(names_->levels[level], ledger.name(), names_->types.Row(results), row, path);
  }

  // The day of `as_of`, for dated tables; it may read variables that call such tables, not in a circle.
  void DeclareAsOf() {
    if (book_.as_of().empty()) return;
    VirtualMeaning meaning;
    meaning.name = "as_of";
    meaning.type = names_->types.Simple(TypeKind::kDate);
    as_of_ = static_cast<int>(names_->inputs.variables.size());
    names_->inputs.variables.push_back(
        {VariableMeaning::Kind::kVirtual, static_cast<int>(names_->inputs.virtuals.size()), nullptr});
    names_->inputs.virtuals.push_back(std::move(meaning));
  }

  void LinkAsOf() {
    const Ast* ast = Expression("as_of", book_.as_of(), names_->inputs.env, nullptr);
    if (ast != nullptr && !ast->root->type->is(TypeKind::kDate)) {
      ast = Expression("as_of", absl::StrCat("date(", book_.as_of(), ")"), names_->inputs.env,
                       names_->types.Simple(TypeKind::kDate));
    }
    if (ast != nullptr) names_->inputs.virtuals[names_->inputs.variables[as_of_].index].ast = ast;
  }

  // Variables may use each other in any order: those whose names are all known are checked first, until none is left
  // or none can be.
  void LinkVariables() {
    std::set<int> open;
    for (int i = 0; i < book_.variables_size(); ++i) open.insert(i);
    bool progress = true;
    while (progress && !open.empty()) {
      progress = false;
      for (auto it = open.begin(); it != open.end();) {
        IssueList scratch;
        const bool linked = LinkVariable(*it, &scratch);
        progress = progress || linked;
        it = linked ? open.erase(it) : std::next(it);
      }
    }
    ReportUnlinked(open);
  }

  // What waits for variables that are wrong themselves is not told.
  void ReportUnlinked(const std::set<int>& open) {
    const Uses uses = UsesOfVariables(book_, open, loaded_.limits);
    const std::vector<int> circle = FirstCircle(uses);
    if (!circle.empty()) {
      const std::string members =
          absl::StrJoin(circle, " -> ", [this](std::string* out, int i) { out->append(book_.variables(i).name()); });
      Error(absl::StrCat("variables[", circle[0], "].expression"),
            absl::StrCat("these variables are defined by each other: ", members));
    }
    for (int i : open) {
      if (uses.at(i).empty()) LinkVariable(i, issues_);
    }
  }

  bool LinkVariable(int i, IssueList* issues) {
    const v1::Variable& variable = book_.variables(i);
    const std::string path = absl::StrCat("variables[", i, "]");
    const int level = FindLevel(loaded_.proto, loaded_.sources, variable.each(), absl::StrCat(path, ".each"), issues);
    if (level < 0) return false;
    const ExpressionSite site = {absl::StrCat(path, ".expression"), &variable.expression(), nullptr};
    const Ast* ast = CompileExpression(site, names_->inputs.env, loaded_.sources, names_.get(), issues);
    if (ast == nullptr) return false;
    VirtualMeaning meaning;
    meaning.kind = VirtualMeaning::Kind::kExpression;
    meaning.ast = ast;
    meaning.unmasked = variable.unmasked();
    const int id = AddVirtual(names_->levels[level], variable.name(), ast->root->type, meaning, path);
    if (level == 0) {
      AddVariable(absl::StrCat("variables.", variable.name()), ast->root->type,
                  {VariableMeaning::Kind::kVirtual, id, nullptr});
    }
    return true;
  }

  const Ast* Expression(const std::string& path, const std::string& text, const Environment& env,
                        const Type* expected) {
    return text.empty() ? nullptr
                        : CompileExpression({path, &text, expected}, env, loaded_.sources, names_.get(), issues_);
  }

  const LoadedRulebook& loaded_;
  const v1::Rulebook& book_;
  IssueList* issues_;
  std::unique_ptr<Names> names_;
  std::map<int, int> join_ids_;  // join -> virtual field
  int as_of_ = -1;               // variable
};

}  // namespace

std::unique_ptr<Names> LinkNames(const LoadedRulebook& loaded, std::shared_ptr<const Schema> schema,
                                 IssueList* issues) {
  return Linker(loaded, std::move(schema), issues).Link();
}

}  // namespace assay
