// Wire bytes to findings: sixteen line and order checks by the engine, against protobuf's parser and the same checks
// written by hand (docs/performance.md). All contenders must find the same; they take turns, and medians are compared.
//   review_bench [ORDERS [REPETITIONS]]
#include <sys/utsname.h>
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "assay/assay.h"
#include "bench/need.h"
#include "bench/order_checks.h"
#include "bench/process_use.h"
#include "bench/review_orders.h"
#include "bench/rulebook_checks.h"
#include "google/protobuf/arena.h"
#include "review/session.h"

namespace assay {
namespace {

constexpr size_t kBatch = 256;
constexpr size_t kSessionOrders = 2000;
constexpr Timestamp kNow = {1795400000, 0};

struct Contender {
  std::string name;
  std::function<void()> run;             // all orders once
  std::vector<double> nanoseconds = {};  // per order, by repetition
};

struct Input {
  std::vector<v1::PriceListEntry> prices = ReviewPrices();
  std::vector<v1::Order> orders;
  std::vector<std::string> bytes;
  std::vector<absl::string_view> rows;
  std::vector<std::string> price_rows;

  explicit Input(int count) : orders(ReviewOrders(count)) {
    bytes = WireBytes(orders);
    rows.assign(bytes.begin(), bytes.end());
    price_rows = WireBytes(prices);
  }
};

// Of times measured in turns, so that a disturbance meets both.
double MedianRatio(const Contender& a, const Contender& b) {
  std::vector<double> ratios;
  for (size_t i = 0; i < a.nanoseconds.size(); ++i) ratios.push_back(a.nanoseconds[i] / b.nanoseconds[i]);
  return Median(ratios);
}

// Of this thread: what else the machine does counts less than by the clock on the wall.
double ProcessorNanoseconds() {
  timespec time = {};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
}

void TakeTurns(size_t orders, int repetitions, std::vector<Contender>* contenders) {
  for (Contender& contender : *contenders) contender.run();  // warm
  for (int i = 0; i < repetitions; ++i) {
    for (Contender& contender : *contenders) {
      const double begin = ProcessorNanoseconds();
      contender.run();
      contender.nanoseconds.push_back((ProcessorNanoseconds() - begin) / static_cast<double>(orders));
    }
  }
}

// -- Contenders -------------------------------------------------------------------------------------------------------

void ParseFresh(const Input& input, const OrderChecks& checks, CheckResults* results) {
  for (size_t i = 0; i < input.bytes.size(); ++i) {
    v1::Order order;
    if (order.ParseFromString(input.bytes[i])) checks.Check(order, static_cast<int32_t>(i), results);
  }
}

void ParseReused(const Input& input, const OrderChecks& checks, CheckResults* results) {
  v1::Order order;
  for (size_t i = 0; i < input.bytes.size(); ++i) {
    if (order.ParseFromString(input.bytes[i])) checks.Check(order, static_cast<int32_t>(i), results);
  }
}

// An arena for each batch, over one block that is large enough for it.
void ParseOnArena(const Input& input, const OrderChecks& checks, std::vector<char>* block, CheckResults* results) {
  google::protobuf::ArenaOptions options;
  options.initial_block = block->data();
  options.initial_block_size = block->size();
  google::protobuf::Arena arena(options);
  for (size_t i = 0; i < input.bytes.size(); ++i) {
    if (i % kBatch == 0) arena.Reset();
    auto* order = google::protobuf::Arena::CreateMessage<v1::Order>(&arena);
    if (order->ParseFromString(input.bytes[i])) checks.Check(*order, static_cast<int32_t>(i), results);
  }
}

void RunRulebook(const Input& input, size_t batch, RulebookChecks* checks, CheckResults* results) {
  const absl::Span<const absl::string_view> rows = input.rows;
  for (size_t i = 0; i < rows.size(); i += batch) {
    Check(checks->Decode(rows.subspan(i, batch)));
    checks->Compute();
    checks->List(static_cast<int32_t>(i), results);
  }
}

void DecodeOnly(const Input& input, RulebookChecks* checks) {
  const absl::Span<const absl::string_view> rows = input.rows;
  for (size_t i = 0; i < rows.size(); i += kBatch) Check(checks->Decode(rows.subspan(i, kBatch)));
}

v1::RunResult RunSession(const std::shared_ptr<const CompiledRulebook>& book,
                         const std::shared_ptr<const Snapshot>& prices, absl::Span<const absl::string_view> rows) {
  SessionOptions options;
  options.now = kNow;
  const std::unique_ptr<Session> session = Need(Session::Open(book, prices, options));
  Check(session->Add(rows));
  return Need(session->RunWave());
}

// -- The C ABI --------------------------------------------------------------------------------------------------------

void Check(assay_status status, assay_error* error) {
  if (status == ASSAY_OK) return;
  const assay_string message = assay_error_message(error);
  Fail({message.data, message.size});
}

// The rulebook and its prices behind C handles.
struct HostHandles {
  assay_rulebook* rulebook = nullptr;
  assay_snapshot* snapshot = nullptr;

