// Lookups in decision tables of ten and of thousands of rows, by the kernel that runs them over columns, and the
// loading of a table from CSV. Before anything is timed its rows are compared with the plain scan.
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/arena.h"
#include "benchmark/benchmark.h"
#include "exec/executable.h"
#include "ingest/projection.h"
#include "interp/table_evaluator.h"
#include "plan/graph.h"
#include "rulebook/compiled_rulebook.h"
#include "table/near_miss.h"

namespace assay {
namespace {

constexpr int kLookups = 4096;

constexpr char kBook[] = R"(name: bench
version: "1"
input: {name: order, type: assay.v1.Order}
tables:
  - name: t
    hit_policy: FIRST
    inputs:
      - {name: product, type: string}
      - {name: region, type: string}
      - {name: quantity, type: decimal, decimal: {precision: 12, scale: 2}}
      - {name: day, type: date}
    outputs: [{name: price, type: decimal, decimal: {precision: 12, scale: 2}}]
    file: t.csv
    default: {cells: ["0"]}
)";

// kKeyed: three of four rows name a product, of which each has some ten rows. kRanges: no product at all, ranges that
// overlap.
enum class Shape : uint8_t { kKeyed, kRanges };

std::string Csv(Shape shape, int rows) {
  std::mt19937_64 random(5);
  std::string csv = "product,region,quantity,day,price\n";
  for (int i = 0; i < rows; ++i) {
    const auto from = static_cast<int>(random() % 1000);
    const bool keyed = shape == Shape::kKeyed && random() % 4 != 0;
    const int year = 2020 + static_cast<int>(random() % 6);
    absl::StrAppend(&csv, keyed ? absl::StrCat("'P-", random() % static_cast<uint64_t>(rows / 8 + 1), "'") : "-", ",",
                    random() % 3 == 0   ? "-"
                    : random() % 2 == 0 ? "'EAST'"
                                        : "\"in {'WEST', 'NORTH'}\"",
                    ",[", from, "..", from + 1 + static_cast<int>(random() % (shape == Shape::kKeyed ? 400 : 30)),
                    ".50),['", year, "-01-01'..'", year + (shape == Shape::kKeyed ? 2 : 0), "-0", 1 + random() % 9,
                    "-15'],", i, ".25\n");
  }
  return csv;
}

std::shared_ptr<const CompiledRulebook> Load(const std::string& csv) {
  const std::map<std::string, std::string> files = {{"b.yaml", kBook}, {"t.csv", csv}};
  IssueList issues;
  std::optional<LoadedRulebook> loaded = LoadRulebookFile(
      "b.yaml", [&](absl::string_view path) -> absl::StatusOr<std::string> { return files.at(std::string(path)); },
      &issues);
  std::shared_ptr<const CompiledRulebook> book;
  if (loaded.has_value()) book = CompileRulebook(*std::move(loaded), *Schema::CreateStandard(), &issues);
  if (book == nullptr) fprintf(stderr, "%s\n", Format(issues).c_str());
  return book;
}

// What every lookup asks.
enum class Asked : uint8_t { kHit, kMiss, kNoRanges, kNoKey };

class Lookups {
 public:
  Lookups(std::shared_ptr<const CompiledRulebook> book, Asked asked)
      : book_(std::move(book)), table_(book_->names->inputs.tables[0]), arena_(1 << 20) {
    const auto schema = book_->schema;
    Graph graph(schema, *schema->FindMessage("assay.v1.Order"), book_->names->inputs.env);
    const LevelId root = graph.root(kBatchSource);
    TableCall call;
    call.table = graph.AddTable(table_);
    call.is_masked.assign(4, false);
    call.inputs = {graph.Input(root, Physical::kString, {0, 0}, 0), graph.Input(root, Physical::kString, {0, 0}, 0),
                   graph.Input(root, Physical::kDecimal64, {12, 2}, 0), graph.Input(root, Physical::kDate, {0, 0}, 0)};
    answer_ =
        graph.TableAnswer(graph.TableHit(root, call), {call.table, 0, {}}, table_->outputs[0].values().type, {12, 2});
    executable_ = *Executable::Create(graph.Finish());
    nodes_ = Needs(executable_->program(), {answer_}, false);
    batch_ = std::make_unique<ColumnSet>(executable_->program().batch.projection->NewColumns());
    for (int i = 0; i < kLookups; ++i) batch_->Append(0, -1);
    Fill(asked);
  }

  void Run() {
    arena_.Reset();
    batch_->errors().Clear();
    error_ = batch_->errors().Add({ErrorKind::kAbsent});
    BeginRun(*executable_, batch_.get(), nullptr, &arena_, &batch_->errors(), &frame_);
    frame_.inputs = {{Physical::kString, products_.data(), key_errors_, kLookups},
                     {Physical::kString, regions_.data(), nullptr, kLookups},
                     {Physical::kDecimal64, quantities_.data(), range_errors_, kLookups},
                     {Physical::kDate, days_.data(), range_errors_, kLookups}};
    assay::Run(&frame_, nodes_);
  }

