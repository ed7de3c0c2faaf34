// The syntax tree of an expression, as the parser makes it and the checker
// completes it.
//
// Macros stay macros: `xs.exists(x, p)` is one node, so that it can be run as one
// column operation. An Ast owns its nodes; nodes point at each other freely
// inside it. Written by the parser and the checker, then read-only.
#ifndef ASSAY_LANG_AST_H_
#define ASSAY_LANG_AST_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "base/civil.h"
#include "base/decimal.h"
#include "base/source.h"
#include "base/timestamp.h"
#include "calendar/business_calendar.h"
#include "lang/type.h"

namespace assay {

enum class Op : uint8_t;

enum class ExprKind : uint8_t {
  kConstant,
  kIdent,   // name (may be qualified once checked; leading '.' kept)
  kSelect,  // operand.name; `test_only` for has(operand.name)
  kCall,  // name(args…) or operand.name(args…); operators by their CEL names: "_+_", "_?_:_", "_[_]", "!_", "-_", "@in"
  kList,  // args
  kMap,   // args: key, value, key, value…
  kMessage,        // name { field: value }: field names in `fields`, values in args
  kComprehension,  // macro over operand; name as written, "exists_one" or "existsOne"
};

enum class Macro : uint8_t {
  kNone,
  kAll,
  kExists,
  kExistsOne,
  kMap,  // args: transform, or filter, transform
  kFilter,
  kSortBy,         // strings/lists library: args: key
  kTransformList,  // two-variable
  kTransformMap,
  kTransformMapEntry,
  kBind,        // cel.bind(var, operand, body): args: body
  kOptMap,      // optional operand: args: transform
  kOptFlatMap,  // optional operand: args: transform that is itself optional
};

// A constant: `kind` is the TypeKind of the literal; text in `text`.
struct Constant {
  TypeKind kind = TypeKind::kNull;
  bool bool_value = false;
  int64_t int_value = 0;  // kInt; kDate: days since 1970-01-01
  uint64_t uint_value = 0;
  double double_value = 0;
  Decimal decimal = {};  // kDecimal; for a kDouble literal its exact decimal, where it has one (`has_decimal`)
  bool has_decimal = false;
  Timestamp timestamp = {};
  Duration duration = {};
  std::string text;  // kString, kBytes (decoded); kDouble: the source text
};

// What a name or call turned out to be; filled by the checker.
struct Reference {
  enum class Kind : uint8_t {
    kNone,
    kVariable,      // `index`: of the environment's variable
    kLocal,         // a comprehension's variable: `comprehension` and which of its variables
    kConstant,      // enum value, type name: `constant`
    kField,         // a message field: `field`
    kVirtualField,  // `index`: VirtualField::id
    kFunction,      // `op`
    kHostFunction,  // `index`: of the environment's function (tables, scorecards)
    kMessage,       // the message that is made: `message`
  };
  Kind kind = Kind::kNone;
  int index = -1;
  Op op = {};
  struct Expr* comprehension = nullptr;
  const google::protobuf::FieldDescriptor* field = nullptr;
  const google::protobuf::Descriptor* message = nullptr;
  const Calendars* calendars = nullptr;  // kFunction that takes a calendar: the environment's
};

struct Expr {
  int id = 0;
  ExprKind kind = ExprKind::kConstant;
  SourceRange range = {};  // the whole expression, bytes of the expression's text
  SourceRange focus = {};  // what an issue points at: operator, member name
  std::string name;
  bool test_only = false;
  bool optional = false;  // `?.name`, `[?index]`
  Macro macro = Macro::kNone;
  Expr* operand = nullptr;
  std::vector<Expr*> args;
  std::vector<std::string> vars;       // kComprehension: one or two variable names
  std::vector<std::string> fields;     // kMessage
  std::vector<bool> optional_entries;  // kList, kMap, kMessage: which entries (not args) have `?`; or empty
  Constant constant;

  // From the checker.
  const Type* type = nullptr;
  Reference ref;
};

// The tree of one expression. Movable; nodes keep their addresses.
struct Ast {
  std::string text;
  std::deque<Expr> nodes;
  Expr* root = nullptr;

  Expr* New(ExprKind kind, SourceRange range) {
    nodes.emplace_back();
    Expr* expr = &nodes.back();
    expr->id = static_cast<int>(nodes.size());
    expr->kind = kind;
    expr->range = range;
    expr->focus = range;
    return expr;
  }
};

// "a.b.c" if the expression is nothing but names and dots, else "".
std::string QualifiedName(const Expr& expr);

}  // namespace assay

#endif  // ASSAY_LANG_AST_H_
