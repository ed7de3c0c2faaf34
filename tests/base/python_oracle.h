// What a Python script prints, line by line: the other side of the tests that compare with Python's own libraries.
// Entry points: PythonOracle::NextLine, FromEnvironment. For one thread of a test program.
#ifndef ASSAY_TESTS_BASE_PYTHON_ORACLE_H_
#define ASSAY_TESTS_BASE_PYTHON_ORACLE_H_

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace assay {

// The integer that the environment variable `name` holds, or `otherwise`.
inline int FromEnvironment(const char* name, int otherwise) {
  const char* text = std::getenv(name);
  int value = otherwise;
  return text != nullptr && absl::SimpleAtoi(text, &value) ? value : otherwise;
}

class PythonOracle {
 public:
  // Starts tests/FOLDER/SCRIPT.py with those words.
  PythonOracle(absl::string_view script, absl::string_view words)
      : pipe_(popen(absl::StrCat("python3 '", ASSAY_SOURCE_DIR, "/tests/", script, "' ", words).c_str(), "r")) {
    if (pipe_ != nullptr) std::setvbuf(pipe_.get(), nullptr, _IOFBF, size_t{1} << 18);
  }
  ~PythonOracle() { std::free(line_); }
  PythonOracle(const PythonOracle&) = delete;
  PythonOracle& operator=(const PythonOracle&) = delete;

  // Without its end of line; valid until the next call. False after the last one.
  bool NextLine(absl::string_view* line) {
    if (pipe_ == nullptr) return false;
    const ssize_t size = getline(&line_, &capacity_, pipe_.get());
    if (size <= 0) return false;
    const bool ends = line_[size - 1] == '\n';
    *line = absl::string_view(line_, static_cast<size_t>(size) - (ends ? 1 : 0));
    return true;
  }

 private:
  struct Close {
    void operator()(std::FILE* pipe) const { pclose(pipe); }
  };

  std::unique_ptr<std::FILE, Close> pipe_;
  char* line_ = nullptr;
  size_t capacity_ = 0;
};

}  // namespace assay

#endif  // ASSAY_TESTS_BASE_PYTHON_ORACLE_H_