  // Whether the first lookups give what a scan of all rows does.
  bool AgreesWithScan(int count) {
    Run();
    const Vector& answers = frame_.columns[static_cast<size_t>(answer_)];
    for (int i = 0; i < count; ++i) {
      const auto row = static_cast<size_t>(i);
      const Value error = Value::Error(ErrorKind::kAbsent, "");
      const std::vector<Value> args = {key_errors_ != nullptr ? error : Value::String(std::string(products_[row])),
                                       Value::String(std::string(regions_[row])),
                                       range_errors_ != nullptr ? error : Value::OfDecimal({quantities_[row], 2}),
                                       range_errors_ != nullptr ? error : Value::Date(days_[row])};
      const Value plain = EvaluateTable(*table_, args, EmptyActivation(nullptr), EvaluateOptions());
      if (plain.is_error() != (answers.error(row) != 0)) return false;
      if (!plain.is_error() && plain.as_decimal().coefficient != answers.values<int64_t>()[row]) return false;
    }
    return true;
  }

  // What an explanation adds to the lookup of one row, after Run: the row of the table that came nearest.
  std::optional<NearMiss> Explain(size_t row) const {
    std::vector<int32_t> pieces;
    for (size_t i = 0; i < frame_.inputs.size(); ++i) {
      pieces.push_back(0);
      table_->finders[i].Find(frame_.inputs[i], {row, 1, false}, 1, &pieces.back());
    }
    return FindNearMiss(*table_, pieces.data());
  }

  const DecisionTable& table() const { return *table_; }

 private:
  void Fill(Asked asked) {
    std::mt19937_64 random(9);
    const auto products = static_cast<uint64_t>(table_->row_count() / 8 + 1);
    for (int i = 0; i < kLookups; ++i) {
      texts_.push_back(absl::StrCat("P-", random() % products + (asked == Asked::kMiss ? products : 0)));
      quantities_.push_back(static_cast<int64_t>(random() % 100'000) + (asked == Asked::kMiss ? 1'000'000 : 0));
      days_.push_back(18'300 + static_cast<int32_t>(random() % 2500));
      const char* const kRegions[] = {"EAST", "WEST", "NORTH", "SOUTH"};
      regions_.emplace_back(kRegions[random() % 4]);
    }
    products_.assign(texts_.begin(), texts_.end());
    errors_.assign(kLookups, 1);
    key_errors_ = asked == Asked::kNoKey ? errors_.data() : nullptr;
    range_errors_ = asked == Asked::kNoRanges ? errors_.data() : nullptr;
  }

  std::shared_ptr<const CompiledRulebook> book_;
  std::shared_ptr<const DecisionTable> table_;
  std::shared_ptr<const Executable> executable_;
  std::unique_ptr<ColumnSet> batch_;
  Arena arena_;
  Frame frame_;
  std::vector<NodeId> nodes_;
  NodeId answer_ = kNoNode;
  std::vector<std::string> texts_;
  std::vector<absl::string_view> products_, regions_;
  std::vector<int64_t> quantities_;
  std::vector<int32_t> days_;
  std::vector<ErrorCode> errors_;
  const ErrorCode* key_errors_ = nullptr;
  const ErrorCode* range_errors_ = nullptr;
  ErrorCode error_ = 0;
};

size_t IndexBytes(const DecisionTable& table) {
  size_t bytes = table.index->bytes();
  for (const PieceFinder& finder : table.finders) bytes += finder.bytes();
  for (const CellColumn& column : table.cells.columns) {
    bytes += column.numbers().size() * sizeof(int128);
    for (const std::string& text : column.texts()) bytes += sizeof(std::string) + (text.size() > 15 ? text.size() : 0);
  }
  return bytes;
}

void BM_Lookup(benchmark::State& state) {
  const auto shape = static_cast<Shape>(state.range(0));
  Lookups lookups(Load(Csv(shape, static_cast<int>(state.range(1)))), static_cast<Asked>(state.range(2)));
  if (!lookups.AgreesWithScan(300)) state.SkipWithError("the index and the scan differ");
  for (auto _ : state) lookups.Run();
  state.counters["time/lookup"] = benchmark::Counter(static_cast<double>(state.iterations()) * kLookups,
                                                     benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
  state.counters["bytes/row"] =
      static_cast<double>(IndexBytes(lookups.table())) / static_cast<double>(lookups.table().row_count());
}
BENCHMARK(BM_Lookup)
    ->ArgNames({"ranges", "rows", "asked"})
    ->ArgsProduct({{0, 1}, {10, 8'000, 10'000, 100'000}, {0, 1, 2, 3}});

// Lookups with one of the 4,096 explained, as a reviewer asks for one order of a batch.
void BM_Explained(benchmark::State& state) {
  const auto shape = static_cast<Shape>(state.range(0));
  Lookups lookups(Load(Csv(shape, static_cast<int>(state.range(1)))), static_cast<Asked>(state.range(2)));
  size_t row = 0;
  for (auto _ : state) {
    lookups.Run();
    benchmark::DoNotOptimize(lookups.Explain(row++ % kLookups));
  }
  if (!lookups.AgreesWithScan(300)) state.SkipWithError("the index and the scan differ");
  state.counters["time/lookup"] = benchmark::Counter(static_cast<double>(state.iterations()) * kLookups,
                                                     benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK(BM_Explained)->ArgNames({"ranges", "rows", "asked"})->ArgsProduct({{0, 1}, {10, 8'000, 10'000}, {0, 1}});

void BM_LoadCsv(benchmark::State& state) {
  const std::string csv = Csv(Shape::kKeyed, static_cast<int>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(Load(csv));
  state.counters["bytes"] = static_cast<double>(csv.size());
}
BENCHMARK(BM_LoadCsv)->Arg(10'000)->Arg(100'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace assay

BENCHMARK_MAIN();
