// The `assay` command. It parses words and prints; everything else is the library's.
#include <iostream>

#include "cli/command.h"

namespace {

constexpr char kUsage[] =
    "usage: assay COMMAND\n"
    "  check RULEBOOK...\n"
    "  review --rulebook R --data DIR --orders F [--now T] [--threads N] [--checkpoint C] [--out DIR]\n"
    "         [--format text|json] [--lang en|zh]\n"
    "  explain --rulebook R --data DIR --orders F --order ID [--now T] [--checkpoint C]\n"
    "         [--format text|json] [--lang en|zh]\n"
    "  eval EXPR [--type MESSAGE --row JSON] [--engine columns|interp]\n";

}  // namespace

int main(int argc, char** argv) {
  const std::string command = argc > 1 ? argv[1] : "";
  const std::vector<std::string> words(argv + std::min(argc, 2), argv + argc);
  if (command == "check") return assay::CheckCommand(words);
  if (command == "review") return assay::ReviewCommand(words);
  if (command == "explain") return assay::ExplainCommand(words);
  if (command == "eval") return assay::EvalCommand(words);
  const bool asked = command == "help" || command == "--help";
  (asked ? std::cout : std::cerr) << kUsage;
  return asked ? 0 : 2;
}
