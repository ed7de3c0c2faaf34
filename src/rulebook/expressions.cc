// Parsing and checking of one expression of a rulebook, with issues at its place in
// the file. Entry points: CompileExpression, MoveIssues, ReadDay.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "base/civil.h"
#include "interp/folder.h"
#include "lang/checker.h"
#include "lang/parser.h"
#include "rulebook/names.h"

namespace assay {

void MoveIssues(const IssueList& from, absl::string_view path, absl::string_view text, int32_t lead,
                const SourceMap& sources, IssueList* to) {
  absl::StatusOr<SourceText> source = SourceText::Create("", std::string(text));
  for (const Issue& issue : from.issues()) {
    SourceRange range = {0, static_cast<int32_t>(text.size())};
    if (source.ok() && issue.line > 0) {
      range.begin = source->OffsetOf({issue.line, issue.column});
      range.end = source->OffsetOf({issue.line, issue.column + std::max(issue.length, 1)});
    }
    range.begin = std::max(range.begin - lead, 0);
    range.end = std::max(range.end - lead, range.begin);
    Issue moved = sources.MakeIssue(issue.severity, path, range, issue.message);
    moved.suggestion = issue.suggestion;
    to->Add(std::move(moved));
  }
}

int32_t ReadDay(const std::string& text, const std::string& path, int32_t open, const SourceMap& sources,
                IssueList* issues) {
  int32_t day = open;
  if (text.empty() || ParseDate(text.data(), text.size(), &day) == DateParse::kOk) return day;
  issues->Add(sources.MakeIssue(Severity::kError, path, absl::StrCat("not a date YYYY-MM-DD: '", text, "'")));
  return open;
}

const Ast* CompileExpression(const ExpressionSite& site, const Environment& env, const SourceMap& sources, Names* names,
                             IssueList* issues) {
  IssueList own;
  absl::StatusOr<SourceText> source = SourceText::Create("", *site.text);
  std::optional<Ast> ast;
  if (source.ok()) {
    ast = Parse(*source, env.limits, &own);
  } else {
    issues->Add(sources.MakeIssue(Severity::kError, site.path, std::string(source.status().message())));
    return nullptr;
  }
  if (ast.has_value()) {
    ast->text = *site.text;
    names->asts.push_back(std::move(*ast));
    if (Check(env, *source, site.expected, &names->asts.back(), &own)) {
      Fold(env.schema, env.types, &names->asts.back());
      return &names->asts.back();
    }
  }
  MoveIssues(own, site.path, *site.text, 0, sources, issues);
  return nullptr;
}

}  // namespace assay
