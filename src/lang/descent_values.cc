// Values and what stands behind them: members, indexes, calls, literals, brackets. Entry point:
// DescentParser::ParseMember. Macros are recognised as soon as their call is closed.
#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "lang/descent_parser.h"
#include "lang/literals.h"
#include "lang/macros.h"

namespace assay {
namespace {

bool IsWord(TokenKind kind) { return kind == TokenKind::kIdentifier || kind == TokenKind::kReserved; }

// Words that the grammar itself uses.
bool IsKeyword(TokenKind kind) {
  return kind == TokenKind::kIn || kind == TokenKind::kTrue || kind == TokenKind::kFalse || kind == TokenKind::kNull;
}

// Without its back quotes.
std::string FieldName(absl::string_view written) {
  return std::string(written[0] == '`' ? written.substr(1, written.size() - 2) : written);
}

}  // namespace

Expr* DescentParser::ParseMember() {
  bool is_name = false;  // a plain a.b.c, which may name a message type
  Expr* expr = ParsePrimary(&is_name);
  for (;;) {
    switch (tokens_.Peek().kind) {
      case TokenKind::kDot:
        expr = ParseSelect(expr, &is_name);
        break;
      case TokenKind::kLeftBracket:
        if (EndsRange()) return expr;
        expr = ParseIndex(expr);
        is_name = false;
        break;
      case TokenKind::kLeftBrace:
        if (!is_name || expr == nullptr) return expr;
        expr = ParseMessage(*expr);
        is_name = false;
        break;
      default:
        return expr;
    }
  }
}

Expr* DescentParser::ParseSelect(Expr* operand, bool* is_name) {
  tokens_.Take();
  const bool is_optional = tokens_.TakeIf(TokenKind::kQuestion);
  const Token name = tokens_.Peek();
  *is_name &= !is_optional && name.kind != TokenKind::kQuotedName;
  if (!IsWord(name.kind) && name.kind != TokenKind::kQuotedName) {
    Unexpected(IsKeyword(name.kind) ? "a field name, or a keyword in back quotes, after '.'"
                                    : "a field name after '.'");
    if (IsKeyword(name.kind) || name.kind == TokenKind::kInvalid) tokens_.Take();
    return nullptr;
  }
  tokens_.Take();
  if (tokens_.Peek().kind == TokenKind::kLeftParenthesis && !is_optional && IsWord(name.kind)) {
    *is_name = false;
    const int32_t begin = operand == nullptr ? 0 : operand->range.begin;
    return ParseCall(operand, true, std::string(tokens_.TextOf(name)), name.range, begin);
  }
  if (operand == nullptr) return nullptr;
  Expr* select = tree_.New(ExprKind::kSelect, {operand->range.begin, name.range.end});
  if (select == nullptr) return nullptr;
  select->focus = name.range;
  select->name = FieldName(tokens_.TextOf(name));
  select->operand = operand;
  select->optional = is_optional;
  return tree_.Finish(select);
}

Expr* DescentParser::ParseIndex(Expr* operand) {
  const Token open = tokens_.Take();
  const bool is_optional = tokens_.TakeIf(TokenKind::kQuestion);
  Expr* index = ParseEnclosed(open);
  if (operand == nullptr || index == nullptr) return nullptr;
  const SourceRange focus = {open.range.begin, tokens_.end_of_last()};
  Expr* call = tree_.Call("_[_]", operand->range.begin, focus, {operand, index});
  if (call == nullptr) return nullptr;
  call->range.end = tokens_.end_of_last();
  call->optional = is_optional;
  return call;
}

Expr* DescentParser::ParseCall(Expr* operand, bool is_member, std::string name, SourceRange name_range, int32_t begin) {
  const Token open = tokens_.Take();
  std::vector<Expr*> args;
  const auto parse_argument = [&] { return args.emplace_back(ParseExpr()) != nullptr; };
  if (!ParseEntries(open, false, parse_argument) || (is_member && operand == nullptr)) return nullptr;
  Expr* call = tree_.New(ExprKind::kCall, {begin, tokens_.end_of_last()});
  if (call == nullptr) return nullptr;
  call->focus = name_range;
  call->name = std::move(name);
  call->operand = operand;
  call->args = std::move(args);
  return ApplyMacro(call, errors_, &tree_) ? tree_.Finish(call) : nullptr;
}

// -- Primaries -------------------------------------------------------------------------------------------------------

Expr* DescentParser::ParsePrimary(bool* is_name) {
  Expr* expr = nullptr;
  switch (tokens_.Peek().kind) {
    case TokenKind::kDot:
    case TokenKind::kIdentifier:
    case TokenKind::kReserved:
      expr = ParseName();
      *is_name = expr != nullptr && expr->kind == ExprKind::kIdent;
      return expr;
    case TokenKind::kInt:
    case TokenKind::kUint:
    case TokenKind::kDouble:
    case TokenKind::kString:
    case TokenKind::kBytes:
    case TokenKind::kTrue:
    case TokenKind::kFalse:
    case TokenKind::kNull:
      return ParseLiteral(false);
    case TokenKind::kMinus:
      if (IsSignedNumber(tokens_.PeekSecond().kind)) return ParseLiteral(true);
      return Unexpected("a value, or parentheses between '!' and '-'");
    case TokenKind::kNot:
      return Unexpected("a value, or parentheses between '-' and '!'");
    case TokenKind::kLeftParenthesis:
      return ParseParenthesized();
    case TokenKind::kLeftBracket:
      return ParseList();
    case TokenKind::kLeftBrace:
      return ParseMap();
    case TokenKind::kInvalid:
      tokens_.Take();
      return nullptr;
    default:
      return Unexpected("a value");
  }
}

Expr* DescentParser::ParseName() {
  const int32_t begin = tokens_.Peek().range.begin;
  const bool is_rooted = tokens_.TakeIf(TokenKind::kDot);
  const Token token = tokens_.Peek();
  if (token.kind != TokenKind::kIdentifier && token.kind != TokenKind::kReserved) return Unexpected("a name after '.'");
  tokens_.Take();
  const absl::string_view text = tokens_.TextOf(token);
  const TokenKind next = tokens_.Peek().kind;
  if (absl::EqualsIgnoreCase(text, "not") && (next == TokenKind::kIdentifier || next == TokenKind::kTrue)) {
    errors_->Add(token.range, absl::StrCat("'", text, "' is no operator: write '!'"));
    return ParseMember();
  }
  if (token.kind == TokenKind::kReserved) {
    errors_->Add(token.range, absl::StrCat(text == "if" ? "a choice is written 'condition ? value : other'"
                                                        : "a reserved word cannot name a variable or a function",
                                           ": '", text, "'"));
  }
  std::string name = absl::StrCat(is_rooted ? "." : "", text);
  const SourceRange range = {begin, token.range.end};
  if (next == TokenKind::kLeftParenthesis) return ParseCall(nullptr, false, std::move(name), range, begin);
  if (token.kind == TokenKind::kReserved) return nullptr;
  Expr* ident = tree_.New(ExprKind::kIdent, range);
  if (ident != nullptr) ident->name = std::move(name);
  return ident;
}

Expr* DescentParser::ParseLiteral(bool is_negative) {
  const int32_t begin = tokens_.Peek().range.begin;
  if (is_negative) tokens_.Take();
  const Token token = tokens_.Take();
  std::optional<Constant> constant = DecodeLiteral(token, is_negative, errors_);
  if (!constant.has_value()) return nullptr;
  Expr* expr = tree_.New(ExprKind::kConstant, {begin, token.range.end});
  if (expr != nullptr) expr->constant = *std::move(constant);
  return expr;
}

Expr* DescentParser::ParseParenthesized() {
  const Token open = tokens_.Take();
  Expr* expr = ParseEnclosed(open);
  if (expr == nullptr) return nullptr;
  expr->range = {open.range.begin, tokens_.end_of_last()};
  return expr;
}

// -- Brackets --------------------------------------------------------------------------------------------------------

Expr* DescentParser::ParseEnclosed(const Token& open) {
  Open(open);
  Expr* expr = ParseExpr();
  if (expr == nullptr) tokens_.SkipToSeparator();
  return Close(open, expr != nullptr) ? expr : nullptr;
}

bool DescentParser::ParseEntries(const Token& open, bool may_trail, const std::function<bool()>& entry) {
  const TokenKind close = MatchingBracket(open.kind);
  bool is_well = true;
  Open(open);
  while (tokens_.Peek().kind != close && tokens_.Peek().kind != TokenKind::kEnd) {
    const bool is_whole = entry();
    if (is_whole && tokens_.Peek().kind != TokenKind::kComma && tokens_.Peek().kind != close) {
      ReportUnclosed(open, "',' or ");
      is_well = false;
    }
    is_well &= is_whole;
    tokens_.SkipToSeparator();
    if (!tokens_.TakeIf(TokenKind::kComma)) break;
    if (!may_trail && tokens_.Peek().kind == close) {
      Unexpected("a value after ','");
      is_well = false;
    }
  }
  return Close(open, is_well) && is_well;
}

void DescentParser::ReportUnclosed(const Token& open, absl::string_view alternative) {
  const absl::string_view text = errors_->text().substr(open.range.begin, tokens_.end_of_last() - open.range.begin);
  Unexpected(
      absl::StrCat(alternative, "'", SpellingOf(MatchingBracket(open.kind)), "' to close ", QuoteShort(text, 16)));
}

// Where the bracket is missing, everything up to it is skipped, or up to one of another kind that is still awaited.
bool DescentParser::Close(const Token& open, bool is_well) {
  const TokenKind close = MatchingBracket(open.kind);
  --awaited_[static_cast<int>(close)];
  if (tokens_.TakeIf(close)) return true;
  if (is_well) ReportUnclosed(open, "");
  tokens_.SkipToSeparator();
  while (tokens_.TakeIf(TokenKind::kComma)) tokens_.SkipToSeparator();
  const TokenKind found = tokens_.Peek().kind;
  if (found == close || awaited_[static_cast<int>(found)] == 0) tokens_.Take();
  return false;
}

Expr* DescentParser::MakeEntries(ExprKind kind, int32_t begin, Entries entries) {
  Expr* expr = tree_.New(kind, {begin, tokens_.end_of_last()});
  if (expr == nullptr) return nullptr;
  expr->args = std::move(entries.args);
  expr->fields = std::move(entries.fields);
  const bool has_optional = std::find(entries.optional.begin(), entries.optional.end(), true) != entries.optional.end();
  if (has_optional) expr->optional_entries = std::move(entries.optional);
  return tree_.Finish(expr);
}

Expr* DescentParser::ParseList() {
  const Token open = tokens_.Take();
  Entries entries;
  const auto parse_element = [&] {
    entries.optional.push_back(tokens_.TakeIf(TokenKind::kQuestion));
    return entries.args.emplace_back(ParseExpr()) != nullptr;
  };
  if (!ParseEntries(open, true, parse_element)) return nullptr;
  return MakeEntries(ExprKind::kList, open.range.begin, std::move(entries));
}

Expr* DescentParser::ParseMap() {
  const Token open = tokens_.Take();
  Entries entries;
  const auto parse_entry = [&] {
    entries.optional.push_back(tokens_.TakeIf(TokenKind::kQuestion));
    const bool has_key = entries.args.emplace_back(ParseExpr()) != nullptr;
    if (!tokens_.TakeIf(TokenKind::kColon)) {
      if (has_key) Unexpected("':' and a value after the key");
      return false;
    }
    return entries.args.emplace_back(ParseExpr()) != nullptr && has_key;
  };
  if (!ParseEntries(open, true, parse_entry)) return nullptr;
  return MakeEntries(ExprKind::kMap, open.range.begin, std::move(entries));
}

Expr* DescentParser::ParseMessage(const Expr& type_name) {
  const Token open = tokens_.Take();
  Entries entries;
  if (!ParseEntries(open, true, [&] { return ParseField(&entries); })) return nullptr;
  Expr* message = MakeEntries(ExprKind::kMessage, type_name.range.begin, std::move(entries));
  if (message == nullptr) return nullptr;
  message->name = QualifiedName(type_name);
  message->focus = type_name.range;
  return message;
}

bool DescentParser::ParseField(Entries* entries) {
  entries->optional.push_back(tokens_.TakeIf(TokenKind::kQuestion));
  const Token name = tokens_.Peek();
  if (!IsWord(name.kind) && name.kind != TokenKind::kQuotedName) return Unexpected("a field name") != nullptr;
  tokens_.Take();
  entries->fields.push_back(FieldName(tokens_.TextOf(name)));
  if (!tokens_.TakeIf(TokenKind::kColon)) {
    return Unexpected(absl::StrCat("':' after the field name '", entries->fields.back(), "'")) != nullptr;
  }
  return entries->args.emplace_back(ParseExpr()) != nullptr;
}

}  // namespace assay
