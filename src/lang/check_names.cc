// Identifiers, qualified names and fields. A name is looked for among the variables
// of the enclosing comprehensions, then, longest first and innermost namespace
// first as CEL says, among variables, enum values and type names.
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "base/suggest.h"
#include "lang/check_scope.h"

namespace assay {
namespace {

// "a.b.x", "a.x", "x" for name x in container a.b; a leading dot means the root.
std::vector<std::string> Candidates(absl::string_view container, absl::string_view name) {
  if (absl::ConsumePrefix(&name, ".")) return {std::string(name)};
  std::vector<std::string> names;
  while (!container.empty()) {
    names.push_back(absl::StrCat(container, ".", name));
    const size_t dot = container.rfind('.');
    container = dot == absl::string_view::npos ? absl::string_view() : container.substr(0, dot);
  }
  names.emplace_back(name);
  return names;
}

}  // namespace

std::string QualifiedName(const Expr& expr) {
  if (expr.kind == ExprKind::kIdent) return expr.name;
  if (expr.kind != ExprKind::kSelect || expr.test_only || expr.optional) return "";
  std::string prefix = QualifiedName(*expr.operand);
  return prefix.empty() ? "" : absl::StrCat(prefix, ".", expr.name);
}

const LocalVariable* CheckScope::FindLocal(absl::string_view name) const {
  for (size_t i = locals_.size(); i > 0; --i) {
    if (locals_[i - 1].name == name) return &locals_[i - 1];
  }
  return nullptr;
}

// Tries the whole of a.b.c as one name; on success the node is complete.
bool CheckScope::ResolveQualified(Expr* expr) {
  const std::string name = QualifiedName(*expr);
  if (name.empty() || FindLocal(name.substr(0, name.find('.'))) != nullptr) return false;
  for (const std::string& candidate : Candidates(env_.container, name)) {
    auto variable = env_.variables.find(candidate);
    if (variable != env_.variables.end()) {
      expr->ref.kind = Reference::Kind::kVariable;
      expr->ref.index = variable->second.index;
      expr->type = variable->second.type;
      return true;
    }
    if (env_.schema == nullptr) continue;
    const google::protobuf::EnumValueDescriptor* value = env_.schema->FindEnumValue(candidate);
    if (value != nullptr) {
      expr->kind = ExprKind::kConstant;
      expr->operand = nullptr;
      expr->constant.kind = TypeKind::kInt;
      expr->constant.int_value = value->number();
      expr->type = env_.types->Enum(value->type());
      return true;
    }
  }
  return false;
}

void CheckScope::VisitIdent(Expr* expr) {
  if (const LocalVariable* local = FindLocal(expr->name)) {
    expr->ref.kind = Reference::Kind::kLocal;
    expr->ref.comprehension = local->comprehension;
    expr->ref.index = local->index;
    expr->type = local->type;
    return;
  }
  if (ResolveQualified(expr)) return;
  std::vector<absl::string_view> names;
  for (const auto& [name, variable] : env_.variables) names.push_back(name);
  for (const LocalVariable& local : locals_) names.push_back(local.name);
  expr->type =
      Fail(expr, expr->focus, absl::StrCat("nothing has this name: '", expr->name, "'"), Nearest(expr->name, names));
}

void CheckScope::VisitSelect(Expr* expr) {
  if (expr->optional) {
    expr->type = Fail(expr, expr->focus, "an optional cannot be used over rows; test with has() first", "");
    return;
  }
  if (!expr->test_only && ResolveQualified(expr)) return;
  Visit(expr->operand);
  const Type* operand = expr->operand->type;
  switch (operand->kind) {
    case TypeKind::kRow:
      return SelectField(expr, *operand->row);
    case TypeKind::kMap:
      if (operand->key->is(TypeKind::kString) || operand->key->is(TypeKind::kDyn)) {
        expr->type = expr->test_only ? Simple(TypeKind::kBool) : operand->element;
        return;
      }
      break;
    case TypeKind::kDyn:
      expr->type = expr->test_only ? Simple(TypeKind::kBool) : operand;
      return;
    case TypeKind::kError:
      expr->type = operand;
      return;
    default:
      break;
  }
  expr->type =
      Fail(expr, expr->focus, absl::StrCat("a ", TypeName(*operand), " has no fields: '.", expr->name, "'"), "");
}

void CheckScope::SelectField(Expr* expr, const RowType& row) {
  const Type* type = nullptr;
  auto virtual_field = row.virtual_fields.find(expr->name);
  if (virtual_field != row.virtual_fields.end()) {
    expr->ref.kind = Reference::Kind::kVirtualField;
    expr->ref.index = virtual_field->second.id;
    type = virtual_field->second.type;
  } else if (row.message != nullptr) {
    if (const auto* field = row.message->FindFieldByName(expr->name)) {
      expr->ref.kind = Reference::Kind::kField;
      expr->ref.field = field;
      type = FieldType(env_, row, field);
    }
  }
  if (type != nullptr) {
    expr->type = expr->test_only ? Simple(TypeKind::kBool) : type;
    return;
  }
  std::vector<absl::string_view> names;
  for (const auto& [name, field] : row.virtual_fields) names.push_back(name);
  for (int i = 0; row.message != nullptr && i < row.message->field_count(); ++i) {
    names.push_back(row.message->field(i)->name());
  }
  const std::string operand = QualifiedName(*expr->operand);
  std::string nearest = Nearest(expr->name, names);
  if (!nearest.empty() && !operand.empty()) nearest = absl::StrCat(operand, ".", nearest);
  expr->type = Fail(
      expr, expr->focus,
      absl::StrCat("'", operand.empty() ? "" : operand + ".", expr->name, "' is not a field of ", row.name), nearest);
}

}  // namespace assay
