// Interning of types, the join of two types, and the sizes of decimal results.
// Entry point: TypeTable. It never looks at expressions.
#include "lang/type.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace assay {
namespace {

bool IsAgreeable(const Type& type) { return type.is(TypeKind::kUnbound) || type.is(TypeKind::kError); }

// CEL lets null stand for messages and abstract values besides the wrappers, for historical reasons.
bool MayBeNull(const Type& type) {
  return type.is(TypeKind::kNullable) || type.is(TypeKind::kRow) || type.is(TypeKind::kTimestamp) ||
         type.is(TypeKind::kDuration) || type.is(TypeKind::kOptional);
}

}  // namespace

TypeTable::TypeTable() {
  for (int k = 0; k <= static_cast<int>(TypeKind::kError); ++k) {
    Type type = {};
    type.kind = static_cast<TypeKind>(k);
    simple_[k] = Intern(type);
  }
}

const Type* TypeTable::Intern(const Type& type) {
  std::vector<uint64_t> key = {static_cast<uint64_t>(type.kind),          static_cast<uint64_t>(type.decimal.digits),
                               static_cast<uint64_t>(type.decimal.scale), reinterpret_cast<uint64_t>(type.enum_type),
                               reinterpret_cast<uint64_t>(type.row),      reinterpret_cast<uint64_t>(type.key),
                               reinterpret_cast<uint64_t>(type.element)};
  for (const Type* part : type.parts) key.push_back(reinterpret_cast<uint64_t>(part));
  auto found = interned_.find(key);
  if (found != interned_.end()) return found->second;
  types_.push_back(type);
  interned_.emplace(std::move(key), &types_.back());
  return &types_.back();
}

const Type* TypeTable::Simple(TypeKind kind) const { return simple_[static_cast<int>(kind)]; }

const Type* TypeTable::Decimal(DecimalSize size) {
  Type type = {};
  type.kind = TypeKind::kDecimal;
  type.decimal = size;
  return Intern(type);
}

const Type* TypeTable::Enum(const google::protobuf::EnumDescriptor* enum_type) {
  Type type = {};
  type.kind = TypeKind::kInt;
  type.enum_type = enum_type;
  return Intern(type);
}

const Type* TypeTable::List(const Type* element) {
  Type type = {};
  type.kind = TypeKind::kList;
  type.element = element;
  return Intern(type);
}

const Type* TypeTable::Map(const Type* key, const Type* element) {
  Type type = {};
  type.kind = TypeKind::kMap;
  type.key = key;
  type.element = element;
  return Intern(type);
}

const Type* TypeTable::Optional(const Type* element) {
  Type type = {};
  type.kind = TypeKind::kOptional;
  type.element = element;
  return Intern(type);
}

const Type* TypeTable::Nullable(const Type* element) {
  Type type = {};
  type.kind = TypeKind::kNullable;
  type.element = element;
  return Intern(type);
}

const Type* TypeTable::Row(const RowType* row) {
  Type type = {};
  type.kind = TypeKind::kRow;
  type.row = row;
  return Intern(type);
}

const Type* TypeTable::Opaque(absl::string_view name, std::vector<const Type*> parts) {
  auto known = opaque_names_.find(name);
  if (known == opaque_names_.end()) known = opaque_names_.emplace(name, NewRow(name, nullptr)).first;
  Type type = {};
  type.kind = TypeKind::kOpaque;
  type.row = known->second;
  type.parts = std::move(parts);
  return Intern(type);
}

const RowType* TypeTable::Message(const google::protobuf::Descriptor* message) {
  const RowType*& shape = messages_[message];
  if (shape == nullptr) shape = NewRow(message->full_name(), message);
  return shape;
}

RowType* TypeTable::NewRow(absl::string_view name, const google::protobuf::Descriptor* message) {
  rows_.push_back(RowType{std::string(name), message, {}, {}});
  return &rows_.back();
}

