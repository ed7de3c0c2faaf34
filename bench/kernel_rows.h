// 1,024 rows with a field of every type a kernel reads, and one expression over them as columns.
// Entry points: KernelRows::Make, KernelRun::Plan. One thread.
#ifndef ASSAY_BENCH_KERNEL_ROWS_H_
#define ASSAY_BENCH_KERNEL_ROWS_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "exec/executable.h"
#include "schema/schema.h"

namespace assay {

inline constexpr int kKernelRows = 1024;
inline constexpr int kListItems = 8;  // of each row's lists

// The same rows every time. Of the fields whose names begin with "maybe" one in sixteen is absent, and errs.
struct KernelRows {
  std::shared_ptr<const Schema> schema;
  const google::protobuf::Descriptor* message = nullptr;
  std::vector<std::string> bytes;

  static absl::StatusOr<KernelRows> Make();
};

// An expression planned over the rows, which it calls `r`, and its columns, decoded once.
class KernelRun {
 public:
  // InvalidArgument with the first issue if the expression has no form as one column.
  static absl::StatusOr<std::unique_ptr<KernelRun>> Plan(const KernelRows& rows, const std::string& expression);

  // Computes the expression anew; `result` is what came of it, until the next time.
  void Compute();
  const Vector& result() const { return ColumnOf(frame_, root_); }

  // The values of a field that the expression reads, also those of a list; and where each row's items begin.
  Vector column(const std::string& field) const;
  const int32_t* items() const { return columns_.level(1).begin.data(); }

 private:
  KernelRun(std::shared_ptr<const Executable> executable, NodeId root);

  std::shared_ptr<const Executable> executable_;
  NodeId root_;
  std::vector<NodeId> nodes_;
  ColumnSet columns_;
  Arena arena_;
  Frame frame_;
};

}  // namespace assay

#endif  // ASSAY_BENCH_KERNEL_ROWS_H_
