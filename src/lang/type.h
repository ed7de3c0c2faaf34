// The types of the rule language: CEL's, and decimal and date beside them.
//
// Types are interned: a TypeTable owns them and equal types are one pointer. A
// table is built by one thread while a rulebook loads; afterwards it is only
// read, from any number of threads.
#ifndef ASSAY_LANG_TYPE_H_
#define ASSAY_LANG_TYPE_H_

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "base/decimal.h"
#include "google/protobuf/descriptor.h"

namespace assay {

enum class TypeKind : uint8_t {
  kBool,
  kInt,
  kUint,
  kDouble,
  kString,
  kBytes,
  kDecimal,
  kDate,
  kTimestamp,
  kDuration,
  kNull,
  kType,
  kDyn,
  kRow,       // a message, or a row of a level or dataset: see RowType
  kList,      // of `element`
  kMap,       // from `key` to `element`
  kOptional,  // of `element`
  kNullable,  // a wrapper message: `element` or null
  kOpaque,    // of functions that a host brings: `row` has its name, `parts` its parameters
  kUnbound,   // of the elements of [] and {}, of optional.none(): agrees with all, is never chosen
  kError,     // of an expression that already has an issue; agrees with all
};

// Digits in all, and after the point: 0 <= scale <= digits <= 38.
struct DecimalSize {
  int digits;
  int scale;

  // Columns hold coefficients of up to 18 digits as int64_t.
  bool fits_int64() const { return digits <= 18; }
  int whole() const { return digits - scale; }
  bool operator==(const DecimalSize& other) const { return digits == other.digits && scale == other.scale; }
};

struct RowType;

struct Type {
  TypeKind kind;
  DecimalSize decimal;                                // kDecimal
  const google::protobuf::EnumDescriptor* enum_type;  // kInt that comes from an enum field, else nullptr
  const RowType* row;                                 // kRow
  const Type* key;                                    // kMap
  const Type* element;                                // kList, kMap, kOptional, kNullable
  std::vector<const Type*> parts;                     // kOpaque

  bool is(TypeKind k) const { return kind == k; }
  bool is_number() const {
    return kind == TypeKind::kInt || kind == TypeKind::kUint || kind == TypeKind::kDouble || kind == TypeKind::kDecimal;
  }
};

// A field a rulebook adds to the rows of a level: a join, a variable, the
// results of a ledger. `id` is the rulebook's own number for it.
struct VirtualField {
  std::string name;
  const Type* type = nullptr;
  int id = 0;
};

// The shape of a row: a message, what the rulebook adds to it, and which of its
// repeated fields are levels with shapes of their own. Two levels over one
// message type are two shapes.
struct RowType {
  std::string name;                             // as messages to authors call it: "line", "assay.v1.Partner"
  const google::protobuf::Descriptor* message;  // nullptr for rows that are only virtual (ledger results)
  std::map<std::string, VirtualField, std::less<>> virtual_fields;
  std::map<const google::protobuf::FieldDescriptor*, const RowType*> levels;
};

class TypeTable {
 public:
  TypeTable();
  TypeTable(const TypeTable&) = delete;
  TypeTable& operator=(const TypeTable&) = delete;

  // A type without parts: kBool … kDyn except kDecimal, kUnbound and kError.
  const Type* Simple(TypeKind kind) const;
  const Type* Decimal(DecimalSize size);
  const Type* Enum(const google::protobuf::EnumDescriptor* enum_type);
  const Type* List(const Type* element);
  const Type* Map(const Type* key, const Type* element);
  const Type* Optional(const Type* element);
  const Type* Nullable(const Type* element);
  const Type* Row(const RowType* row);
  const Type* Opaque(absl::string_view name, std::vector<const Type*> parts);

  // The shape of a message nothing was added to; one per descriptor.
  const RowType* Message(const google::protobuf::Descriptor* message);

  // A new shape, to be extended while the rulebook is linked.
  RowType* NewRow(absl::string_view name, const google::protobuf::Descriptor* message);

  // The one type both fit: equal types; decimals of the widest scale and whole
  // part; null and what may be null; a value and its nullable; dyn and anything;
  // containers part by part; otherwise nullptr. dyn is never chosen for a mixture.
  const Type* Join(const Type* a, const Type* b);

 private:
  const Type* Intern(const Type& type);
  const Type* JoinParts(const Type& a, const Type& b);

  std::deque<Type> types_;
  std::map<std::vector<uint64_t>, const Type*> interned_;
  std::deque<RowType> rows_;
  std::map<const google::protobuf::Descriptor*, const RowType*> messages_;
  std::map<std::string, const RowType*, std::less<>> opaque_names_;
  const Type* simple_[static_cast<int>(TypeKind::kError) + 1] = {};
};

// As authors read it: "list(decimal)", "map(string, int)", "line", "int".
std::string TypeName(const Type& type);

// As type() says it of a value of the type: "int", "list", "google.protobuf.Timestamp".
std::string TypeValueName(const Type& type);

// Smallest size holding every value of both (whole parts and scales maximal).
// Digits are capped at 38 by giving up whole digits, never scale.
DecimalSize Widest(DecimalSize a, DecimalSize b);
DecimalSize SumSize(DecimalSize a, DecimalSize b);
DecimalSize ProductSize(DecimalSize a, DecimalSize b);  // scale may exceed 38: the caller reports it

}  // namespace assay

#endif  // ASSAY_LANG_TYPE_H_
