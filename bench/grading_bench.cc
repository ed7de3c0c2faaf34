// Partners with a year of orders graded by the standard rulebook, from wire bytes to findings and outputs: rows per
// second of processor time, and the most memory that was in use.
//   grading_bench [PARTNERS]
#include <sys/resource.h>
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "bench/partner_rows.h"
#include "evaluate/result_values.h"
#include "plan/graph.h"
#include "review/read_orders.h"
#include "rulebook/compiled_rulebook.h"
#include "rulebook/file_reader.h"
#include "rulebook/reference.h"

namespace assay {
namespace {

constexpr char kStandard[] = ASSAY_SOURCE_DIR "/rules/standard/partner_grading.yaml";
constexpr int kBatch = 256;
constexpr Timestamp kNow = {1'798'772'400, 0};  // 2027-01-01 11:00 in Shanghai

[[noreturn]] void Fail(const std::string& why) {
  std::fprintf(stderr, "grading_bench: %s\n", why.c_str());
  std::exit(1);
}

double ProcessorSeconds() {
  timespec time = {};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

// The most memory in use so far, in megabytes.
double PeakMegabytes() {
  rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

std::shared_ptr<const CompiledRulebook> Load() {
  IssueList issues;
  auto loaded = LoadRulebookFile(kStandard, DiskFileReader(kStandard), &issues);
  std::shared_ptr<const CompiledRulebook> book;
  if (loaded.has_value()) book = CompileRulebook(*std::move(loaded), *Schema::CreateStandard(), &issues);
  if (book == nullptr) Fail(Format(issues));
  return book;
}

std::shared_ptr<const Snapshot> Partners(const CompiledRulebook& book, int count) {
  auto rows = std::make_shared<RowBytes>();
  for (int i = 0; i < count; ++i) rows->Add(GradedPartner(i).SerializeAsString());
  auto snapshot = BuildSnapshot(book, {{"partners", rows}});
  if (!snapshot.ok()) Fail(snapshot.status().ToString());
  return *std::move(snapshot);
}

// What was found and given in all, so that two runs can be compared.
struct Totals {
  size_t findings = 0;
  size_t values = 0;
};

class Grading {
 public:
  explicit Grading(int partners) : book_(Load()), snapshot_(Partners(*book_, partners)) {
    auto context =
        NewRunContext(book_, std::make_shared<const RunNeeds>(*book_), snapshot_, v1::CHECKPOINT_REVIEW, kNow);
    if (!context.ok()) Fail(context.status().ToString());
    context_ = *std::move(context);
    chunk_ = std::make_unique<Chunk>(context_.get());
    std::vector<NodeId> roots;
    for (const CompiledOutput& output : book_->outputs) output.columns.AddRoots(&roots);
    outputs_ = Needs(book_->program(), roots, false);
  }

  void Grade(const std::vector<std::string>& periods, Totals* totals) {
    const std::vector<absl::string_view> rows(periods.begin(), periods.end());
    std::vector<OrderState> states(rows.size());
    const absl::Status loaded = chunk_->Load(rows);
    if (!loaded.ok()) Fail(loaded.ToString());
    chunk_->Compute(context_->needs->own);
    ReadOrders(*chunk_, rows, absl::MakeSpan(states));
    chunk_->Compute(context_->needs->early);
    chunk_->Compute(outputs_);
    if (chunk_->is_over_budget()) Fail("a batch costs more than it may");
    chunk_->Findings(false, RowsOf(absl::MakeSpan(states)));
    for (const OrderState& state : states) totals->findings += state.findings.size();
    for (const CompiledOutput& output : book_->outputs) {
      for (const Value& value : ReadResults(chunk_->frame(), output.columns))
        totals->values += value.is_error() ? 0 : 1;
    }
  }

 private:
  std::shared_ptr<const CompiledRulebook> book_;
  std::shared_ptr<const Snapshot> snapshot_;
  std::unique_ptr<RunContext> context_;
  std::unique_ptr<Chunk> chunk_;
  std::vector<NodeId> outputs_;
};

int GradeAll(int partners) {
  Grading grading(partners);
  Totals totals;
  double seconds = 0;
  size_t bytes = 0;
  for (int first = 0; first < partners; first += kBatch) {
    std::vector<std::string> periods;
    for (int i = first; i < std::min(partners, first + kBatch); ++i)
      periods.push_back(GradedYear(i).SerializeAsString());
    for (const std::string& period : periods) bytes += period.size();
    const double before = ProcessorSeconds();
    grading.Grade(periods, &totals);
    seconds += ProcessorSeconds() - before;
  }
  std::printf("%d partners of %d orders, %.0f bytes each: %.1f s, %.0f partners a second, %.0f orders a second\n",
              partners, kOrdersOfAYear, static_cast<double>(bytes) / partners, seconds, partners / seconds,
              partners / seconds * kOrdersOfAYear);
  std::printf("%zu findings, %zu values; at most %.0f MB\n", totals.findings, totals.values, PeakMegabytes());
  return totals.values == 0 ? 1 : 0;
}

}  // namespace
}  // namespace assay

int main(int argc, char** argv) { return assay::GradeAll(argc > 1 ? std::atoi(argv[1]) : 100'000); }