  explicit HostHandles(const std::vector<std::string>& price_rows) {
    const absl::string_view path = ASSAY_SOURCE_DIR "/bench/session_checks.yaml";
    assay_error* error = nullptr;
    assay_snapshot_builder* builder = nullptr;
    Check(assay_rulebook_load_file(path.data(), path.size(), nullptr, nullptr, &rulebook, &error), error);
    Check(assay_snapshot_builder_create(rulebook, &builder, &error), error);
    for (const std::string& row : price_rows) {
      Check(assay_snapshot_builder_add(builder, "prices", 6, ASSAY_WIRE, row.data(), row.size(), &error), error);
    }
    Check(assay_snapshot_build(builder, &snapshot, &error), error);
    assay_snapshot_builder_free(builder);
  }
  ~HostHandles() {
    assay_snapshot_free(snapshot);
    assay_rulebook_free(rulebook);
  }
};

void RunHost(const HostHandles& handles, absl::Span<const absl::string_view> rows) {
  assay_session_options options = {};
  options.struct_size = sizeof(options);
  options.now_seconds = kNow.seconds;
  assay_error* error = nullptr;
  assay_session* session = nullptr;
  assay_result* result = nullptr;
  Check(assay_session_open(handles.rulebook, handles.snapshot, &options, &session, &error), error);
  for (absl::string_view row : rows) {
    Check(assay_session_add(session, ASSAY_WIRE, row.data(), row.size(), &error), error);
  }
  Check(assay_session_run(session, nullptr, &result, &error), error);
  if (assay_result_wire(result).size == 0) Fail("an empty result");
  assay_result_free(result);
  assay_session_free(session);
}

// -- Report -----------------------------------------------------------------------------------------------------------

std::string Processor() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    if (line.rfind("model name", 0) == 0) return line.substr(line.find(':') + 2);
  }
  return "unknown processor";
}

std::string Commit() {
  char text[128] = "unknown\n";
  if (FILE* pipe = popen("git -C '" ASSAY_SOURCE_DIR "' describe --always --dirty 2>&1", "r"); pipe != nullptr) {
    if (std::fgets(text, sizeof(text), pipe) == nullptr) text[0] = '\n';
    pclose(pipe);
  }
  return text;
}

// Host, compiler and commit.
void PrintHost() {
  utsname host = {};
  uname(&host);
  std::printf("host: %s %s, %s, %u processors\n", host.sysname, host.machine, Processor().c_str(),
              std::thread::hardware_concurrency());
  std::printf("compiler: g++ %s\ncommit: %s", __VERSION__, Commit().c_str());
}

void Print(const Contender& contender, const Contender& baseline) {
  std::printf("  %-52s %9.0f ns an order  %6.2f P\n", contender.name.c_str(), Median(contender.nanoseconds),
              MedianRatio(contender, baseline));
}

