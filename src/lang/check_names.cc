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

struct TypeNameRow {
  absl::string_view name;
  absl::string_view type;  // as type() says it
};

// The names of types that are no messages.
constexpr TypeNameRow kTypeNames[] = {
    {"bool", "bool"},
    {"bytes", "bytes"},
    {"date", "date"},
    {"decimal", "decimal"},
    {"double", "double"},
    {"google.protobuf.Any", "google.protobuf.Any"},
    {"google.protobuf.Duration", "google.protobuf.Duration"},
    {"google.protobuf.Timestamp", "google.protobuf.Timestamp"},
    {"int", "int"},
    {"list", "list"},
    {"map", "map"},
    {"null_type", "null_type"},
    {"optional_type", "optional_type"},
    {"string", "string"},
    {"type", "type"},
    {"uint", "uint"},
};

// The type that a name stands for, as type() says it; "" if it is none.
std::string NamedType(const Schema* schema, absl::string_view name) {
  for (const TypeNameRow& row : kTypeNames) {
    if (row.name == name) return std::string(row.type);
  }
  return schema != nullptr && schema->MessageOrNull(name) != nullptr ? std::string(name) : "";
}

}  // namespace

std::vector<std::string> NameCandidates(absl::string_view container, absl::string_view name) {
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
  for (const std::string& candidate : NameCandidates(env_.container, name)) {
    if (ResolveVariable(candidate, expr) || ResolveConstant(candidate, expr)) return true;
  }
  return false;
}

bool CheckScope::ResolveVariable(absl::string_view name, Expr* expr) {
  auto variable = env_.variables.find(name);
  if (variable == env_.variables.end()) return false;
  expr->ref.kind = Reference::Kind::kVariable;
  expr->ref.index = variable->second.index;
  expr->type = variable->second.type;
  return true;
}

// An enum's value, or the name of a type.
bool CheckScope::ResolveConstant(absl::string_view name, Expr* expr) {
  const auto* value = env_.schema == nullptr ? nullptr : env_.schema->FindEnumValue(name);
  const std::string type = value == nullptr ? NamedType(env_.schema, name) : "";
  if (value == nullptr && type.empty()) return false;
  expr->kind = ExprKind::kConstant;
  expr->operand = nullptr;
  if (value != nullptr) {
    expr->constant.kind = TypeKind::kInt;
    expr->constant.int_value = value->number();
    expr->type = env_.types->Enum(value->type());
  } else {
    expr->constant.kind = TypeKind::kType;
    expr->constant.text = type;
    expr->type = Simple(TypeKind::kType);
  }
  return true;
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
  std::vector<absl::string_view> names = KeysOf(env_.variables);
  for (const LocalVariable& local : locals_) names.emplace_back(local.name);
  expr->type = Fail(expr->focus, absl::StrCat("nothing has this name: '", expr->name, "'"), Nearest(expr->name, names));
}

void CheckScope::VisitSelect(Expr* expr) {
  if (!expr->test_only && !expr->optional && ResolveQualified(expr)) return;
  if (IsUnknownInGroup(*expr->operand, env_.variables)) return FailInGroup(expr, env_.variables);
  Visit(expr->operand);
  const Type* operand = expr->operand->type;
  const bool chained = operand->is(TypeKind::kOptional);
  const Type* type = MemberType(expr, chained ? *operand->element : *operand);
  if (type->is(TypeKind::kError)) {
    expr->type = type;
  } else if (expr->test_only) {
    expr->type = Simple(TypeKind::kBool);
  } else {
    expr->type = chained || expr->optional ? env_.types->Optional(type) : type;
  }
}

// The type of `.name` of a value.
const Type* CheckScope::MemberType(Expr* expr, const Type& operand) {
  switch (operand.kind) {
    case TypeKind::kRow:
      return FieldOrFail(expr, *operand.row);
    case TypeKind::kMap:
      if (env_.types->Join(operand.key, Simple(TypeKind::kString)) != nullptr) return operand.element;
      break;
    case TypeKind::kDyn:
    case TypeKind::kUnbound:
    case TypeKind::kError:
      return &operand;
    default:
      break;
  }
  return Fail(expr->focus, absl::StrCat(WithArticle(operand), " has no fields: '.", expr->name, "'"), "");
}

// A field of the message or an extension of it, named in full; nullptr if there is none.
const google::protobuf::FieldDescriptor* CheckScope::FindField(const RowType& row, absl::string_view name) const {
  if (row.message == nullptr) return nullptr;
  if (const auto* field = row.message->FindFieldByName(std::string(name))) return field;
  return env_.schema == nullptr ? nullptr : env_.schema->FindExtension(*row.message, name);
}

const Type* CheckScope::FieldOrFail(Expr* expr, const RowType& row) {
  auto virtual_field = row.virtual_fields.find(expr->name);
  if (virtual_field != row.virtual_fields.end()) {
    expr->ref.kind = Reference::Kind::kVirtualField;
    expr->ref.index = virtual_field->second.id;
    return virtual_field->second.type;
  }
  if (const auto* field = FindField(row, expr->name)) {
    expr->ref.kind = Reference::Kind::kField;
    expr->ref.field = field;
    return FieldType(env_, row, field);
  }
  std::vector<absl::string_view> names = KeysOf(row.virtual_fields);
  for (int i = 0; row.message != nullptr && i < row.message->field_count(); ++i) {
    names.emplace_back(row.message->field(i)->name());
  }
  const std::string operand = QualifiedName(*expr->operand);
  std::string nearest = Nearest(expr->name, names);
  if (!nearest.empty() && !operand.empty()) nearest = absl::StrCat(operand, ".", nearest);
  return Fail(expr->focus,
              absl::StrCat("'", operand.empty() ? "" : operand + ".", expr->name, "' is not a field of ", row.name),
              nearest);
}

}  // namespace assay
