// What `evaluate`, its named runs and `explain --row` run: rulebook, data, rows and clock as the command's options name
// them. Entry points: BeginEvaluation, StandardRulebook.
#ifndef ASSAY_CLI_OPEN_EVALUATION_H_
#define ASSAY_CLI_OPEN_EVALUATION_H_

#include <memory>
#include <string>
#include <vector>

#include "cli/run_call.h"
#include "evaluate/evaluation.h"

namespace assay {

struct EvaluationCall : RunCall {
  EvaluationSettings options;
  std::shared_ptr<const CompiledRulebook> book;
  std::shared_ptr<const Snapshot> snapshot;
  std::shared_ptr<const RowBytes> row_bytes;
  std::vector<absl::string_view> rows;  // of these
};

// Reads --data, --rows, --now, --threads, --format and --lang, those of `more`, and what they name; `needed` must be
// there. The rulebook is that of --rulebook, else of `rulebook`. Without --rows they are the file in the data that is
// called as the input, else that of a dataset whose rows are such messages. 0, or the exit code after one line on
// stderr.
int BeginEvaluation(const std::string& command, const std::string& rulebook, const std::vector<std::string>& words,
                    std::vector<std::string> more, const std::vector<std::string>& needed, EvaluationCall* call);

// The path of a rulebook of rules/standard, beside the installed program or in the source tree that it was built in.
// NotFound if there is no such file.
absl::StatusOr<std::string> StandardRulebook(const std::string& file);

}  // namespace assay

#endif  // ASSAY_CLI_OPEN_EVALUATION_H_
