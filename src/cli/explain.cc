// `assay explain`: why an order was decided, or another row was judged, as it was, rule by rule. Entry point:
// ExplainCommand.
#include <algorithm>
#include <iostream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cli/open_evaluation.h"
#include "cli/open_session.h"
#include "cli/report.h"
#include "evaluate/json.h"

namespace assay {
namespace {

// Of an evaluation: --row ID.
bool IsOfRow(const std::string& word) { return word == "--row" || absl::StartsWith(word, "--row="); }

int ExplainRowCommand(const std::vector<std::string>& words) {
  EvaluationCall call;
  const int code = BeginEvaluation("explain", "", words, {"row"}, {"rulebook", "data", "row"}, &call);
  if (code != 0) return code;
  const absl::StatusOr<v1::EvaluationExplanation> explanation =
      ExplainRow(call.book, call.snapshot, call.rows, call.arguments.Option("row", ""), call.options);
  ShowProgress("");
  if (!explanation.ok()) return Fail(1, std::string(explanation.status().message()));
  std::cout << (call.json ? absl::StrCat(JsonOf(*explanation), "\n")
                          : RowExplanationReport(*call.book, *explanation, call.language));
  return 0;
}

}  // namespace

int ExplainCommand(const std::vector<std::string>& words) {
  if (std::any_of(words.begin(), words.end(), IsOfRow)) return ExplainRowCommand(words);
  ReviewCall call;
  const int code = BeginReview("explain", words, {"order"}, {"rulebook", "data", "orders", "order"}, &call);
  if (code != 0) return code;
  absl::StatusOr<v1::Explanation> explanation = call.session->ExplainOrder(call.arguments.Option("order", ""));
  ShowProgress("");
  if (!explanation.ok()) return Fail(1, std::string(explanation.status().message()));
  std::cout << (call.json ? absl::StrCat(JsonOf(*explanation), "\n")
                          : ExplanationReport(*call.book, *explanation, call.language));
  return 0;
}

}  // namespace assay
