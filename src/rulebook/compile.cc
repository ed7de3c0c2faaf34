// Plans every expression of a linked rulebook into one program. Entry point:
// CompileRulebook.
#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "base/civil.h"
#include "calendar/zone.h"
#include "plan/cost.h"
#include "plan/values_read.h"
#include "rulebook/compiler.h"
#include "rulebook/condition_tests.h"
#include "rulebook/field_types.h"
#include "rulebook/fingerprint.h"
#include "rulebook/levels.h"
#include "rulebook/requirements.h"

namespace assay {

namespace {

// The author's own words on one line.
std::string TextOf(const Ast& ast, const Expr& part) {
  const size_t size = static_cast<size_t>(part.range.end - part.range.begin);
  std::string text = ast.text.substr(static_cast<size_t>(part.range.begin), size);
  absl::RemoveExtraAsciiWhitespace(&text);
  return text;
}

}  // namespace

std::shared_ptr<const CompiledRulebook> Compiler::Compile() {
  CheckRequirements(loaded_, issues_);
  schema_ = TypeFields(loaded_, std::move(schema_), issues_);
  if (schema_ == nullptr) return nullptr;
  std::unique_ptr<Names> names = LinkNames(loaded_, schema_, issues_);
  if (names == nullptr) return nullptr;
  book_->names = std::move(names);
  book_->schema = schema_;
  book_->fingerprint = Fingerprint(loaded_.proto);
  // Swapped, not copied: the trees refer to nothing in it, rules do.
  book_->proto.Swap(&loaded_.proto);
  planner_ = std::make_unique<Planner>(&book_->names->inputs);
  for (size_t level = 0; level < book_->names->levels.size(); ++level) {
    book_->level_ids.push_back(planner_->BatchLevel(static_cast<int>(level)));
  }
  book_->row_names.resize(book_->level_ids.size());
  PlanVariables();
  CompileCodes();
  CheckScorecardReasons();
  for (int i = 0; i < book_->proto.ledgers_size(); ++i) CompileLedger(i);
  for (int i = 0; i < book_->proto.rules_size(); ++i) CompileRule(i);
  IndexRules();
  for (int i = 0; i < book_->proto.applicability_size(); ++i) CompileApplicability(i);
  if (book_->proto.has_review()) CompileReview();
  if (book_->proto.has_evaluation()) CompileEvaluation();
  book_->as_of = Value("as_of", book_->proto.as_of(), 0, nullptr);
  for (int i = 0; i < book_->proto.outputs_size(); ++i) CompileOutput(i);
  if (book_->proto.evaluation().has_board()) CompileBoard();
  CompileZone();
  if (loaded_.compiles_tests) CompileTests();
  if (issues_->has_errors()) return nullptr;
  Finish();
  return issues_->has_errors() ? nullptr : book_;
}

void Compiler::CompileZone() {
  const std::string& name = book_->proto.time_zone();
  if (name.empty()) return;  // UTC
  absl::StatusOr<Zone> zone = Zone::Load(name);
  if (!zone.ok()) return Error("time_zone", std::string(zone.status().message()), "");
  book_->zone = *std::move(zone);
}

void Compiler::CompileTests() {
  for (int i = 0; i < book_->proto.tests_size(); ++i) {
    const v1::TestCase& test = book_->proto.tests(i);
    std::vector<PlannedValue>& values = book_->test_values.emplace_back();
    for (int j = 0; j < test.values_size(); ++j) {
      const std::string path = absl::StrCat("tests[", i, "].values[", j, "].expression");
      values.push_back(Value(path, test.values(j).expression(), 0, nullptr));
      const NodeId node = values.back().node;
      if (node == kNoNode || planner_->graph().node(node).stage == 0) continue;
      Error(path, "a test's value is of the row, before anything is drawn; expect findings instead", "");
    }
  }
}

void Compiler::Error(const std::string& path, std::string message, std::string suggestion) {
  Issue issue = loaded_.sources.MakeIssue(Severity::kError, path, std::move(message));
  issue.suggestion = std::move(suggestion);
  issues_->Add(std::move(issue));
}

int Compiler::Level(const std::string& name, const std::string& path) {
  const int level = FindLevel(book_->proto, loaded_.sources, name, path, issues_);
  if (level <= 0 || planner_->graph().level(planner_->BatchLevel(level)).source == kBatchSource) return level;
  Error(path, absl::StrCat("rows of a dataset are not judged: '", name, "'"), "");
  return -1;
}

// Each variable and join is planned on its own level first, so that what cannot be a column is said at its place.
void Compiler::PlanVariables() {
  const PlanInputs& inputs = book_->names->inputs;
  for (int i = 0; i < book_->proto.variables_size(); ++i) {
    const v1::Variable& variable = book_->proto.variables(i);
    const int level = FindLevel(book_->proto, loaded_.sources, variable.each(), "", issues_);
    const RowType& row = *book_->names->levels[level];
    const Ast* ast = inputs.virtuals[row.virtual_fields.at(variable.name()).id].ast;
    IssueList own;
    const std::string path = absl::StrCat("variables[", i, "].expression");
    planner_->Plan(*ast, level, &own);
    MoveIssues(own, path, ast->text, 0, loaded_.sources, issues_);
    if (!own.has_errors()) CompileVariable(path, variable, *ast, level);
  }
}

// The nodes are those of the rules that read it, and nothing computes what is read here alone until somebody asks why.
void Compiler::CompileVariable(const std::string& path, const v1::Variable& proto, const Ast& ast, int level) {
  const bool is_judged = planner_->graph().level(planner_->BatchLevel(level)).source == kBatchSource;
  if (!IsSingleValue(*ast.root->type) || (level > 0 && !is_judged)) return;
  const v1::Rulebook& book = book_->proto;
  const std::string& row = level == 0 ? book.input().name() : book.levels(level - 1).name();
  book_->variables.push_back({absl::StrCat(row, ".", proto.name()), TextOf(ast, *ast.root), level,
                              Planned(path, ast, *ast.root, level), Reads(path, ast, *ast.root, level)});
}

PlannedReads Compiler::Reads(const std::string& path, const Ast& ast, const Expr& part, int level) {
  PlannedReads reads;
  for (const Expr* read : ReadsOf(part)) {
    // A value and what it is converted to are one to the reader.
    std::string text = TextOf(ast, *read);
    const bool is_told = std::any_of(reads.begin(), reads.end(), [&](const auto& told) { return told.first == text; });
    if (!is_told) reads.emplace_back(std::move(text), Planned(path, ast, *read, level));
  }
  return reads;
}

void Compiler::CompileCodes() {
  for (int i = 0; i < book_->proto.reason_codes_size(); ++i) {
    const v1::ReasonCode& code = book_->proto.reason_codes(i);
    book_->reasons[code.code()] = &code;
  }
  for (const v1::Role& role : book_->proto.roles()) book_->roles[role.name()] = &role;
  for (int i = 0; i < book_->proto.roles_size(); ++i) {
    const v1::Role& role = book_->proto.roles(i);
    if (!role.reports_to().empty()) KnownRole(role.reports_to(), absl::StrCat("roles[", i, "].reports_to"));
  }
  for (int i = 0; i < book_->proto.reason_codes_size(); ++i) {
    const v1::ReasonCode& code = book_->proto.reason_codes(i);
    if (!code.route().empty()) KnownRole(code.route(), absl::StrCat("reason_codes[", i, "].route"));
  }
}

// A column on the level; nothing for an empty text.
PlannedValue Compiler::Value(const std::string& path, const std::string& text, int level, const Type* expected) {
  if (text.empty()) return {};
  const Ast* ast = CompileExpression({path, &text, expected}, book_->names->inputs.env, loaded_.sources,
                                     book_->names.get(), issues_);
  return ast == nullptr ? PlannedValue{} : PlannedWhole(path, *ast, level);
}

// A part costs no more than the whole, so this alone is checked.
PlannedValue Compiler::PlannedWhole(const std::string& path, const Ast& ast, int level) {
  PlannedValue value = Planned(path, ast, *ast.root, level);
  std::string refusal = value.exists() ? CostRefusal(planner_->graph().program(), {value.node}) : "";
  if (!refusal.empty()) Error(path, std::move(refusal), "");
  return value;
}

PlannedValue Compiler::Planned(const std::string& path, const Ast& ast, const Expr& part, int level) {
  PlannedValue value;
  IssueList own;
  std::optional<NodeId> node = planner_->PlanColumnOf(ast, part, level, &own);
  MoveIssues(own, path, ast.text, 0, loaded_.sources, issues_);
  if (node.has_value()) value.node = *node;
  value.type = part.type;
  value.sensitive = ReadsSensitive(part, *schema_, book_->names->inputs);
  return value;
}

PlannedValue Compiler::BoolValue(const std::string& path, const std::string& text, int level) {
  return Value(path, text, level, Simple(TypeKind::kBool));
}

void Compiler::CompileRule(int i) {
  const v1::Rule& proto = book_->proto.rules(i);
  const std::string path = absl::StrCat("rules[", i, "]");
  CompiledRule rule;
  rule.proto = &proto;
  rule.level = Level(proto.each(), path + ".each");
  if (rule.level < 0) return;
  if (proto.condition().empty()) Error(path, absl::StrCat("a rule needs a condition: '", proto.id(), "'"), "");
  rule.when = CompileCondition(path + ".when", proto.when(), &rule);
  rule.condition = CompileCondition(path + ".condition", proto.condition(), &rule);
  rule.outcome_by = OutcomeBy(path + ".outcome_by", proto, rule.level);
  rule.reason_by = ReasonBy(path + ".reason_by", proto, rule.level);
  rule.expected = Value(path + ".expected", proto.expected(), rule.level, nullptr);
  rule.actual = Value(path + ".actual", proto.actual(), rule.level, nullptr);
  rule.cut = Value(path + ".cut", proto.cut(), rule.level, book_->names->types.Decimal({kMaxDecimalDigits, 6}));
  CompileDifference(proto, path, &rule);
  for (const auto& [name, text_of] : std::map<std::string, std::string>(proto.values().begin(), proto.values().end())) {
    rule.values.emplace_back(name,
                             Value(absl::StrCat(path, ".values", MapKeyPath(name)), text_of, rule.level, nullptr));
  }
  if (proto.has_task()) CompileTask(proto.task(), path + ".task", proto.title(), &rule);
  CheckWords(proto, path);
  rule.stage = std::max({StageOf(rule.when), StageOf(rule.condition), StageOf(rule.outcome_by)});
  rule.effective_from = Day(proto.effective().from(), path + ".effective.from", kMinDay);
  rule.effective_to = Day(proto.effective().to(), path + ".effective.to", kMaxDay);
  book_->rules.push_back(std::move(rule));
}

// A rule with a `when` that cannot be had is not judged, whatever its condition says: such rules keep their columns.
void Compiler::IndexRules() {
  if (issues_->has_errors()) return;
  std::vector<IndexCandidate> candidates;
  for (size_t i = 0; i < book_->rules.size(); ++i) {
    const CompiledRule& rule = book_->rules[i];
    if (rule.stage == 0 && !rule.when.exists() && rule.proto->mode() != v1::MODE_OFF) {
      candidates.push_back({static_cast<int>(i), rule.level, &rule.proto->condition()});
    }
  }
  book_->rule_indexes = BuildRuleIndexes(candidates, loaded_.sources, book_->names.get(), planner_.get());
  for (const RuleIndex& index : book_->rule_indexes) {
    for (int rule : index.rules) book_->rules[static_cast<size_t>(rule)].is_indexed = true;
  }
}

// The column of a condition, and of its tests: these share the condition's nodes, and nothing computes what only they
// have until somebody asks why.
PlannedValue Compiler::CompileCondition(const std::string& path, const std::string& text, CompiledRule* rule) {
  if (text.empty()) return {};
  const Ast* ast = CompileExpression({path, &text, Simple(TypeKind::kBool)}, book_->names->inputs.env, loaded_.sources,
                                     book_->names.get(), issues_);
  if (ast == nullptr) return {};
  PlannedValue condition = PlannedWhole(path, *ast, rule->level);
  if (!condition.exists()) return condition;
  const bool is_condition = path.ends_with(".condition");
  auto first = static_cast<int>(rule->tests.size());
  (is_condition ? rule->condition_join : rule->when_join) = JoinOf(*ast->root, &first);
  for (const Expr* test : TestsOf(*ast->root)) {
    RuleTest planned = {TextOf(*ast, *test), Planned(path, *ast, *test, rule->level),
                        Reads(path, *ast, *test, rule->level), std::nullopt};
    if (is_condition && IsJoinedDirectly(*ast->root, *test)) planned.limit = LimitOf(path, *ast, *test, rule->level);
    rule->tests.push_back(std::move(planned));
  }
  return condition;
}

// A literal on the left is the limit of what stands on the right.
std::optional<RuleTest::Limit> Compiler::LimitOf(const std::string& path, const Ast& ast, const Expr& test, int level) {
  constexpr std::pair<Op, Op> kOrders[] = {{Op::kLess, Op::kGreater},
                                           {Op::kLessEqual, Op::kGreaterEqual},
                                           {Op::kGreater, Op::kLess},
                                           {Op::kGreaterEqual, Op::kLessEqual}};
  if (test.kind != ExprKind::kCall || test.ref.kind != Reference::Kind::kFunction) return std::nullopt;
  for (const auto& [op, turned] : kOrders) {
    if (test.ref.op != op) continue;
    const Type& left = *test.args[0]->type;
    const bool is_exact = left.is(TypeKind::kDecimal) || left.is(TypeKind::kInt);
    if (!is_exact || left.kind != test.args[1]->type->kind) return std::nullopt;
    const bool is_turned = test.args[0]->kind == ExprKind::kConstant;
    const Expr& value = *test.args[is_turned ? 1 : 0];
    const Expr& limit = *test.args[is_turned ? 0 : 1];
    RuleTest::Limit told = {is_turned ? turned : op, TextOf(ast, value), Planned(path, ast, value, level),
                            Planned(path, ast, limit, level)};
    // What a ledger gave is nothing that anybody can change.
    if (StageOf(told.value) > 0) return std::nullopt;
    return told;
  }
  return std::nullopt;
}

void Compiler::CompileDifference(const v1::Rule& proto, const std::string& path, CompiledRule* rule) {
  if (!proto.difference().empty()) {
    rule->difference = Value(path + ".difference", proto.difference(), rule->level, nullptr);
    return;
  }
  const bool both = rule->expected.exists() && rule->actual.exists();
  if (!both || !rule->expected.type->is_number() || rule->expected.type->kind != rule->actual.type->kind) return;
  const std::string text = absl::StrCat("(", proto.actual(), ") - (", proto.expected(), ")");
  rule->difference = Value(path + ".actual", text, rule->level, nullptr);
}

int32_t Compiler::Day(const std::string& text, const std::string& path, int32_t open) {
  return ReadDay(text, path, open, loaded_.sources, issues_);
}

bool NamesRule(absl::string_view pattern, absl::string_view id) {
  return absl::ConsumeSuffix(&pattern, "*") ? absl::StartsWith(id, pattern) : id == pattern;
}

void Compiler::CompileApplicability(int i) {
  const v1::Applicability& proto = book_->proto.applicability(i);
  const std::string path = absl::StrCat("applicability[", i, "]");
  CompiledApplicability entry;
  entry.outcome = proto.outcome();
  entry.rules.assign(book_->rules.size(), false);
  for (int p = 0; p < proto.rules_size(); ++p) {
    const std::string& pattern = proto.rules(p);
    bool any = false;
    for (size_t r = 0; r < book_->rules.size(); ++r) {
      const bool match = NamesRule(pattern, book_->rules[r].proto->id());
      entry.rules[r] = entry.rules[r] || match;
      any = any || match;
    }
    if (!any && !absl::EndsWith(pattern, "*"))
      Error(absl::StrCat(path, ".rules[", p, "]"), absl::StrCat("no such rule: '", pattern, "'"), "");
  }
  entry.when = BoolValue(path + ".when", proto.when(), 0);
  book_->applicability.push_back(std::move(entry));
}

void Compiler::Finish() {
  const NodeId now = planner_->RunInput(kNowInput);
  const NodeId checkpoint = planner_->RunInput(kCheckpointInput);
  std::vector<std::array<NodeId, 6>> results;
  for (const Names::LedgerFields& f : book_->names->ledgers) {
    std::array<NodeId, 6> nodes = {};
    const int ids[] = {f.requested, f.granted, f.backordered, f.short_by, f.available, f.date};
    for (size_t k = 0; k < nodes.size(); ++k) nodes[k] = planner_->ResultColumn(ids[k]);
    results.push_back(nodes);
  }
  const int datasets = static_cast<int>(book_->names->inputs.datasets.size());
  absl::StatusOr<std::shared_ptr<const Executable>> executable = Executable::Create(planner_->graph().Finish());
  if (!executable.ok()) {
    Error("", std::string(executable.status().message()), "");
    return;
  }
  book_->executable = *executable;
  const Program& program = book_->program();
  book_->now_input = InputIndex(now, program);
  book_->checkpoint_input = InputIndex(checkpoint, program);
  for (size_t i = 0; i < book_->ledgers.size(); ++i) {
    CompiledLedger& ledger = book_->ledgers[i];
    int* slots[] = {&ledger.requested, &ledger.granted,   &ledger.backordered,
                    &ledger.short_by,  &ledger.available, &ledger.last_date};
    for (size_t k = 0; k < std::size(slots); ++k) *slots[k] = InputIndex(results[i][k], program);
  }
  book_->indexes.resize(datasets);
  for (const Lookup& lookup : program.lookups) {
    if (lookup.dataset == datasets - 1) book_->batch_dataset = lookup.dataset;
    if (lookup.key_nodes.empty()) book_->indexes[lookup.dataset].push_back({lookup.key_slots, lookup.order_slots});
  }
  book_->needs = std::make_shared<const RunNeeds>(*book_);
}

std::shared_ptr<const CompiledRulebook> CompileRulebook(LoadedRulebook loaded, std::shared_ptr<const Schema> schema,
                                                        IssueList* issues) {
  return Compiler(std::move(loaded), std::move(schema), issues).Compile();
}

}  // namespace assay
