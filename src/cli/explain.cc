// `assay explain`: why an order was decided as it was, rule by rule. Entry point:
// ExplainCommand.
#include <iostream>

#include "absl/strings/str_cat.h"
#include "cli/open_session.h"
#include "cli/report.h"
#include "review/json.h"

namespace assay {

int ExplainCommand(const std::vector<std::string>& words) {
  absl::StatusOr<Arguments> arguments =
      ParseArguments(words, {"rulebook", "data", "orders", "order", "now", "threads", "checkpoint", "format", "lang"});
  if (!arguments.ok()) return Fail(2, std::string(arguments.status().message()));
  for (const char* needed : {"rulebook", "data", "orders", "order"}) {
    if (arguments->Option(needed, "").empty()) return Fail(2, absl::StrCat("assay explain needs --", needed));
  }
  const std::string format = arguments->Option("format", "text");
  const std::string language = arguments->Option("lang", "en");
  if (format != "text" && format != "json") return Fail(2, "--format is text or json");
  if (language != "en" && language != "zh") return Fail(2, "--lang is en or zh");
  const std::shared_ptr<const CompiledRulebook> book = LoadRulebook(arguments->Option("rulebook", ""));
  if (book == nullptr) return 1;
  absl::StatusOr<std::unique_ptr<Session>> session = OpenSession(book, *arguments);
  if (!session.ok()) return Fail(1, std::string(session.status().message()));
  absl::StatusOr<v1::Explanation> explanation = (*session)->ExplainOrder(arguments->Option("order", ""));
  if (!explanation.ok()) return Fail(1, std::string(explanation.status().message()));
  std::cout << (format == "json" ? absl::StrCat(JsonOf(*explanation), "\n")
                                 : ExplanationReport(*explanation, language));
  return 0;
}

}  // namespace assay