const Type* TypeTable::Join(const Type* a, const Type* b) {
  if (a == b || IsAgreeable(*b)) return a;
  if (IsAgreeable(*a)) return b;
  if (a->is(TypeKind::kDyn) || b->is(TypeKind::kDyn)) return Simple(TypeKind::kDyn);
  if (a->is(TypeKind::kNull) && MayBeNull(*b)) return b;
  if (b->is(TypeKind::kNull) && MayBeNull(*a)) return a;
  if (a->is(TypeKind::kNullable) != b->is(TypeKind::kNullable)) {
    const Type* element = a->is(TypeKind::kNullable) ? Join(a->element, b) : Join(a, b->element);
    return element == nullptr || element->is(TypeKind::kDyn) ? element : Nullable(element);
  }
  if (a->kind != b->kind) return nullptr;
  switch (a->kind) {
    case TypeKind::kInt:
      return Simple(TypeKind::kInt);  // two enums, or an enum and a plain int
    case TypeKind::kDecimal:
      return Decimal(Widest(a->decimal, b->decimal));
    case TypeKind::kRow:
      // The same message seen through two shapes keeps only its real fields.
      if (a->row->message == nullptr || a->row->message != b->row->message) return nullptr;
      return Row(Message(a->row->message));
    case TypeKind::kList:
    case TypeKind::kOptional:
    case TypeKind::kNullable: {
      const Type* element = Join(a->element, b->element);
      if (element == nullptr) return nullptr;
      return a->is(TypeKind::kList)       ? List(element)
             : a->is(TypeKind::kOptional) ? Optional(element)
                                          : Nullable(element);
    }
    case TypeKind::kOpaque:
      return JoinParts(*a, *b);
    case TypeKind::kMap: {
      const Type* key = Join(a->key, b->key);
      const Type* element = Join(a->element, b->element);
      return key == nullptr || element == nullptr ? nullptr : Map(key, element);
    }
    default:
      return nullptr;
  }
}

const Type* TypeTable::JoinParts(const Type& a, const Type& b) {
  if (a.row != b.row || a.parts.size() != b.parts.size()) return nullptr;
  std::vector<const Type*> parts;
  for (size_t i = 0; i < a.parts.size(); ++i) {
    parts.push_back(Join(a.parts[i], b.parts[i]));
    if (parts.back() == nullptr) return nullptr;
  }
  return Opaque(a.row->name, std::move(parts));
}

namespace {

std::string OpaqueName(const Type& type) {
  std::string parts;
  for (const Type* part : type.parts) absl::StrAppend(&parts, parts.empty() ? "" : ", ", TypeName(*part));
  return absl::StrCat(type.row->name, "(", parts, ")");
}

}  // namespace

std::string TypeName(const Type& type) {
  static constexpr const char* kNames[] = {"bool", "int",       "uint",     "double", "string", "bytes", "decimal",
                                           "date", "timestamp", "duration", "null",   "type",   "dyn"};
  switch (type.kind) {
    case TypeKind::kRow:
      return type.row->name;
    case TypeKind::kList:
      return absl::StrCat("list(", TypeName(*type.element), ")");
    case TypeKind::kMap:
      return absl::StrCat("map(", TypeName(*type.key), ", ", TypeName(*type.element), ")");
    case TypeKind::kOptional:
      return absl::StrCat("optional(", TypeName(*type.element), ")");
    case TypeKind::kNullable:
      return absl::StrCat("nullable(", TypeName(*type.element), ")");
    case TypeKind::kOpaque:
      return OpaqueName(type);
    case TypeKind::kUnbound:
      return "dyn";
    case TypeKind::kError:
      return "error";
    default:
      return kNames[static_cast<int>(type.kind)];
  }
}

std::string TypeValueName(const Type& type) {
  switch (type.kind) {
    case TypeKind::kList:
      return "list";
    case TypeKind::kMap:
      return "map";
    case TypeKind::kOptional:
      return "optional_type";
    case TypeKind::kNull:
      return "null_type";
    case TypeKind::kTimestamp:
      return "google.protobuf.Timestamp";
    case TypeKind::kDuration:
      return "google.protobuf.Duration";
    default:
      return TypeName(type);
  }
}

namespace {

DecimalSize Capped(int whole, int scale) {
  return {std::min(whole + scale, std::max(kMaxDecimalDigits, scale)), scale};
}

}  // namespace

DecimalSize Widest(DecimalSize a, DecimalSize b) {
  return Capped(std::max(a.whole(), b.whole()), std::max(a.scale, b.scale));
}

DecimalSize SumSize(DecimalSize a, DecimalSize b) {
  return Capped(std::max(a.whole(), b.whole()) + 1, std::max(a.scale, b.scale));
}

DecimalSize ProductSize(DecimalSize a, DecimalSize b) { return Capped(a.whole() + b.whole(), a.scale + b.scale); }

}  // namespace assay
