// `assay explain`: why an order was decided as it was, rule by rule. Entry point:
// ExplainCommand.
#include <iostream>

#include "absl/strings/str_cat.h"
#include "cli/open_session.h"
#include "cli/report.h"
#include "review/json.h"

namespace assay {

int ExplainCommand(const std::vector<std::string>& words) {
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
