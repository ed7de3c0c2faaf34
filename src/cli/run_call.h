// What commands that run a rulebook over data are called with. Entry point: ReadRunCall.
#ifndef ASSAY_CLI_RUN_CALL_H_
#define ASSAY_CLI_RUN_CALL_H_

#include <string>
#include <vector>

#include "base/timestamp.h"
#include "cli/command.h"

namespace assay {

struct RunCall {
  Arguments arguments;
  bool json = false;     // --format
  std::string language;  // --lang: en or zh
  Timestamp now;         // --now, else the clock as it was
  int threads = 1;       // --threads
};

// Reads --data, --now, --threads, --format and --lang, and those of `more`; `needed` must be there. 0, or the exit code
// after one line on stderr.
int ReadRunCall(const std::string& command, const std::vector<std::string>& words, std::vector<std::string> more,
                const std::vector<std::string>& needed, RunCall* call);

}  // namespace assay

#endif  // ASSAY_CLI_RUN_CALL_H_