void RequireSame(const std::string& name, CheckResults found, const CheckResults& expected) {
  std::sort(found.begin(), found.end());
  if (found != expected) Fail(name + " finds something else than the first contender");
}

void Bench(int count, int repetitions) {
  const Input input(count);
  const OrderChecks by_hand(input.prices);
  const std::unique_ptr<RulebookChecks> rulebook = Need(RulebookChecks::Load("order_checks.yaml", input.price_rows));
  const auto book = Need(LoadBenchRulebook("session_checks.yaml"));
  const auto prices = Need(PriceSnapshot(*book, input.price_rows));
  const HostHandles handles(input.price_rows);
  const auto few = absl::MakeConstSpan(input.rows).first(std::min(kSessionOrders, input.rows.size()));
  std::vector<char> block(size_t{8} << 20);
  CheckResults results;

  std::vector<Contender> whole = {
      {"parse into a fresh message, checks by hand", [&] { ParseFresh(input, by_hand, &results); }},
      {"parse into one reused message, checks by hand", [&] { ParseReused(input, by_hand, &results); }},
      {"parse on an arena, checks by hand", [&] { ParseOnArena(input, by_hand, &block, &results); }},
      {"rulebook, batches of 256", [&] { RunRulebook(input, kBatch, rulebook.get(), &results); }},
      {"rulebook, batches of 2048", [&] { RunRulebook(input, 2048, rulebook.get(), &results); }},
      {"rulebook, one order a batch", [&] { RunRulebook(input, 1, rulebook.get(), &results); }},
  };
  CheckResults expected;
  for (Contender& contender : whole) {
    results.clear();
    contender.run();
    if (expected.empty()) expected = results, std::sort(expected.begin(), expected.end());
    RequireSame(contender.name, results, expected);
    contender.run = [&results, run = std::move(contender.run)] {
      results.clear();
      run();
    };
  }
  std::vector<Contender> parts = {
      {"of it, by hand: checks of parsed messages",
       [&] {
         results.clear();
         for (size_t i = 0; i < input.orders.size(); ++i) {
           by_hand.Check(input.orders[i], static_cast<int32_t>(i), &results);
         }
       }},
      {"of it, rulebook: wire bytes to columns", [&] { DecodeOnly(input, rulebook.get()); }},
  };
  std::vector<Contender> reviews = {
      {"a whole review by a session: decisions", [&] { RunSession(book, prices, few); }},
      {"the same through the C ABI: decisions as wire and JSON", [&] { RunHost(handles, few); }},
  };
  for (Contender& part : parts) whole.push_back(std::move(part));
  TakeTurns(input.rows.size(), repetitions, &whole);
  TakeTurns(few.size(), repetitions, &reviews);

  const auto best = std::min_element(whole.begin(), whole.begin() + 3, [](const Contender& a, const Contender& b) {
    return Median(a.nanoseconds) < Median(b.nanoseconds);
  });
  size_t bytes = 0;
  for (absl::string_view row : input.rows) bytes += row.size();
  PrintHost();
  std::printf("%zu orders, %zu bytes each; %zu findings; medians of %d turns; P: %s\n", input.rows.size(),
              bytes / input.rows.size(), expected.size(), repetitions, best->name.c_str());
  for (const Contender& contender : whole) Print(contender, *best);
  for (const Contender& contender : reviews) Print(contender, *best);
  std::printf("ratio: %.2f P (required 1.0, aimed at 0.6)\n", MedianRatio(whole[3], *best));
}

}  // namespace
}  // namespace assay

int main(int argc, char** argv) {
  const int orders = argc > 1 ? std::atoi(argv[1]) : 20000;
  const int repetitions = argc > 2 ? std::atoi(argv[2]) : 15;
  if (orders < 1 || repetitions < 1) return std::fprintf(stderr, "usage: review_bench [ORDERS [REPETITIONS]]\n"), 2;
  assay::Bench(orders, repetitions);
}
