// The tree as text. Entry point: Unparse. It writes what the parser reads, and never looks at the source text.
#include "lang/unparse.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "lang/token.h"

namespace assay {
namespace {

bool IsCallOf(const Expr& expr, absl::string_view function) {
  return expr.kind == ExprKind::kCall && expr.operand == nullptr && expr.name == function;
}

bool IsUnary(const Expr& expr) { return IsCallOf(expr, "!_") || IsCallOf(expr, "-_"); }

const BinaryOperator* BinaryOf(const Expr& expr) {
  const bool may_be = expr.kind == ExprKind::kCall && expr.operand == nullptr && expr.args.size() == 2;
  return may_be ? FindBinaryOperator(expr.name) : nullptr;
}

int PrecedenceOf(const Expr& expr) {
  if (const BinaryOperator* op = BinaryOf(expr)) return op->precedence;
  if (IsCallOf(expr, "_?_:_")) return kConditionalPrecedence;
  return IsUnary(expr) ? kUnaryPrecedence : kMemberPrecedence;
}

// An int or double literal, which a '-' before it would take for its own.
bool IsSignable(const Expr& expr) {
  if (expr.kind != ExprKind::kConstant) return false;
  return expr.constant.kind == TypeKind::kInt || expr.constant.kind == TypeKind::kDouble;
}

bool IsNegative(const Expr& expr) { return IsSignable(expr) && UnparseConstant(expr.constant)[0] == '-'; }

// Whether the text of a member chain begins with a literal without a sign.
bool BeginsWithSignable(const Expr& expr) {
  const Expr* first = &expr;
  for (;;) {
    if (first->kind == ExprKind::kSelect && first->test_only) return false;
    if (IsCallOf(*first, "_[_]")) {
      first = first->args[0];
    } else if (first->operand != nullptr && first->macro != Macro::kBind) {
      first = first->operand;
    } else {
      break;
    }
    if (PrecedenceOf(*first) < kMemberPrecedence || IsNegative(*first)) return false;  // written in parentheses
  }
  return IsSignable(*first) && !IsNegative(*first);
}

class Unparser {
 public:
  std::string Take() { return std::move(out_); }

  // In parentheses if the expression binds less tightly than `precedence`.
  void Write(const Expr& expr, int precedence) { Enclose(expr, PrecedenceOf(expr) < precedence); }

 private:
  void Enclose(const Expr& expr, bool in_parentheses) {
    if (in_parentheses) out_ += '(';
    WriteBare(expr);
    if (in_parentheses) out_ += ')';
  }

  void WriteBare(const Expr& expr) {
    switch (expr.kind) {
      case ExprKind::kConstant:
        out_ += UnparseConstant(expr.constant);
        return;
      case ExprKind::kIdent:
        return WriteName(expr.name);
      case ExprKind::kSelect:
        return WriteSelect(expr);
      case ExprKind::kCall:
        return WriteCall(expr);
      case ExprKind::kList:
      case ExprKind::kMap:
      case ExprKind::kMessage:
        return WriteEntries(expr);
      case ExprKind::kComprehension:
        return WriteMacro(expr);
    }
  }

  // The names that cel.index, cel.iterVar and cel.accuVar made are written as these.
  void WriteName(absl::string_view name) {
    absl::string_view numbers = name;
    if (absl::ConsumePrefix(&numbers, "@index")) {
      absl::StrAppend(&out_, "cel.index(", numbers, ")");
    } else if (absl::ConsumePrefix(&numbers, "@it:") || absl::ConsumePrefix(&numbers, "@ac:")) {
      const size_t colon = numbers.find(':');
      absl::StrAppend(&out_, name[1] == 'i' ? "cel.iterVar(" : "cel.accuVar(", numbers.substr(0, colon), ", ",
                      numbers.substr(colon + 1), ")");
    } else {
      absl::StrAppend(&out_, name);
    }
  }

  // What a '.' or '[' stands behind. A sign there would seem to belong to the whole chain.
  void WriteOperand(const Expr& expr) { Enclose(expr, PrecedenceOf(expr) < kMemberPrecedence || IsNegative(expr)); }

  void WriteFieldName(absl::string_view name) {
    if (IsPlainFieldName(name)) {
      absl::StrAppend(&out_, name);
    } else {
      absl::StrAppend(&out_, "`", name, "`");
    }
  }

  void WriteSelect(const Expr& expr) {
    if (expr.test_only) out_ += "has(";
    WriteOperand(*expr.operand);
    out_ += expr.optional ? ".?" : ".";
    WriteFieldName(expr.name);
    if (expr.test_only) out_ += ')';
  }

