// Host, compiler, commit, as a measurement needs them beside it. Entry point: PrintHost.
#include "bench/bench_host.h"

#include <sys/utsname.h>

#include <cstdio>
#include <fstream>
#include <string>
#include <thread>

namespace assay {
namespace {

std::string Processor() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    if (line.rfind("model name", 0) == 0) return line.substr(line.find(':') + 2);
  }
  return "unknown processor";
}

std::string Commit() {
  char text[128] = "unknown\n";
  if (FILE* pipe = popen("git -C '" ASSAY_SOURCE_DIR "' describe --always --dirty 2>&1", "r"); pipe != nullptr) {
    if (std::fgets(text, sizeof(text), pipe) == nullptr) text[0] = '\n';
    pclose(pipe);
  }
  return text;
}

}  // namespace

void PrintHost() {
  utsname host = {};
  uname(&host);
  std::printf("host: %s %s, %s, %u processors\n", host.sysname, host.machine, Processor().c_str(),
              std::thread::hardware_concurrency());
  std::printf("compiler: g++ %s\ncommit: %s", __VERSION__, Commit().c_str());
}

}  // namespace assay
