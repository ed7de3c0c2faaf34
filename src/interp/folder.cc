// Evaluates closed sub-trees, operands first, and writes their values back into the tree. Entry point: Fold.
#include "interp/folder.h"

#include <algorithm>
#include <set>
#include <utility>

#include "interp/evaluator.h"

namespace assay {
namespace {

// What one folded value may take: constants in a tree, bytes in a text, steps to compute it.
constexpr size_t kMaxNodes = 10'000;
constexpr size_t kMaxBytes = 1 << 20;
constexpr int64_t kMaxSteps = 1'000'000;

// What a sub-tree asks for from outside itself.
struct FreeNames {
  bool any_outer = false;        // a variable, host function or field
  std::set<const Expr*> locals;  // comprehensions whose variables it uses, but does not make

  bool none() const { return !any_outer && locals.empty(); }
};

class Folder {
 public:
  Folder(const Schema* schema, TypeTable* types, Ast* ast) : activation_(schema), types_(types), ast_(ast) {
    options_.max_steps = kMaxSteps;
  }

  // Folds what is below, then the node itself.
  FreeNames Visit(Expr* expr);

 private:
  void FoldClosed(Expr* expr);
  void Replace(Expr* expr, const Value& value, const Type* type);
  void MakeConstant(Expr* expr, const Value& value);
  void AddPart(Expr* parent, const Value& value, const Type* type);

  // The static type, or that of the value where the static one is dyn or took the wrong overload because of one;
  // nullptr if a list or map holds several.
  const Type* TypeFor(const Value& value, const Type* type);
  const Type* TypeForList(const ValueList& list, const Type* element);
  const Type* TypeForMap(const ValueMap& map, const Type* type);

