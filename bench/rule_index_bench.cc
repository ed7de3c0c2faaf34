// Rules of five tests each on one order: found by the index that a rulebook forms of them, and asked one by one. Both
// are compared before anything is timed.
#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "benchmark/benchmark.h"
#include "evaluate/chunk.h"
#include "evaluate/explain.h"
#include "ingest/json_rows.h"
#include "rulebook/compiled_rulebook.h"
#include "rulebook/reference.h"

namespace assay {
namespace {

constexpr size_t kOrders = 1024;
constexpr size_t kBatch = 128;  // 10,000 rules asked one by one cost no more than a batch may
constexpr const char* kKinds[] = {"STANDARD", "CAMPAIGN", "GIFT_ONLY", "RETURN"};
constexpr const char* kCurrencies[] = {"CNY", "USD", "JPY"};

// A customer, a kind, a currency, and a total within a range. One rule in twenty is of any customer. Rules are asked
// one by one if they have a `when`.
std::string Book(int rules, bool is_indexed) {
  std::mt19937_64 random(5);
  std::string text = R"(name: bench
version: "1"
time_zone: Asia/Shanghai
input: {name: order, type: assay.v1.Order}
levels: [{name: line, of: order.lines}]
review: {id: order.id, lines: line, line_id: line.id, quantity: line.quantity}
rules:
)";
  for (int i = 0; i < rules; ++i) {
    const auto from = static_cast<int>(random() % 1000);
    const std::string who =
        i % 20 == 0 ? std::string("order.revision >= 0") : absl::StrCat("order.sold_to == 'P-", random() % 200, "'");
    absl::StrAppend(&text, "  - {id: R-", i, is_indexed ? "" : ", when: \"true\"",
                    ", outcome: NOTE, message: {en: x, zh: x}, condition: \"", who, " && order.kind == '",
                    kKinds[random() % 4], "' && order.currency == '", kCurrencies[random() % 3], "' && order.total > ",
                    from, ".5 && order.total <= ", from + 100, ".0\"}\n");
  }
  return text;
}

std::vector<std::string> Orders(const Schema& schema) {
  std::mt19937_64 random(7);
  std::vector<std::string> orders;
  for (size_t i = 0; i < kOrders; ++i) {
    const std::string json = absl::StrCat(R"({"id":"O-)", i, R"(","sold_to":"P-)", random() % 200,
                                          R"(","kind":"ORDER_KIND_)", kKinds[random() % 4], R"(","currency":")",
                                          kCurrencies[random() % 3], R"(","total":")", random() % 1100, ".25\"}");
    orders.emplace_back();
    JsonToWire(schema, *schema.FindMessage("assay.v1.Order").value(), json, &orders.back()).IgnoreError();
  }
  return orders;
}

// The rules over a batch of orders, from wire bytes to findings: all that a session does before it draws.
class Rules {
 public:
  Rules(int rules, bool is_indexed) {
    IssueList issues;
    auto loaded = LoadRulebookText("b.yaml", Book(rules, is_indexed), &issues);
    if (loaded.has_value()) book_ = CompileRulebook(*std::move(loaded), *Schema::CreateStandard(), &issues);
    if (book_ == nullptr) fprintf(stderr, "%s\n", Format(issues).c_str());
    if (book_ == nullptr) return;
    orders_ = Orders(*book_->schema);
    views_.assign(orders_.begin(), orders_.end());
    auto snapshot = BuildSnapshot(*book_, {});
    auto context = NewRunContext(book_, *snapshot, v1::CHECKPOINT_REVIEW, Timestamp{1764000000, 0});
    if (!context.ok()) return;
    context_ = *std::move(context);
    chunk_ = std::make_unique<Chunk>(context_.get());
  }

  bool is_ready() const { return chunk_ != nullptr; }

  const std::vector<RowState>& Judge() {
    states_.assign(kOrders, RowState());
    for (size_t first = 0; first < kOrders; first += kBatch) {
      std::vector<RowState*> rows;
      for (size_t i = 0; i < kBatch; ++i) rows.push_back(&states_[first + i]);
      chunk_->Load(absl::MakeConstSpan(views_).subspan(first, kBatch)).IgnoreError();
      chunk_->Compute(context_->needs->own);
      chunk_->ReadRows(rows);
      chunk_->Compute(context_->needs->early);
      chunk_->Findings(false, rows);
    }
    return states_;
  }

  // One order alone, judged and explained. What explanations tell is thrown away.
  absl::Status ExplainOne(size_t order) {
    RowState state;
    RowState* const rows[] = {&state};
    RuleVerdicts verdicts;
    VariableValues variables;
    RETURN_IF_ERROR(chunk_->Load(absl::MakeConstSpan(views_).subspan(order, 1)));
    chunk_->Compute(context_->needs->own);
    chunk_->ReadRows(rows);
    chunk_->Compute(context_->needs->early);
    chunk_->Findings(false, rows);
    return Explain(state, chunk_.get(), &verdicts, &variables);
  }

  std::vector<std::vector<int>> Found() {
    std::vector<std::vector<int>> found;
    for (const RowState& state : Judge()) {
      found.emplace_back();
      for (const RawFinding& finding : state.findings) found.back().push_back(finding.rule);
      std::sort(found.back().begin(), found.back().end());
    }
    return found;
  }

 private:
  std::shared_ptr<const CompiledRulebook> book_;
  std::unique_ptr<RunContext> context_;
  std::unique_ptr<Chunk> chunk_;
  std::vector<std::string> orders_;
  std::vector<absl::string_view> views_;
  std::vector<RowState> states_;
};

void BM_Rules(benchmark::State& state) {
  const auto rules = static_cast<int>(state.range(0));
  Rules judged(rules, state.range(1) != 0);
  if (!judged.is_ready()) return state.SkipWithError("the rulebook does not load");
  if (rules > 0 && judged.Found() != Rules(rules, state.range(1) == 0).Found())
    return state.SkipWithError("the index finds other rules");
  size_t fired = 0;
  for (const std::vector<int>& found : judged.Found()) fired += found.size();
  for (auto _ : state) {
    if (state.range(2) != 0 && !judged.ExplainOne(0).ok()) state.SkipWithError("an order cannot be explained");
    benchmark::DoNotOptimize(judged.Judge());
  }
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(kOrders));
  state.counters["fired"] = static_cast<double>(fired) / kOrders;
  state.counters["of_order"] = benchmark::Counter(
      static_cast<double>(kOrders), benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}
// `explained`: before each turn of 1,024 orders one of them is explained.
BENCHMARK(BM_Rules)->ArgNames({"rules", "indexed", "explained"})->Args({0, 1, 0});
BENCHMARK(BM_Rules)->ArgNames({"rules", "indexed", "explained"})->ArgsProduct({{1000, 10000}, {1, 0}, {0}});
BENCHMARK(BM_Rules)->ArgNames({"rules", "indexed", "explained"})->ArgsProduct({{1000, 10000}, {1}, {1}});

void BM_Explain(benchmark::State& state) {
  Rules judged(static_cast<int>(state.range(0)), true);
  if (!judged.is_ready()) return state.SkipWithError("the rulebook does not load");
  size_t order = 0;
  for (auto _ : state) {
    if (!judged.ExplainOne(order++ % kOrders).ok()) state.SkipWithError("an order cannot be explained");
  }
}
BENCHMARK(BM_Explain)->ArgName("rules")->Arg(1000)->Arg(10000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace assay

BENCHMARK_MAIN();
