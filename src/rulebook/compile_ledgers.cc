// Ledgers and what supplies them. Entry point: Compiler::CompileLedger.
#include "absl/strings/str_cat.h"
#include "plan/values_read.h"
#include "rulebook/compiler.h"

namespace assay {

void Compiler::CompileAccount(const v1::Ledger& proto, const std::string& path, CompiledLedger* ledger) {
  CompiledAccount account;
  for (int k = 0; k < proto.key_size(); ++k)
    account.key.push_back(Value(absl::StrCat(path, ".key[", k, "]"), proto.key(k), ledger->level, nullptr));
  account.reserve = Amount(path + ".reserve", proto.reserve(), *ledger, book_->names->types.Decimal(ledger->size));
  CompileSupplies(proto, path, {ledger->level, nullptr, &book_->names->inputs.env}, *ledger, &account);
  ledger->accounts.push_back(std::move(account));
}

// One account for each element of a list of names.
void Compiler::CompileFallback(const v1::Fallback& proto, const std::string& path, CompiledLedger* ledger) {
  if (ledger->proto->kind() != v1::Ledger::KIND_LOTS) Error(path, "only LOTS have fallbacks", "");
  if (proto.warehouse().empty()) return Error(path, "a fallback needs a warehouse", "");
  const std::string name = "warehouse";
  const Type* text = Simple(TypeKind::kString);
  CompiledAccount account;
  account.key.resize(static_cast<size_t>(proto.key_size()));
  std::vector<ElementValue> values = {
      {{path + ".warehouse", &name, text}, &account.warehouse},
      {{path + ".reserve", &proto.reserve(), book_->names->types.Decimal(ledger->size)}, &account.reserve}};
  for (int k = 0; k < proto.key_size(); ++k)
    values.push_back({{absl::StrCat(path, ".key[", k, "]"), &proto.key(k), nullptr}, &account.key[k]});
  const ElementScope scope = {ledger->level, nullptr, &book_->names->inputs.env};
  const std::optional<Planner::Elements> elements =
      CompileElements({path + ".warehouse", &proto.warehouse(), book_->names->types.List(text)}, name, scope, values);
  if (!elements.has_value()) return;
  CheckScale(path + ".reserve", account.reserve, *ledger);
  account.level = elements->level;
  account.guard = elements->guard;
  Environment env = *scope.env;
  env.variables[name] = {text, elements->variable};
  CompileSupplies(proto, path, {ledger->level, &*elements, &env}, *ledger, &account);
  ledger->accounts.push_back(std::move(account));
}

template <typename Proto>
void Compiler::CompileSupplies(const Proto& proto, const std::string& path, const ElementScope& scope,
                               const CompiledLedger& ledger, CompiledAccount* account) {
  if (proto.has_lots()) account->lots = CompileSupply(proto.lots(), path + ".lots", scope, ledger);
  if (proto.has_receipts()) account->receipts = CompileSupply(proto.receipts(), path + ".receipts", scope, ledger);
  if (proto.has_commitments())
    account->commitments = CompileSupply(proto.commitments(), path + ".commitments", scope, ledger);
}

void Compiler::CompileLedger(int i) {
  const v1::Ledger& proto = book_->proto.ledgers(i);
  const std::string path = absl::StrCat("ledgers[", i, "]");
  CompiledLedger ledger;
  ledger.proto = &proto;
  ledger.level = Level(proto.each(), path + ".each");
  ledger.stage = i + 1;
  if (ledger.level < 0) return;
  if (proto.has_decimal())
    ledger.size = {static_cast<int>(proto.decimal().precision()), static_cast<int>(proto.decimal().scale())};
  const Type* amount = book_->names->types.Decimal(ledger.size);
  ledger.amount = Amount(path + ".amount", proto.amount(), ledger, amount);
  ledger.opening = Amount(path + ".opening", proto.opening(), ledger, amount);
  ledger.draws_when = BoolValue(path + ".draws_when", proto.draws_when(), ledger.level);
  ledger.unlimited_when = BoolValue(path + ".unlimited_when", proto.unlimited_when(), ledger.level);
  ledger.backorder_when = BoolValue(path + ".backorder_when", proto.backorder_when(), ledger.level);
  ledger.undated_when = BoolValue(path + ".undated_when", proto.undated_when(), ledger.level);
  ledger.all_or_nothing_when = BoolValue(path + ".all_or_nothing_when", proto.all_or_nothing_when(), ledger.level);
  ledger.fair_share_when = BoolValue(path + ".fair_share_when", proto.fair_share_when(), ledger.level);
  ledger.fair_share_unit = Amount(path + ".fair_share_unit", proto.fair_share_unit(), ledger, amount);
  ledger.keeps_when_held = BoolValue(path + ".keeps_when_held", proto.keeps_when_held(), 0);
  ledger.daily_use = Amount(path + ".daily_use", proto.daily_use(), ledger, amount);
  ledger.cover_days = Amount(path + ".cover_days", proto.cover_days(), ledger, amount);
  ledger.phasing_out_when = BoolValue(path + ".phasing_out_when", proto.phasing_out_when(), ledger.level);
  ledger.date = Value(path + ".date", proto.date(), ledger.level, Simple(TypeKind::kDate));
  ledger.backorder_until =
      Value(path + ".backorder_until", proto.backorder_until(), ledger.level, Simple(TypeKind::kDate));
  CompileAccount(proto, path, &ledger);
  for (int k = 0; k < proto.fallbacks_size(); ++k)
    CompileFallback(proto.fallbacks(k), absl::StrCat(path, ".fallbacks[", k, "]"), &ledger);
  // What is left of a secret amount tells it.
  const Names::LedgerFields& fields = book_->names->ledgers[i];
  for (int id : {fields.granted, fields.short_by, fields.available}) {
    book_->names->inputs.virtuals[id].sensitive = ledger.opening.sensitive;
  }
  if (!ledger.amount.exists()) Error(path, absl::StrCat("a ledger needs an amount: '", proto.name(), "'"), "");
  if (proto.kind() == v1::Ledger::KIND_BALANCE && !ledger.opening.exists()) {
    Error(path, absl::StrCat("a balance needs an opening amount: '", proto.name(), "'"), "");
  }
  if (proto.kind() != v1::Ledger::KIND_LOTS && ledger.fair_share_when.exists()) {
    Error(path + ".fair_share_when", absl::StrCat("only LOTS are shared, not the balance: '", proto.name(), "'"), "");
  }
  book_->ledgers.push_back(std::move(ledger));
}

// An amount must fit the ledger's scale: no silent rounding.
PlannedValue Compiler::Amount(const std::string& path, const std::string& text, const CompiledLedger& ledger,
                              const Type* type) {
  PlannedValue value = Value(path, text, ledger.level, type);
  CheckScale(path, value, ledger);
  return value;
}

void Compiler::CheckScale(const std::string& path, const PlannedValue& value, const CompiledLedger& ledger) {
  if (!value.exists() || value.type->decimal.scale <= ledger.size.scale) return;
  Error(path,
        absl::StrCat("the ledger keeps ", ledger.size.scale, " digits after the point, this has ",
                     value.type->decimal.scale, ": round it"),
        "");
}

// A list, of rows where `of` expects no type, and what is asked of its elements, which are called `as` ("" is _).
// Nothing after an issue.
std::optional<Planner::Elements> Compiler::CompileElements(const ExpressionSite& of, const std::string& as,
                                                           const ElementScope& scope,
                                                           const std::vector<ElementValue>& values) {
  Names* names = book_->names.get();
  const Ast* list = CompileExpression(of, *scope.env, loaded_.sources, names, issues_);
  if (list == nullptr) return std::nullopt;
  const Type* type = list->root->type;
  if (of.expected == nullptr && (!type->is(TypeKind::kList) || !type->element->is(TypeKind::kRow))) {
    Error(of.path, "this must be a list of rows, as line.lots", "");
    return std::nullopt;
  }
  Environment env = *scope.env;
  const int variable = static_cast<int>(names->inputs.variables.size());
  names->inputs.variables.push_back({});
  env.variables[as.empty() ? "_" : as] = {type->element, variable};
  std::vector<const Ast*> asts;
  for (const ElementValue& value : values) {
    const Ast* ast = nullptr;
    if (!value.site.text->empty()) {
      ast = CompileExpression(value.site, env, loaded_.sources, names, issues_);
      if (ast == nullptr) return std::nullopt;
      value.out->type = ast->root->type;
      value.out->sensitive = ReadsSensitive(*ast->root, *schema_, names->inputs);
    }
    asts.push_back(ast);
  }
  IssueList own;
  std::optional<Planner::Elements> elements =
      planner_->PlanElements(*list, variable, asts, scope.level, scope.within, &own);
  MoveIssues(own, of.path, *of.text, 0, loaded_.sources, issues_);
  if (!elements.has_value()) return std::nullopt;
  for (size_t i = 0; i < values.size(); ++i) values[i].out->node = elements->columns[i];
  return elements;
}

CompiledSupply Compiler::CompileSupply(const v1::Supply& proto, const std::string& path, const ElementScope& scope,
                                       const CompiledLedger& ledger) {
  CompiledSupply supply;
  const Type* is = Simple(TypeKind::kBool);
  const Type* text = Simple(TypeKind::kString);
  const std::optional<Planner::Elements> elements = CompileElements(
      {path + ".of", &proto.of(), nullptr}, proto.as(), scope,
      {{{path + ".when", &proto.when(), is}, &supply.when},
       {{path + ".eligible", &proto.eligible(), is}, &supply.eligible},
       {{path + ".quantity", &proto.quantity(), book_->names->types.Decimal(ledger.size)}, &supply.quantity},
       {{path + ".date", &proto.date(), Simple(TypeKind::kDate)}, &supply.date},
       {{path + ".id", &proto.id(), nullptr}, &supply.id},
       {{path + ".near_when", &proto.near_when(), is}, &supply.near_when},
       {{path + ".order", &proto.order(), text}, &supply.order},
       {{path + ".lot", &proto.lot(), text}, &supply.lot}});
  if (!elements.has_value()) return supply;
  if (!supply.quantity.exists()) Error(path, "a supply needs a quantity", "");
  CheckScale(path + ".quantity", supply.quantity, ledger);
  supply.exists = true;
  supply.level = elements->level;
  supply.guard = elements->guard;
  supply.row = elements->row;
  return supply;
}

}  // namespace assay
