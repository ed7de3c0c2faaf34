// How long a rulebook takes from its files to a program: the standard rulebook, with the reading of its texts and the
// making of the schema beside it.
#include <string>

#include "benchmark/benchmark.h"
#include "rulebook/compiled_rulebook.h"
#include "rulebook/file_reader.h"
#include "rulebook/loader.h"

namespace assay {
namespace {

constexpr char kStandard[] = ASSAY_SOURCE_DIR "/rules/standard/order_review.yaml";

void BM_Schema(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(Schema::CreateStandard());
}
BENCHMARK(BM_Schema)->Unit(benchmark::kMillisecond);

void BM_Read(benchmark::State& state) {
  for (auto _ : state) {
    IssueList issues;
    benchmark::DoNotOptimize(LoadRulebookFile(kStandard, DiskFileReader(kStandard), &issues));
  }
}
BENCHMARK(BM_Read)->Unit(benchmark::kMillisecond);

// All there is to it, the schema too.
void BM_Load(benchmark::State& state) {
  for (auto _ : state) {
    const auto schema = Schema::CreateStandard();
    IssueList issues;
    auto loaded = LoadRulebookFile(kStandard, DiskFileReader(kStandard), &issues);
    if (!schema.ok() || !loaded.has_value() || CompileRulebook(*std::move(loaded), *schema, &issues) == nullptr) {
      state.SkipWithError("the standard rulebook does not load");
      break;
    }
  }
}
BENCHMARK(BM_Load)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace assay

BENCHMARK_MAIN();
