// The `assay` command. It parses words and prints; everything else is the library's.
#include <algorithm>
#include <iostream>

#include "base/version.h"
#include "calendar/embedded_zones.h"
#include "cli/command.h"

namespace {

constexpr char kUsage[] =
    "usage: assay COMMAND\n"
    "  check [--merged] [--severity CODE=error|warning|note|off[,...]] [--steps N] [--format text|json]\n"
    "         [--data DIR [--orders F]] RULEBOOK...\n"
    "  review --rulebook R --data DIR --orders F [--now T] [--threads N] [--checkpoint C] [--out DIR]\n"
    "         [--format text|json] [--lang en|zh]\n"
    "  evaluate --rulebook R --data DIR [--rows F] [--now T] [--threads N] [--out DIR] [--format text|json]\n"
    "         [--lang en|zh]\n"
    "  grade|complaints|projects|worklist --data DIR [...]: evaluate with a standard rulebook\n"
    "  diff OLD NEW --data DIR --orders F [--now T] [--threads N] [--checkpoint C] [--format text|json]\n"
    "         [--lang en|zh]\n"
    "  explain --rulebook R --data DIR --orders F --order ID [--now T] [--threads N] [--checkpoint C]\n"
    "         [--format text|json] [--lang en|zh]\n"
    "  explain --rulebook R --data DIR [--rows F] --row ID [--now T] [--threads N] [--format text|json]\n"
    "         [--lang en|zh]\n"
    "  eval [--type MESSAGE --row JSON] [--calendars FILE] [--engine columns|interp] [--] EXPR\n"
    "  fmt [--check] RULEBOOK... | -\n"
    "  test RULEBOOK [NAME...] [--junit FILE] [--format text|json] [--coverage report|total]\n"
    "  doc RULEBOOK... -o DIR [--lang en|zh|both]\n"
    "  schema\n"
    "  --version\n"
    "--now is a moment as 2026-11-20T09:00:00+08:00; without it the system's clock. --checkpoint is ENTRY, REVIEW "
    "(also\n"
    "without it), PRINT or SHIP. DIR holds one NAME.jsonl or NAME.binpb for each dataset.\n"
    "Without --rows the rows are the file in DIR that is called as the rulebook's input.\n";

bool IsHelp(const std::string& word) { return word == "--help" || word == "-h"; }

// Behind "--" a word is what it says.
bool AsksForHelp(const std::vector<std::string>& words) {
  return std::any_of(words.begin(), std::find(words.begin(), words.end(), "--"), IsHelp);
}

int RunCommand(const std::string& command, const std::vector<std::string>& words) {
  if (command == "help" || IsHelp(command) || AsksForHelp(words)) {
    std::cout << kUsage;
    return 0;
  }
  if (command == "--version") {
    std::cout << "assay " << assay::kVersion << ", time zones " << assay::ZoneDataVersion() << "\n";
    return 0;
  }
  if (command == "check") return assay::CheckCommand(words);
  if (command == "review") return assay::ReviewCommand(words);
  if (command == "evaluate") return assay::EvaluateCommand(words);
  if (const std::optional<int> code = assay::NamedEvaluationCommand(command, words)) return *code;
  if (command == "diff") return assay::DiffCommand(words);
  if (command == "explain") return assay::ExplainCommand(words);
  if (command == "eval") return assay::EvalCommand(words);
  if (command == "test") return assay::TestCommand(words);
  if (command == "doc") return assay::DocCommand(words);
  if (command == "schema") return assay::SchemaCommand(words);
  if (command == "fmt") return assay::FormatCommand(words);
  if (!command.empty()) assay::Fail(2, "no such command: " + command);
  std::cerr << kUsage;
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string command = argc > 1 ? argv[1] : "";
  const std::vector<std::string> words(argv + std::min(argc, 2), argv + argc);
  const int code = RunCommand(command, words);
  // A full disk or a closed pipe behind the output is no success.
  if (std::cout.flush()) return code;
  return code == 0 ? assay::Fail(1, "the output cannot be written") : code;
}