  EmptyActivation activation_;
  EvaluateOptions options_;
  TypeTable* types_;
  Ast* ast_;
};

// Constants that a value needs, and whether it can be written at all.
bool IsWritable(const Value& value, size_t* nodes) {
  if (++*nodes > kMaxNodes) return false;
  switch (value.kind()) {
    case ValueKind::kError:
    case ValueKind::kRow:
    case ValueKind::kOptional:
      return false;
    case ValueKind::kString:
      return value.as_string().size() <= kMaxBytes;
    case ValueKind::kBytes:
      return value.as_bytes().size() <= kMaxBytes;
    case ValueKind::kList:
      return std::all_of(value.as_list().begin(), value.as_list().end(),
                         [nodes](const Value& element) { return IsWritable(element, nodes); });
    case ValueKind::kMap:
      return std::all_of(value.as_map().begin(), value.as_map().end(), [nodes](const MapEntry& entry) {
        return IsWritable(entry.key, nodes) && IsWritable(entry.value, nodes);
      });
    default:
      return true;
  }
}

// The kind of type that a value of a scalar kind has.
TypeKind ScalarType(const Value& value) {
  static constexpr TypeKind kKinds[] = {TypeKind::kNull,   TypeKind::kBool,      TypeKind::kInt,     TypeKind::kUint,
                                        TypeKind::kDouble, TypeKind::kString,    TypeKind::kBytes,   TypeKind::kDecimal,
                                        TypeKind::kDate,   TypeKind::kTimestamp, TypeKind::kDuration};
  return value.is(ValueKind::kType) ? TypeKind::kType : kKinds[static_cast<int>(value.kind())];
}

const Type* Folder::TypeForList(const ValueList& list, const Type* element) {
  const Type* joined = nullptr;
  for (const Value& value : list) {
    const Type* type = TypeFor(value, element);
    joined = type == nullptr || joined == nullptr ? type : types_->Join(joined, type);
    if (joined == nullptr) return nullptr;
  }
  return types_->List(joined == nullptr ? element : joined);
}

const Type* Folder::TypeForMap(const ValueMap& map, const Type* type) {
  const Type* key = nullptr;
  const Type* element = nullptr;
  for (const MapEntry& entry : map) {
    const Type* key_type = TypeFor(entry.key, type->key);
    const Type* element_type = TypeFor(entry.value, type->element);
    if (key_type == nullptr || element_type == nullptr) return nullptr;
    key = key == nullptr ? key_type : types_->Join(key, key_type);
    element = element == nullptr ? element_type : types_->Join(element, element_type);
    if (key == nullptr || element == nullptr) return nullptr;
  }
  return key == nullptr ? type : types_->Map(key, element);
}

const Type* Folder::TypeFor(const Value& value, const Type* type) {
  const Type* dyn = types_->Simple(TypeKind::kDyn);
  if (value.is(ValueKind::kList)) {
    return TypeForList(value.as_list(), type->is(TypeKind::kList) ? type->element : dyn);
  }
  if (value.is(ValueKind::kMap)) {
    return TypeForMap(value.as_map(), type->is(TypeKind::kMap) ? type : types_->Map(dyn, dyn));
  }
  const TypeKind kind = ScalarType(value);
  if (type->is(kind)) return type;
  const bool fits_nullable = type->is(TypeKind::kNullable) && (kind == TypeKind::kNull || type->element->is(kind));
  if (fits_nullable || (type->is(TypeKind::kRow) && kind == TypeKind::kNull)) return type;
  if (kind != TypeKind::kDecimal) return types_->Simple(kind);
  return types_->Decimal({kMaxDecimalDigits, value.as_decimal().scale});
}

void Folder::MakeConstant(Expr* expr, const Value& value) {
  expr->kind = ExprKind::kConstant;
  Constant& c = expr->constant;
  c.kind = ScalarType(value);
  switch (value.kind()) {
    case ValueKind::kBool:
      c.bool_value = value.as_bool();
      return;
    case ValueKind::kInt:
      c.int_value = value.as_int();
      return;
    case ValueKind::kUint:
      c.uint_value = value.as_uint();
      return;
    case ValueKind::kDouble:
      c.double_value = value.as_double();
      return;
    case ValueKind::kString:
      c.text = std::string(value.as_string());
      return;
    case ValueKind::kBytes:
      c.text = std::string(value.as_bytes());
      return;
    case ValueKind::kDecimal:
      c.decimal = value.as_decimal();
      return;
    case ValueKind::kDate:
      c.int_value = value.as_date();
      return;
    case ValueKind::kTimestamp:
      c.timestamp = value.as_timestamp();
      return;
    case ValueKind::kDuration:
      c.duration = value.as_duration();
      return;
    case ValueKind::kType:
      c.text = std::string(value.as_type());
      return;
    default:
      return;
  }
}

void Folder::AddPart(Expr* parent, const Value& value, const Type* type) {
  Expr* part = ast_->New(ExprKind::kConstant, parent->range);
  parent->args.push_back(part);
  Replace(part, value, type);
}

void Folder::Replace(Expr* expr, const Value& value, const Type* type) {
  Expr folded;
  folded.id = expr->id;
  folded.range = expr->range;
  folded.focus = expr->focus;
  folded.type = type;
  *expr = std::move(folded);
  if (value.is(ValueKind::kList)) {
    expr->kind = ExprKind::kList;
    for (const Value& element : value.as_list()) AddPart(expr, element, type->element);
  } else if (value.is(ValueKind::kMap)) {
    expr->kind = ExprKind::kMap;
    for (const MapEntry& entry : value.as_map()) {
      AddPart(expr, entry.key, type->key);
      AddPart(expr, entry.value, type->element);
    }
  } else {
    MakeConstant(expr, value);
  }
}

// A list or map of constants that already have the type of its parts.
bool IsLiteral(const Expr& expr) {
  if (expr.kind == ExprKind::kConstant) return true;
  if (expr.kind != ExprKind::kList && expr.kind != ExprKind::kMap) return false;
  for (size_t i = 0; i < expr.args.size(); ++i) {
    const bool is_key = expr.kind == ExprKind::kMap && i % 2 == 0;
    if (expr.args[i]->type != (is_key ? expr.type->key : expr.type->element) || !IsLiteral(*expr.args[i])) return false;
  }
  return true;
}

bool HoldsLists(const Value& value) {
  return value.is(ValueKind::kList) &&
         std::any_of(value.as_list().begin(), value.as_list().end(),
                     [](const Value& element) { return element.is(ValueKind::kList) || element.is(ValueKind::kMap); });
}

void Folder::FoldClosed(Expr* expr) {
  if (IsLiteral(*expr)) return;
  const Value value = Evaluate(*expr, activation_, options_);
  size_t nodes = 0;
  if (!IsWritable(value, &nodes)) return;
  // Lists of lists have a form over rows as what makes them, none written out.
  if (HoldsLists(value)) return;
  const Type* type = TypeFor(value, expr->type);
  if (type != nullptr) Replace(expr, value, type);
}

FreeNames Folder::Visit(Expr* expr) {
  FreeNames names;
  if (expr->operand != nullptr) names = Visit(expr->operand);
  for (Expr* arg : expr->args) {
    FreeNames below = Visit(arg);
    names.any_outer = names.any_outer || below.any_outer;
    names.locals.merge(below.locals);
  }
  names.locals.erase(expr);
  switch (expr->ref.kind) {
    case Reference::Kind::kLocal:
      names.locals.insert(expr->ref.comprehension);
      break;
    case Reference::Kind::kVariable:
    case Reference::Kind::kField:
    case Reference::Kind::kVirtualField:
    case Reference::Kind::kHostFunction:
      names.any_outer = true;
      break;
    default:
      break;
  }
  if (names.none()) FoldClosed(expr);
  return names;
}

}  // namespace

void Fold(const Schema* schema, TypeTable* types, Ast* ast) { Folder(schema, types, ast).Visit(ast->root); }

}  // namespace assay
