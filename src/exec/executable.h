// A program ready to run: its kernels chosen, its patterns and zones built.
//
// Immutable, shared by any number of threads; each runs it with a Frame of its own.
#ifndef ASSAY_EXEC_EXECUTABLE_H_
#define ASSAY_EXEC_EXECUTABLE_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "calendar/zone.h"
#include "exec/kernels.h"
#include "plan/static_nodes.h"
#include "re2/re2.h"

namespace assay {

class Executable {
 public:
  // Unimplemented, naming the operation, if a node has no kernel.
  static absl::StatusOr<std::shared_ptr<const Executable>> Create(Program program);

  const Program& program() const { return program_; }
  const StaticNodes& static_nodes() const { return static_nodes_; }
  Kernel kernel(NodeId node) const { return kernels_[node]; }

  // A pattern or zone written out in the rulebook; nullptr for any other text.
  const RE2* regex(const std::string& pattern) const;
  const Zone* zone(const std::string& name) const;

  // A constant as a column of one row.
  const Vector& constant(int index) const { return constants_[index]; }

 private:
  explicit Executable(Program program) : program_(std::move(program)), static_nodes_(program_) {}
  absl::Status Prepare();

  Program program_;
  StaticNodes static_nodes_;
  std::vector<Kernel> kernels_;
  std::vector<Vector> constants_;
  std::vector<absl::string_view> texts_;  // of constants
  std::map<std::string, std::unique_ptr<const RE2>> regexes_;
  std::map<std::string, Zone> zones_;
};

// Gives the frame its sizes for `executable` and forgets what it computed; buffers are kept. The batch's levels are
// taken from `batch`, which outlives the run. For each of its rows the run may cost what one row may; who cuts a batch
// into parts takes away from Frame::cost_left.
void BeginRun(const Executable& executable, const ColumnSet* batch, const struct ReferenceColumns* reference,
              Arena* arena, ErrorTable* errors, Frame* frame);

// Computes `nodes`, in their order, where not yet done. Where they cost more than is left, the run stops
// (Frame::is_over_budget) and every value errs.
void Run(Frame* frame, const std::vector<NodeId>& nodes);

}  // namespace assay

#endif  // ASSAY_EXEC_EXECUTABLE_H_
