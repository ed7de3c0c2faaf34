// The words of a rulebook that must exist: outcomes, reason codes, roles, and what messages name. Entry points:
// Compiler::OutcomeBy, ReasonBy, CheckScorecardReasons, CheckWords, KnownReason, KnownRole.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "base/suggest.h"
#include "rulebook/compiler.h"

namespace assay {
namespace {

// Adds the texts that an expression chooses among, where they are written out.
void AddWritten(const Expr& expr, std::vector<const Expr*>* written) {
  if (expr.kind == ExprKind::kConstant) {
    written->push_back(&expr);
  } else if (expr.ref.kind == Reference::Kind::kFunction && expr.ref.op == Op::kConditional) {
    AddWritten(*expr.args[1], written);
    AddWritten(*expr.args[2], written);
  }
}

template <typename Thing>
std::vector<absl::string_view> NamesOf(const std::map<std::string, Thing>& things) {
  std::vector<absl::string_view> names;
  names.reserve(things.size());
  for (const auto& [name, thing] : things) names.emplace_back(name);
  return names;
}

}  // namespace

// A text expression; what it chooses among must be known as far as it is written out.
PlannedValue Compiler::Chosen(const std::string& path, const std::string& text, int level, const char* noun,
                              const std::vector<absl::string_view>& known) {
  if (text.empty()) return {};
  const Ast* ast = CompileExpression({path, &text, Simple(TypeKind::kString)}, book_->names->inputs.env,
                                     loaded_.sources, book_->names.get(), issues_);
  if (ast == nullptr) return {};
  std::vector<const Expr*> written;
  AddWritten(*ast->root, &written);
  for (const Expr* word : written) {
    const std::string& name = word->constant.text;
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    Issue issue = loaded_.sources.MakeIssue(Severity::kError, path, word->range,
                                            absl::StrCat("no such ", noun, ": '", name, "'"));
    issue.suggestion = Nearest(name, known);
    issues_->Add(std::move(issue));
  }
  return PlannedWhole(path, *ast, level);
}

PlannedValue Compiler::OutcomeBy(const std::string& path, const v1::Rule& proto, int level) {
  return Chosen(path, proto.outcome_by(), level, "outcome", {"NOTE", "CUT", "HOLD", "REJECT"});
}

PlannedValue Compiler::ReasonBy(const std::string& path, const v1::Rule& proto, int level) {
  return Chosen(path, proto.reason_by(), level, "reason code", NamesOf(book_->reasons));
}

void Compiler::KnownRole(const std::string& name, const std::string& path) {
  if (book_->roles.contains(name)) return;
  Error(path, absl::StrCat("no such role: '", name, "'"), Nearest(name, NamesOf(book_->roles)));
}

void Compiler::KnownReason(const std::string& code, const std::string& path) {
  if (code.empty() || book_->reasons.contains(code)) return;
  Error(path, absl::StrCat("no such reason code: '", code, "'"), Nearest(code, NamesOf(book_->reasons)));
}

// Where the rulebook has reason codes, those of its scorecards are among them.
void Compiler::CheckScorecardReasons() {
  if (book_->reasons.empty()) return;
  for (int i = 0; i < book_->proto.scorecards_size(); ++i) {
    const v1::Scorecard& card = book_->proto.scorecards(i);
    for (int k = 0; k < card.characteristics_size(); ++k) {
      const v1::Characteristic& characteristic = card.characteristics(k);
      const std::string path = absl::StrCat("scorecards[", i, "].characteristics[", k, "]");
      KnownReason(characteristic.reason_code(), path + ".reason_code");
      for (int a = 0; a < characteristic.attributes_size(); ++a) {
        KnownReason(characteristic.attributes(a).reason_code(), absl::StrCat(path, ".attributes[", a, "].reason_code"));
      }
    }
  }
}

void Compiler::CheckWords(const v1::Rule& proto, const std::string& path) {
  if (!proto.route().empty()) KnownRole(proto.route(), path + ".route");
  KnownReason(proto.reason(), path + ".reason");
  CheckPlaceholders(proto, proto.message().en(), path + ".message.en");
  CheckPlaceholders(proto, proto.message().zh(), path + ".message.zh");
  const bool has_outcome =
      proto.outcome() != v1::OUTCOME_UNSPECIFIED || proto.at_size() > 0 || !proto.outcome_by().empty();
  if (!has_outcome) Error(path, absl::StrCat("a rule needs an outcome: '", proto.id(), "'"), "");
  for (const auto& [checkpoint, outcome] : proto.at()) {
    v1::Checkpoint parsed;
    if (v1::Checkpoint_Parse("CHECKPOINT_" + checkpoint, &parsed)) continue;
    Error(path + ".at", absl::StrCat("a checkpoint is ENTRY, REVIEW, PRINT or SHIP: '", checkpoint, "'"), "");
  }
}

// {name} in a message stands for a value the rule has; other braces are text.
void Compiler::CheckPlaceholders(const v1::Rule& proto, const std::string& text, const std::string& path) {
  std::vector<absl::string_view> known = {"expected", "actual", "difference", "line"};
  for (const auto& [name, value] : proto.values()) known.emplace_back(name);
  for (size_t open = text.find('{'); open != std::string::npos; open = text.find('{', open + 1)) {
    const size_t end = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_", open + 1);
    if (end == std::string::npos || text[end] != '}') continue;
    const absl::string_view name = absl::string_view(text).substr(open + 1, end - open - 1);
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    Error(path, absl::StrCat("the rule has no value for '{", name, "}'"), Nearest(name, known));
  }
}

}  // namespace assay
