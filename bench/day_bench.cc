// A large day reviewed by the standard rulebook, draws included: orders per second, one thread against two, and the
// most memory that was in use, without the day's tables; and these by themselves.
//   day_bench [ORDERS [THREADS]]
// Without THREADS first on one, then on two, which must decide the same, and then what the day's tables take.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "assay/review.h"
#include "base/sha256.h"
#include "bench/day_rows.h"
#include "bench/need.h"
#include "bench/process_use.h"

namespace assay {
namespace {

constexpr char kStandard[] = ASSAY_SOURCE_DIR "/rules/standard/order_review.yaml";
constexpr int kTableOrders = 10'000;     // of the day whose tables are measured, at most
constexpr int64_t kNow = 1'795'140'000;  // 2026-11-20 09:00 in Shanghai

// Processor time of all threads, what of it the system took, and the clock's.
struct Times {
  double processor = 0;
  double system = 0;
  double clock = 0;

  static Times Now() {
    const auto clock = std::chrono::steady_clock::now().time_since_epoch();
    return {ProcessorSeconds(), SystemSeconds(), std::chrono::duration<double>(clock).count()};
  }
  Times operator-(const Times& begin) const {
    return {processor - begin.processor, system - begin.system, clock - begin.clock};
  }
};

ReferenceData Data(const Rulebook& rulebook, const DaySize& size) {
  ReferenceDataBuilder data(rulebook);
  for (int i = 0; i < size.partners; ++i) Check(data.Add("partners", RowFormat::kJson, DayPartner(size, i)));
  for (int i = 0; i < size.products; ++i) Check(data.Add("products", RowFormat::kJson, DayProduct(i)));
  for (int group = 0; group < size.price_groups; ++group) {
    for (int i = 0; i < size.products; ++i) Check(data.Add("prices", RowFormat::kJson, DayPrice(group, i)));
  }
  for (int warehouse = 0; warehouse < size.warehouses; ++warehouse) {
    for (int i = 0; i < size.products; ++i) Check(data.Add("lots", RowFormat::kJson, DayLot(size, warehouse, i)));
  }
  return Need(data.Build());
}

// A run over the whole day, in a session of its own.
struct DayRun {
  v1::RunResult result;
  Times spent;
};

DayRun RunDay(const Rulebook& rulebook, const ReferenceData& data, const DaySize& size, int threads, bool day_tables) {
  const ReviewOptions options = {.now = absl::FromUnixSeconds(kNow), .threads = threads, .day_tables = day_tables};
  const auto session = Need(ReviewSession::Open(rulebook, data, options));
  for (int i = 0; i < size.orders; ++i) Check(session->Add(RowFormat::kJson, DayOrder(size, i)));
  DayRun run;
  const Times begin = Times::Now();
  run.result = Need(session->Run());
  run.spent = Times::Now() - begin;
  return run;
}

std::string DigestOf(const v1::RunResult& result) {
  Sha256 digest;
  for (const v1::Decision& decision : result.decisions()) digest.Update(decision.SerializeAsString());
  return ToHex(digest.Finish());
}

// The day on so many threads; a digest of its decisions.
std::string Review(const Rulebook& rulebook, const ReferenceData& data, const DaySize& size, int threads) {
  const auto [result, spent] = RunDay(rulebook, data, size, threads, false);
  std::map<std::string, int> counts;
  for (const v1::Decision& decision : result.decisions()) ++counts[v1::Disposition_Name(decision.disposition())];
  std::printf(
      "%9d orders, %d threads: %7.1f us an order of processor time, %.1f of it the system's, %7.0f orders a second; "
      "%.2f GB\n",
      size.orders, threads, spent.processor / size.orders * 1e6, spent.system / size.orders * 1e6,
      size.orders / spent.clock, PeakMegabytes() / 1024);
  for (const auto& [disposition, count] : counts) std::printf("%30s %d\n", disposition.c_str(), count);
  return DigestOf(result);
}

// What a run with the day's tables takes beyond one without: medians of processor time, in turns.
void MeasureTables(const Rulebook& rulebook, const ReferenceData& data, const DaySize& size) {
  constexpr int kTurns = 5;
  std::vector<double> without, with;
  size_t rows = 0, bytes = 0;
  for (int turn = 0; turn < kTurns; ++turn) {
    const DayRun plain = RunDay(rulebook, data, size, 1, false);
    const DayRun full = RunDay(rulebook, data, size, 1, true);
    without.push_back(plain.spent.processor);
    with.push_back(full.spent.processor);
    if (plain.result.tables_size() != 0) Fail("a session without the day's tables makes some");
    if (DigestOf(plain.result) != DigestOf(full.result)) Fail("a session without the day's tables decides otherwise");
    rows = bytes = 0;
    for (const v1::DayTable& table : full.result.tables()) {
      rows += static_cast<size_t>(table.rows_size());
      bytes += table.ByteSizeLong();
    }
  }
  const double decided = Median(std::move(without));
  std::printf("%9d orders: the day's tables take %.2f s of processor time beside %.2f s; %zu rows, %.1f MB\n",
              size.orders, Median(std::move(with)) - decided, decided, rows, static_cast<double>(bytes) / 1e6);
}

void Run(int orders, int threads) {
  std::vector<Issue> issues;
  const Rulebook rulebook = Need(Rulebook::LoadFile(kStandard, Need(EntitySchema::Standard()), &issues));
  DaySize size;
  size.orders = orders;
  const Times begin = Times::Now();
  const ReferenceData data = Data(rulebook, size);
  std::printf("%d prices, %d lots, %d partners: %.1f s to read, %.2f GB\n", size.price_groups * size.products,
              size.warehouses * size.products, size.partners, (Times::Now() - begin).clock, PeakMegabytes() / 1024);
  const std::string decided = Review(rulebook, data, size, threads == 0 ? 1 : threads);
  if (threads != 0) return;
  if (Review(rulebook, data, size, 2) != decided) Fail("two threads decide otherwise");
  size.orders = std::min(size.orders, kTableOrders);
  MeasureTables(rulebook, data, size);
}

}  // namespace
}  // namespace assay

int main(int argc, char** argv) {
  assay::Run(argc > 1 ? std::atoi(argv[1]) : 100'000, argc > 2 ? std::atoi(argv[2]) : 0);
  return 0;
}
