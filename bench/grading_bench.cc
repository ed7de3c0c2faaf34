// Partners with a year of orders graded by the standard rulebook, from wire bytes to findings, outputs and tasks: rows
// per second of processor time, and the most memory that was in use.
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
#include "evaluate/evaluation.h"
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

// What was found, given and asked for in all.
struct Totals {
  size_t findings = 0;
  size_t outputs = 0;
  size_t tasks = 0;
};

class Grading {
 public:
  explicit Grading(int partners) : book_(Load()), snapshot_(Partners(*book_, partners)) {}

  void Grade(const std::vector<std::string>& periods, Totals* totals) const {
    const std::vector<absl::string_view> rows(periods.begin(), periods.end());
    const auto result = Evaluate(book_, snapshot_, rows, {.now = kNow});
    if (!result.ok()) Fail(result.status().ToString());
    for (const v1::EvaluatedRow& row : result->rows()) {
      totals->findings += static_cast<size_t>(row.findings_size());
      totals->outputs += static_cast<size_t>(row.outputs_size());
    }
    totals->tasks += static_cast<size_t>(result->worklist_size());
  }

 private:
  std::shared_ptr<const CompiledRulebook> book_;
  std::shared_ptr<const Snapshot> snapshot_;
};

int GradeAll(int partners) {
  const Grading grading(partners);
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
  std::printf("%zu findings, %zu outputs, %zu tasks; at most %.0f MB\n", totals.findings, totals.outputs, totals.tasks,
              PeakMegabytes());
  return totals.outputs == 0 ? 1 : 0;
}

}  // namespace
}  // namespace assay

int main(int argc, char** argv) { return assay::GradeAll(argc > 1 ? std::atoi(argv[1]) : 100'000); }
