// Columns, cells and results of one table. Entry point: TableCompiler::Compile. Cells of one column with one text are
// compiled once, so that a large table costs what its different cells do.
#include "rulebook/table_compiler.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/civil.h"
#include "lang/token.h"
#include "rulebook/parameters.h"
#include "rulebook/table_cells.h"

namespace assay {
namespace {

// By v1::Aggregation: over the list `_` of answers; nullptr where the list itself is the result.
constexpr const char* kAggregates[] = {nullptr, nullptr, "sum(_)", "min(_)", "max(_)", "size(_)"};

}  // namespace

TableCompiler::TableCompiler(const TableSource& source, int as_of, const SourceMap& sources, Names* names,
                             IssueList* issues)
    : source_(source), proto_(*source.proto), as_of_(as_of), sources_(sources), names_(names), issues_(issues) {}

void TableCompiler::Error(const std::string& where, std::string message) {
  issues_->Add(sources_.MakeIssue(Severity::kError, where, std::move(message)));
}

bool TableCompiler::Compile() {
  table_->name = source_.name;
  table_->function = source_.function;
  if (!CheckPolicy() || !DeclareInputs() || !DeclareOutputs()) return false;
  if (!CompileRows() || !CompileDefault()) return false;
  AddDates();
  for (CellColumn& column : table_->cells.columns) column.Cut();
  FillOutputs();
  if (!OrderRows() || !AddAnswer() || !AddAggregate()) return false;
  table_->Index();
  return true;
}

bool TableCompiler::CheckPolicy() {
  const int policy = proto_.hit_policy();
  // A binary rulebook may hold any number.
  if (!v1::HitPolicy_IsValid(policy) || !v1::Aggregation_IsValid(proto_.aggregation())) {
    Error(source_.path(), absl::StrCat("no hit policy or aggregation of this version: '", proto_.name(), "'"));
    return false;
  }
  table_->policy = policy == v1::HIT_POLICY_UNSPECIFIED ? HitPolicy::kUnique : static_cast<HitPolicy>(policy - 1);
  const bool aggregates = proto_.aggregation() != v1::AGGREGATION_UNSPECIFIED;
  if (aggregates && table_->policy != HitPolicy::kCollect) {
    Error(source_.path() + ".aggregation", "only hit policy COLLECT has an aggregation");
    return false;
  }
  if (proto_.outputs().empty()) Error(source_.path(), absl::StrCat("a table needs outputs: '", proto_.name(), "'"));
  return !proto_.outputs().empty();
}

const Type* TableCompiler::ColumnType(const v1::TableColumn& column, const std::string& where) {
  const Type* type = ParseTypeName(column.type(), column.has_decimal() ? &column.decimal() : nullptr, &names_->types);
  if (type == nullptr) {
    const google::protobuf::EnumDescriptor* enum_type = names_->inputs.schema->FindEnum(column.type());
    if (enum_type != nullptr) return names_->types.Enum(enum_type);
    Error(absl::StrCat(where, ".type"), absl::StrCat("not a type: '", column.type(), "'"));
  }
  return type;
}

bool TableCompiler::DeclareInputs() {
  env_ = names_->inputs.env;
  env_.variables.clear();
  for (const auto& [name, variable] : names_->inputs.env.variables) {
    if (absl::StartsWith(name, "parameters.")) env_.variables[name] = variable;
  }
  table_->first_variable = static_cast<int>(names_->inputs.variables.size());
  for (int i = 0; i < proto_.inputs_size(); ++i) {
    const std::string where = source_.InputPath(i);
    const std::string& name = proto_.inputs(i).name();
    const Type* type = ColumnType(proto_.inputs(i), where);
    if (type == nullptr) return false;
    if (!IsPlainFieldName(name) || name == "_" || env_.variables.contains(name)) {
      Error(absl::StrCat(where, ".name"), absl::StrCat("an input needs a name of its own, as 'level': '", name, "'"));
      return false;
    }
    env_.variables[name] = {type, static_cast<int>(names_->inputs.variables.size())};
    names_->inputs.variables.push_back({VariableMeaning::Kind::kArgument, i, nullptr});
    table_->inputs.push_back({name, type});
    table_->cells.columns.emplace_back(DomainOf(*type));
  }
  for (const TableInput& input : table_->inputs) {
    input_envs_.push_back(env_);
    input_envs_.back().variables["_"] = env_.variables.at(input.name);
  }
  cells_by_text_.resize(table_->inputs.size());
  return true;
}

bool TableCompiler::DeclareOutputs() {
  std::set<std::string> names;
  for (int i = 0; i < proto_.outputs_size(); ++i) {
    const std::string where = absl::StrCat(source_.path(), ".outputs[", i, "]");
    const Type* type = ColumnType(proto_.outputs(i), where);
    if (type == nullptr) return false;
    // Without rows a table is a function, which may give lists.
    if (type->is(TypeKind::kList) && !proto_.rows().empty()) {
      Error(absl::StrCat(where, ".type"), "an output is a single value; for several, COLLECT rows");
      return false;
    }
    const std::string& name = proto_.outputs(i).name();
    if (!IsPlainFieldName(name) || !names.insert(name).second) {
      Error(absl::StrCat(where, ".name"), absl::StrCat("an output needs a name of its own, as 'cap': '", name, "'"));
      return false;
    }
    outputs_.emplace_back().type = type;
  }
  return true;
}

bool TableCompiler::CompileRows() {
  bool is_good = true;
  table_->is_dated = source_.is_dated();
  if (table_->is_dated && as_of_ < 0) {
    Error(source_.path() + ".rows", "rows are dated: the rulebook needs 'as_of', the day that picks them");
    return false;
  }
  if (table_->is_dated) {
    const Type* date = names_->types.Simple(TypeKind::kDate);
    names_->inputs.variables.push_back({VariableMeaning::Kind::kArgument, proto_.inputs_size(), nullptr});
    table_->inputs.push_back({"as_of", date});
    table_->cells.columns.emplace_back(DomainOf(*date));
  }
  table_->cells.cells.assign(static_cast<size_t>(proto_.rows_size()) * table_->cells.columns.size(), Cell());
  for (int row = 0; row < proto_.rows_size(); ++row) is_good = CompileRow(row) && is_good;
  return is_good;
}

bool TableCompiler::CompileRow(int row) {
  const v1::TableRow& proto = proto_.rows(row);
  const int columns = proto_.inputs_size() + proto_.outputs_size();
  if (proto.cells_size() != columns) {
    Error(source_.RowPath(row), absl::StrCat("a row has ", columns, " cells, this one has ", proto.cells_size()));
    return false;
  }
  bool is_good = true;
  for (int i = 0; i < proto_.inputs_size(); ++i) is_good = CompileInput(row, i) && is_good;
  for (int i = proto_.inputs_size(); i < columns; ++i) {
    is_good = CompileOutput(proto.cells(i), row, i - proto_.inputs_size()) && is_good;
  }
  if (!proto.id().empty()) {
    table_->row_ids.resize(static_cast<size_t>(proto_.rows_size()));
    table_->row_ids[static_cast<size_t>(row)] = proto.id();
  }
  return is_good;
}

bool TableCompiler::CompileInput(int row, int column) {
  const std::string& text = proto_.rows(row).cells(column);
  const auto at = static_cast<size_t>(column);
  Cell& cell = table_->cells.cells[static_cast<size_t>(row) * table_->cells.columns.size() + at];
  const auto known = cells_by_text_[at].find(text);
  if (known != cells_by_text_[at].end()) {
    cell = known->second;
    return true;
  }
  const CellSite site = {source_.CellPath(row, column), &text, source_.LeadOf(column)};
  const TableInput& input = table_->inputs[at];
  std::optional<Ast> test = CompileTest(site, input.type, input_envs_[at], *names_, sources_, issues_);
  if (!test.has_value()) return false;
  CellColumn& values = table_->cells.columns[at];
  if (test->root != nullptr) {
    std::optional<ValueSet> set;
    if (values.domain().has_value()) {
      set = AdmittedValues(*values.domain(), *test->root, table_->first_variable + column);
    }
    if (set.has_value()) {
      cell = {Cell::Kind::kSet, values.AddSet(*std::move(set))};
    } else {
      cell = {Cell::Kind::kPredicate, static_cast<int32_t>(table_->cells.predicates.size())};
      names_->asts.push_back(*std::move(test));
      table_->cells.predicates.push_back(&names_->asts.back());
    }
  }
  cells_by_text_[at].emplace(text, cell);
  return true;
}

bool TableCompiler::CompileOutput(const std::string& text, int row, int column) {
  Output& output = outputs_[static_cast<size_t>(column)];
  const auto [known, is_new] = output.by_text.try_emplace(text, static_cast<int32_t>(output.answers.size()));
  output.rows.push_back(known->second);
  if (!is_new) return true;
  const int cell = proto_.inputs_size() + column;
  const CellSite site = {source_.CellPath(row, cell), &text, source_.LeadOf(cell)};
  std::optional<Ast> ast = CompileAnswer(site, output.type, env_, *names_, sources_, issues_);
  Answer& answer = output.answers.emplace_back();
  answer.type = output.type;
  if (!ast.has_value()) return false;
  answer.type = ast->root->type;
  if (ast->root->kind == ExprKind::kConstant) {
    answer.constant = std::move(ast->root->constant);
  } else {
    names_->asts.push_back(*std::move(ast));
    answer.expression = &names_->asts.back();
  }
  return CheckSize(answer, *output.type, site.path);
}

// A decimal must fit its column as it is.
bool TableCompiler::CheckSize(const Answer& answer, const Type& declared, const std::string& where) {
  if (!declared.is(TypeKind::kDecimal)) return true;
  const DecimalSize size = answer.type->decimal;
  const DecimalSize most = declared.decimal;
  if (size.scale <= most.scale && (size.whole() <= most.whole() || answer.expression != nullptr)) return true;
  Error(where, absl::StrCat("this has up to ", size.whole(), " digits before the point and ", size.scale,
                            " behind it, its column ", most.whole(), " and ", most.scale, ": round it"));
  return false;
}

bool TableCompiler::CompileDefault() {
  table_->has_default = proto_.has_default_();
  if (!table_->has_default) return true;
  if (proto_.aggregation() == v1::AGGREGATION_COUNT) {
    Error(source_.RowPath(proto_.rows_size()), "COUNT gives 0 where no row fits: it takes no default");
    return false;
  }
  if (proto_.default_().cells_size() != proto_.outputs_size()) {
    Error(source_.RowPath(proto_.rows_size()),
          absl::StrCat("the default row has a cell for each output, ", proto_.outputs_size(), ", this one has ",
                       proto_.default_().cells_size()));
    return false;
  }
  bool is_good = true;
  for (int i = 0; i < proto_.outputs_size(); ++i) {
    is_good = CompileOutput(proto_.default_().cells(i), proto_.rows_size(), i) && is_good;
    if (!is_good && source_.kind == TableSource::Kind::kScore) break;  // the grade would say it again
  }
  return is_good;
}

ValueSet TableCompiler::Days(const v1::Effective& effective, const std::string& path) {
  const Domain& domain = *table_->cells.columns.back().domain();
  const int32_t from = ReadDay(effective.from(), path + ".from", kMinDay, sources_, issues_);
  const int32_t to = ReadDay(effective.to(), path + ".to", kMaxDay, sources_, issues_);
  return ValueSet::From(domain, {effective.from().empty() ? domain.first : from, ""})
      .Intersection(domain,
                    effective.to().empty() ? ValueSet::All(domain) : ValueSet::Before(domain, {int128{to} + 1, ""}));
}

// A row counts on its own days that are also days of its version.
void TableCompiler::AddDates() {
  if (!table_->is_dated) return;
  CellColumn& days = table_->cells.columns.back();
  std::vector<ValueSet> of_parts;
  for (const TableSource::Part& part : source_.parts) {
    of_parts.push_back(Days(*part.effective, part.path + ".effective"));
  }
  for (int row = 0; row < proto_.rows_size(); ++row) {
    const TableSource::Part& part = source_.PartOf(row);
    const v1::Effective& effective = proto_.rows(row).effective();
    const bool is_always = effective.from().empty() && effective.to().empty();
    const bool is_version = !part.effective->from().empty() || !part.effective->to().empty();
    if (is_always && !is_version) continue;
    const ValueSet& of_part = of_parts[static_cast<size_t>(&part - source_.parts.data())];
    const int32_t set = days.AddSet(
        is_always ? of_part
                  : Days(effective, source_.RowPath(row) + ".effective").Intersection(*days.domain(), of_part));
    table_->cells.cells[static_cast<size_t>(row + 1) * table_->cells.columns.size() - 1] = {Cell::Kind::kSet, set};
  }
}

// Of decimals the column is as wide as its cells need.
void TableCompiler::FillOutputs() {
  for (int i = 0; i < proto_.outputs_size(); ++i) {
    const Output& output = outputs_[static_cast<size_t>(i)];
    const Type* type = output.type->is(TypeKind::kList) ? output.answers[0].type : output.type;
    if (type->is(TypeKind::kDecimal) && !output.answers.empty()) {
      type = output.answers[0].type;
      for (const Answer& answer : output.answers) type = names_->types.Join(type, answer.type);
    }
    const size_t rows = static_cast<size_t>(proto_.rows_size()) + 1;
    OutputColumn column(proto_.outputs(i).name(), type, Graph::PhysicalOf(*type), rows);
    for (size_t row = 0; row < output.rows.size(); ++row) {
      const Answer& answer = output.answers[static_cast<size_t>(output.rows[row])];
      if (answer.expression == nullptr) {
        column.SetConstant(row, answer.constant);
      } else {
        column.SetExpression(row, answer.expression);
      }
    }
    table_->outputs.push_back(std::move(column));
  }
}

// What a row gives: its one output, or a row with a field for each.
bool TableCompiler::AddAnswer() {
  answer_type_ = &table_->outputs[0].type();
  if (table_->outputs.size() == 1) return true;
  RowType* row = names_->types.NewRow(source_.function, nullptr);
  table_->answer = row;
  table_->first_output = static_cast<int>(names_->inputs.virtuals.size());
  for (size_t i = 0; i < table_->outputs.size(); ++i) {
    const OutputColumn& output = table_->outputs[i];
    VirtualMeaning meaning;
    meaning.kind = VirtualMeaning::Kind::kTableOutput;
    meaning.name = output.name();
    meaning.type = &output.type();
    meaning.stage = static_cast<int>(i);
    row->virtual_fields[output.name()] = {output.name(), &output.type(),
                                          static_cast<int>(names_->inputs.virtuals.size())};
    names_->inputs.virtuals.push_back(std::move(meaning));
  }
  answer_type_ = names_->types.Row(row);
  return true;
}

bool TableCompiler::AddAggregate() {
  const char* text = kAggregates[proto_.aggregation()];
  const bool is_list = table_->gives_list();
  const Type* list = is_list ? names_->types.List(answer_type_) : nullptr;
  table_->needs_hit =
      !is_list || proto_.aggregation() == v1::AGGREGATION_MIN || proto_.aggregation() == v1::AGGREGATION_MAX;
  if (text == nullptr) {
    AddFunction(is_list ? list : answer_type_);
    return true;
  }
  if (table_->outputs.size() != 1 && proto_.aggregation() != v1::AGGREGATION_COUNT) {
    Error(source_.path() + ".aggregation", "an aggregation is over one output");
    return false;
  }
  table_->aggregate_variable = static_cast<int>(names_->inputs.variables.size());
  names_->inputs.variables.push_back({});
  Environment env = env_;
  env.variables = {{"_", {list, table_->aggregate_variable}}};
  const std::string expression = text;
  table_->aggregate =
      CompileExpression({source_.path() + ".aggregation", &expression, nullptr}, env, sources_, names_, issues_);
  if (table_->aggregate == nullptr) return false;
  AddFunction(table_->aggregate->root->type);
  return true;
}

void TableCompiler::AddFunction(const Type* result) {
  HostFunction function;
  function.result = result;
  function.index = static_cast<int>(names_->inputs.tables.size());
  for (int i = 0; i < proto_.inputs_size(); ++i) function.args.push_back(table_->inputs[static_cast<size_t>(i)].type);
  if (table_->is_dated) function.implied.push_back({names_->types.Simple(TypeKind::kDate), as_of_});
  names_->inputs.tables.push_back(table_);
  names_->inputs.env.host_functions[source_.function] = std::move(function);
}

}  // namespace assay
