// Rows judged by a standard rulebook, from wire bytes to findings, outputs and tasks on one thread, and what that took.
// Entry point: JudgedRows. Whatever goes wrong ends the program.
#ifndef ASSAY_BENCH_JUDGED_ROWS_H_
#define ASSAY_BENCH_JUDGED_ROWS_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "evaluate/evaluation.h"

namespace assay {

class JudgedRows {
 public:
  // `name` is that of a rulebook in rules/standard; rows of its datasets are wire bytes.
  JudgedRows(const char* name, const std::map<std::string, std::shared_ptr<const RowBytes>>& datasets, Timestamp now);

  // One run.
  void Judge(const std::vector<std::string>& rows);

  size_t rows() const { return rows_; }
  double seconds() const { return seconds_; }  // of processor time, within the runs alone
  double rows_per_second() const { return static_cast<double>(rows_) / seconds_; }

  // Two lines: rows, their size and rate; what came of them, and the most memory that the process had in use.
  void Print(const char* noun) const;

 private:
  std::shared_ptr<const CompiledRulebook> book_;
  std::shared_ptr<const Snapshot> snapshot_;
  Timestamp now_;
  size_t rows_ = 0;
  size_t bytes_ = 0;
  size_t findings_ = 0;
  size_t outputs_ = 0;
  size_t tasks_ = 0;
  double seconds_ = 0;
};

}  // namespace assay

#endif  // ASSAY_BENCH_JUDGED_ROWS_H_
