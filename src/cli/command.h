// The commands of `assay`, and what they share: arguments, rulebooks, and what they say.
//
// Each command returns the process's exit code: 0 done, 1 something is wrong with
// the input, 2 the call itself is wrong.
#ifndef ASSAY_CLI_COMMAND_H_
#define ASSAY_CLI_COMMAND_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "rulebook/compiled_rulebook.h"

namespace assay {

// `--name value` and `--name=value` by name, and all other words in order.
struct Arguments {
  std::map<std::string, std::string> options;
  std::vector<std::string> words;

  std::string Option(const std::string& name, const std::string& fallback) const;
};

// InvalidArgument for an option not among `known`, without its value, or given twice.
absl::StatusOr<Arguments> ParseArguments(const std::vector<std::string>& words, const std::vector<std::string>& known);

// Compiles a rulebook file against the standard entities, also the expressions of its tests if that is asked; nullptr
// after printing its issues on stderr. Where its parts stand goes to *sources, unless that is nullptr.
std::shared_ptr<const CompiledRulebook> LoadRulebook(const std::string& path, bool compiles_tests, SourceMap* sources);

// Shows on stderr, if it is a terminal, what is being done, in place of what was shown before; "" ends it.
void ShowProgress(const std::string& what);

// "1 rule", "2 rules".
std::string Counted(size_t count, const std::string& noun);

// Prints one line on stderr and returns `code`.
int Fail(int code, const std::string& message);

int CheckCommand(const std::vector<std::string>& words);
int ReviewCommand(const std::vector<std::string>& words);
int EvaluateCommand(const std::vector<std::string>& words);
// `grade`, `complaints`, `projects` and `worklist`: runs of standard rulebooks; nothing for another command.
std::optional<int> NamedEvaluationCommand(const std::string& command, const std::vector<std::string>& words);
int DiffCommand(const std::vector<std::string>& words);
int ExplainCommand(const std::vector<std::string>& words);
int EvalCommand(const std::vector<std::string>& words);
int FormatCommand(std::vector<std::string> words);
int TestCommand(const std::vector<std::string>& words);
int DocCommand(const std::vector<std::string>& words);
int SchemaCommand(const std::vector<std::string>& words);

}  // namespace assay

#endif  // ASSAY_CLI_COMMAND_H_