  void WriteCall(const Expr& expr) {
    if (const BinaryOperator* op = BinaryOf(expr)) return WriteBinary(expr, *op);
    if (IsCallOf(expr, "_?_:_")) return WriteConditional(expr);
    if (IsUnary(expr)) return WriteUnary(expr);
    if (IsCallOf(expr, "_[_]")) {
      WriteOperand(*expr.args[0]);
      out_ += expr.optional ? "[?" : "[";
      Write(*expr.args[1], kConditionalPrecedence);
      out_ += ']';
      return;
    }
    if (expr.operand != nullptr) {
      WriteOperand(*expr.operand);
      out_ += '.';
    }
    absl::StrAppend(&out_, expr.name, "(");
    WriteArguments(expr.args);
  }

  // Up to the closing parenthesis.
  void WriteArguments(const std::vector<Expr*>& args) {
    for (size_t i = 0; i < args.size(); ++i) {
      if (i != 0) out_ += ", ";
      Write(*args[i], kConditionalPrecedence);
    }
    out_ += ')';
  }

  void WriteConditional(const Expr& expr) {
    Write(*expr.args[0], kOrPrecedence);
    out_ += " ? ";
    Write(*expr.args[1], kOrPrecedence);
    out_ += " : ";
    Write(*expr.args[2], kConditionalPrecedence);
  }

  void WriteUnary(const Expr& expr) {
    const Expr& operand = *expr.args[0];
    const bool is_minus = expr.name == "-_";
    out_ += is_minus ? '-' : '!';
    const bool is_other_unary = IsUnary(operand) && operand.name != expr.name;
    const bool would_take_sign = is_minus && BeginsWithSignable(operand);
    Enclose(operand, PrecedenceOf(operand) < kUnaryPrecedence || is_other_unary || would_take_sign);
  }

  void WriteBinary(const Expr& expr, const BinaryOperator& op) {
    if (op.precedence <= kAndPrecedence) return WriteChain(expr, op, ChainLengths(expr, op).back());
    Write(*expr.args[0], op.precedence);
    absl::StrAppend(&out_, " ", op.spelling, " ");
    Write(*expr.args[1], op.precedence + 1);
  }

  // The parser makes a balanced tree of a chain a && b && c …, so only such a tree can be written as one. These are the
  // numbers of operands, ascending, for which the tree has the shape the parser would make; 1 is the tree itself.
  static std::vector<int> ChainLengths(const Expr& expr, const BinaryOperator& op) {
    std::vector<int> lengths = {1};
    if (BinaryOf(expr) != &op) return lengths;
    const std::vector<int> left = ChainLengths(*expr.args[0], op);
    const std::vector<int> right = ChainLengths(*expr.args[1], op);
    for (int length : right) {  // the left half has as many operands, or one more
      for (int extra = 0; extra <= 1; ++extra) {
        if (std::binary_search(left.begin(), left.end(), length + extra)) lengths.push_back(2 * length + extra);
      }
    }
    return lengths;
  }

  // A chain of `length` operands, one of ChainLengths.
  void WriteChain(const Expr& expr, const BinaryOperator& op, int length) {
    if (length == 1) return Write(expr, op.precedence + 1);
    WriteChain(*expr.args[0], op, (length + 1) / 2);
    absl::StrAppend(&out_, " ", op.spelling, " ");
    WriteChain(*expr.args[1], op, length / 2);
  }

  void WriteEntries(const Expr& expr) {
    const bool is_list = expr.kind == ExprKind::kList;
    const size_t args_per_entry = expr.kind == ExprKind::kMap ? 2 : 1;
    if (expr.kind == ExprKind::kMessage) out_ += expr.name;
    out_ += is_list ? '[' : '{';
    for (size_t i = 0; i < expr.args.size() / args_per_entry; ++i) {
      if (i != 0) out_ += ", ";
      if (!expr.optional_entries.empty() && expr.optional_entries[i]) out_ += '?';
      if (expr.kind == ExprKind::kMessage) WriteFieldName(expr.fields[i]);
      if (expr.kind == ExprKind::kMap) Write(*expr.args[2 * i], kConditionalPrecedence);
      if (!is_list) out_ += ": ";
      Write(*expr.args[args_per_entry * i + args_per_entry - 1], kConditionalPrecedence);
    }
    out_ += is_list ? ']' : '}';
  }

  void WriteMacro(const Expr& expr) {
    const bool is_bind = expr.macro == Macro::kBind;
    if (is_bind) {
      out_ += "cel";
    } else {
      WriteOperand(*expr.operand);
    }
    absl::StrAppend(&out_, ".", expr.name, "(");
    for (const std::string& variable : expr.vars) {
      WriteName(variable);
      out_ += ", ";
    }
    if (is_bind) {
      Write(*expr.operand, kConditionalPrecedence);
      out_ += ", ";
    }
    WriteArguments(expr.args);
  }

  std::string out_;
};

}  // namespace

std::string Unparse(const Expr& expr) {
  Unparser unparser;
  unparser.Write(expr, kConditionalPrecedence);
  return unparser.Take();
}

}  // namespace assay
