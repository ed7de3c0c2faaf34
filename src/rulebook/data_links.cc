// Entry point: FindDataLinks. It reads what joins, and the expressions that read them, were linked to.
#include "rulebook/data_links.h"

#include <algorithm>
#include <optional>

namespace assay {
namespace {

class LinkFinder {
 public:
  explicit LinkFinder(const CompiledRulebook& book) : book_(book), inputs_(book.names->inputs) {}

  DataLinks Run() {
    const std::set<int> asked = FieldsAskedFor();
    const std::set<int> always = FieldsReadAlways();
    std::set<int> single;
    for (size_t id = 0; id < inputs_.virtuals.size(); ++id) {
      if (inputs_.virtuals[id].kind != VirtualMeaning::Kind::kJoin) continue;
      const JoinMeaning& join = inputs_.virtuals[id].join;
      if (!IsOfDataset(join)) continue;  // the batch itself
      if (join.many) {
        if (IsByOwnKey(join)) found_.listed.insert(join.dataset);
        continue;  // no row is an answer too
      }
      single.insert(join.dataset);
      const auto field = static_cast<int>(id);
      AddLinks(join, !asked.contains(field) && always.contains(field));
    }
    for (int dataset : single) found_.listed.erase(dataset);
    return std::move(found_);
  }

 private:
  bool IsOfDataset(const JoinMeaning& join) const { return join.dataset < book_.proto.datasets_size(); }

  bool IsByOwnKey(const JoinMeaning& join) const {
    const auto& key = book_.proto.datasets(join.dataset).key();
    return std::equal(join.key.begin(), join.key.end(), key.begin(), key.end(),
                      [](const JoinKeyPart& part, const std::string& name) {
                        return part.field != nullptr && part.field->name() == name;
                      });
  }

  void AddLinks(const JoinMeaning& join, bool is_needed) {
    for (size_t i = 0; i < join.on.size(); ++i) {
      std::optional<DataLink> link = LinkOf(*join.on[i]->root);
      if (!link.has_value() || join.key[i].field == nullptr || (link->level >= 0 && !is_needed)) continue;
      link->target = join.dataset;
      link->key = join.key[i].field;
      std::vector<DataLink>& links = found_.links;
      if (std::find(links.begin(), links.end(), *link) == links.end()) links.push_back(*link);
    }
  }

  // Joins that has() is asked of: the rulebook says itself what a row without one means.
  std::set<int> FieldsAskedFor() const {
    std::set<int> fields;
    for (const Ast& ast : book_.names->asts) {
      for (const Expr& expr : ast.nodes) {
        const bool is_asked = expr.test_only && expr.ref.kind == Reference::Kind::kVirtualField;
        if (is_asked) fields.insert(expr.ref.index);
      }
    }
    return fields;
  }

  // Joins that some expression reads whatever the row says, not in a branch alone or behind a test.
  std::set<int> FieldsReadAlways() const {
    std::set<int> fields;
    for (const Ast& ast : book_.names->asts) AddReadAlways(*ast.root, &fields);
    return fields;
  }

  static void AddReadAlways(const Expr& expr, std::set<int>* fields) {
    if (expr.ref.kind == Reference::Kind::kVirtualField && !expr.test_only) fields->insert(expr.ref.index);
    if (expr.operand != nullptr) AddReadAlways(*expr.operand, fields);
    const bool is_function = expr.ref.kind == Reference::Kind::kFunction;
    const bool branches =
        is_function && (expr.ref.op == Op::kConditional || expr.ref.op == Op::kAnd || expr.ref.op == Op::kOr);
    for (size_t i = 0; i < (branches ? 1 : expr.args.size()); ++i) AddReadAlways(*expr.args[i], fields);
  }

  // Of `order.partner_id` the input's level, of `order.partner.price_group` the partners.
  std::optional<DataLink> LinkOf(const Expr& on) const {
    if (on.kind != ExprKind::kSelect || on.ref.kind != Reference::Kind::kField || on.operand == nullptr) {
      return std::nullopt;
    }
    DataLink link;
    link.field = on.ref.field;
    // Equal decimals may be written differently.
    if (book_.schema->Describe(*link.field).kind == ScalarKind::kDecimal) return std::nullopt;
    const Reference& owner = on.operand->ref;
    if (owner.kind == Reference::Kind::kVariable) {
      const VariableMeaning& meaning = inputs_.variables[static_cast<size_t>(owner.index)];
      if (meaning.kind != VariableMeaning::Kind::kLevelRow) return std::nullopt;
      link.dataset = DatasetOf(*inputs_.levels[static_cast<size_t>(meaning.index)]);
      if (link.dataset < 0) link.level = meaning.index;
      return link;
    }
    if (owner.kind != Reference::Kind::kVirtualField) return std::nullopt;
    const VirtualMeaning& meaning = inputs_.virtuals[static_cast<size_t>(owner.index)];
    if (meaning.kind != VirtualMeaning::Kind::kJoin || !IsOfDataset(meaning.join)) {
      return std::nullopt;
    }
    link.dataset = meaning.join.dataset;
    return link;
  }

  // The dataset whose rows have the shape of a level; -1 for a level of the input.
  int DatasetOf(const RowType& level) const {
    for (const VirtualMeaning& meaning : inputs_.virtuals) {
      const bool is_join = meaning.kind == VirtualMeaning::Kind::kJoin;
      if (is_join && IsOfDataset(meaning.join) && meaning.join.row == &level) {
        return meaning.join.dataset;
      }
    }
    return -1;
  }

  const CompiledRulebook& book_;
  const PlanInputs& inputs_;
  DataLinks found_;
};

}  // namespace

DataLinks FindDataLinks(const CompiledRulebook& book) { return LinkFinder(book).Run(); }

}  // namespace assay
