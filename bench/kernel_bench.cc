// One expression over 1,024 rows by the engine's kernels, beside a loop written by hand over the same columns; and a
// check of three parts on one order's wire bytes. Results must be equal before anything is timed; contenders take turns
// at random, and medians are printed as the table of bench/README.md.
#include <cstdio>
#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "bench/kernel_cases.h"
#include "bench/need.h"
#include "bench/order_checks.h"
#include "bench/review_orders.h"
#include "bench/rulebook_checks.h"
#include "benchmark/benchmark.h"

namespace assay {
namespace {

template <typename T>
T Value(absl::StatusOr<T> value, absl::string_view of) {
  if (!value.ok()) Fail(absl::StrCat(of, ": ", value.status().message()));
  return *std::move(value);
}

// An expression and its loop over the same columns.
struct Contest {
  const KernelCase* what;
  std::unique_ptr<KernelRun> engine;
  Columns columns;
  Outcome by_hand;

  Contest(const KernelRows& rows, const KernelCase& kernel_case)
      : what(&kernel_case), engine(Value(KernelRun::Plan(rows, kernel_case.expression), kernel_case.expression)) {
    for (const char* field : what->fields) {
      if (field != nullptr) columns.fields.push_back(engine->column(field));
    }
    if (what->per_row != 1) columns.items = engine->items();
    what->by_hand(columns, &by_hand);
    RequireEqual();
  }

  void RequireEqual() const {
    const Vector& result = engine->result();
    const size_t width = PhysicalSize(result.type);
    if (result.size != kKernelRows) Fail(absl::StrCat("not one value for each row: ", what->expression));
    for (size_t row = 0; row < result.size; ++row) {
      const bool errs = by_hand.errs[row] != 0;
      const char* const expected = reinterpret_cast<const char*>(by_hand.data.data()) + row * width;
      const bool is_same =
          errs || std::memcmp(static_cast<const char*>(result.data) + row * width, expected, width) == 0;
      if ((result.error(row) != 0) != errs || !is_same) {
        Fail(absl::StrCat("differs from the loop at row ", row, ": ", what->expression));
      }
    }
  }
};

// How much work an iteration does, so that times are of one row or one item.
void Count(benchmark::State& state, int per_iteration) {
  state.counters["each"] = benchmark::Counter(
      static_cast<double>(per_iteration), benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void RegisterContest(Contest* contest) {
  const int work = kKernelRows * contest->what->per_row;
  const std::string name = contest->what->expression;
  benchmark::RegisterBenchmark(absl::StrCat(name, "|engine").c_str(), [contest, work](benchmark::State& state) {
    for (auto _ : state) contest->engine->Compute();
    Count(state, work);
  });
  benchmark::RegisterBenchmark(absl::StrCat(name, "|by hand").c_str(), [contest, work](benchmark::State& state) {
    for (auto _ : state) {
      contest->what->by_hand(contest->columns, &contest->by_hand);
      benchmark::ClobberMemory();
    }
    Count(state, work);
  });
}

// -- One order, wire bytes to finding ---------------------------------------------------------------------------------

constexpr char kOneCheck[] = "one check of three parts, wire bytes to finding";

// The condition of one_check.yaml, by hand.
void CheckByHand(absl::string_view bytes, v1::Order* order, CheckResults* results) {
  if (!order->ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return;
  const Amount total = ParseAmount(order->total(), 4);
  const bool fires = order->kind() == v1::ORDER_KIND_STANDARD && total.value > 1'000'000 && order->currency() == "CNY";
  if (fires) results->push_back({0, -1, 0, false});
}

struct OneOrder {
  std::vector<std::string> bytes = WireBytes(ReviewOrders(1));
  absl::string_view row = bytes[0];
  std::unique_ptr<RulebookChecks> rulebook = Value(RulebookChecks::Load("one_check.yaml", {}), "one_check.yaml");
  v1::Order order;
  CheckResults found;

  void Review() {
    found.clear();
    if (!rulebook->Decode({&row, 1}).ok()) Fail("the order does not decode");
    rulebook->Compute();
    rulebook->List(0, &found);
  }
};

void RegisterOneOrder(OneOrder* one) {
  one->Review();
  CheckResults expected;
  CheckByHand(one->row, &one->order, &expected);
  if (one->found != expected || expected.size() != 1) Fail("the check finds something else than the one by hand");
  benchmark::RegisterBenchmark(absl::StrCat(kOneCheck, "|engine").c_str(), [one](benchmark::State& state) {
    for (auto _ : state) one->Review();
    Count(state, 1);
  });
  benchmark::RegisterBenchmark(absl::StrCat(kOneCheck, "|by hand").c_str(), [one](benchmark::State& state) {
    for (auto _ : state) {
      one->found.clear();
      CheckByHand(one->row, &one->order, &one->found);
      benchmark::ClobberMemory();
    }
    Count(state, 1);
  });
}

// -- The table --------------------------------------------------------------------------------------------------------

// Medians by expression and contender.
class Table : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context&) override { return true; }

  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) {
      if (run.aggregate_name != "median") continue;
      const auto found = run.counters.find("each");
      if (found == run.counters.end()) continue;
      medians_[run.run_name.function_name] = found->second.value * 1e9;
    }
  }

  void Finalize() override {
    std::printf("| | expression | engine, ns | by hand, ns | bar |\n|---|---|---|---|---|\n");
    for (const KernelCase& row : KernelCases()) Print(row.kind, row.expression, row.bar);
    Print("one order", kOneCheck, 250);
  }

 private:
  void Print(const char* kind, const std::string& expression, double bar) {
    const auto engine = medians_.find(expression + "|engine");
    if (engine == medians_.end()) return;  // filtered out
    const char* const verdict = bar == 0 ? "" : engine->second <= bar ? "" : " **missed**";
    const std::string cell = absl::StrReplaceAll(expression, {{"|", "\\|"}});
    std::printf("| %s | `%s` | %.2f | %.2f | %s%s |\n", kind, cell.c_str(), engine->second,
                medians_[expression + "|by hand"], bar == 0 ? "" : absl::StrCat(bar).c_str(), verdict);
  }

  std::map<std::string, double> medians_;
};

}  // namespace
}  // namespace assay

int main(int argc, char** argv) {
  std::vector<char*> arguments(argv, argv + argc);
  std::string turns[] = {"--benchmark_enable_random_interleaving=true", "--benchmark_repetitions=9",
                         "--benchmark_min_time=0.05"};
  for (std::string& turn : turns) arguments.insert(arguments.begin() + 1, turn.data());  // what is given comes later
  int count = static_cast<int>(arguments.size());
  benchmark::Initialize(&count, arguments.data());
  const assay::KernelRows rows = assay::Value(assay::KernelRows::Make(), "rows");
  std::vector<std::unique_ptr<assay::Contest>> contests;
  for (const assay::KernelCase& row : assay::KernelCases()) {
    contests.push_back(std::make_unique<assay::Contest>(rows, row));
    assay::RegisterContest(contests.back().get());
  }
  assay::OneOrder one;
  assay::RegisterOneOrder(&one);
  assay::Table table;
  benchmark::RunSpecifiedBenchmarks(&table);
}
