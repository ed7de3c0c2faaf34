// A large day reviewed by the standard rulebook, draws included: orders per second, one thread against two, and the
// most memory that was in use.
//   day_bench [ORDERS [THREADS]]
// Without THREADS first on one, then on two, which must decide the same.
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
#include "bench/process_use.h"

namespace assay {
namespace {

constexpr char kStandard[] = ASSAY_SOURCE_DIR "/rules/standard/order_review.yaml";
constexpr int64_t kNow = 1'795'140'000;  // 2026-11-20 09:00 in Shanghai

[[noreturn]] void Fail(const std::string& why) {
  std::fprintf(stderr, "day_bench: %s\n", why.c_str());
  std::exit(1);
}

void Check(const absl::Status& status) {
  if (!status.ok()) Fail(status.ToString());
}

template <typename T>
T Need(absl::StatusOr<T> value) {
  Check(value.status());
  return *std::move(value);
}

// Processor time of all threads, and the clock's.
struct Times {
  double processor = 0;
  double clock = 0;

  static Times Now() {
    const auto clock = std::chrono::steady_clock::now().time_since_epoch();
    return {ProcessorSeconds(), std::chrono::duration<double>(clock).count()};
  }
  Times operator-(const Times& begin) const { return {processor - begin.processor, clock - begin.clock}; }
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

// The day on so many threads; a digest of its decisions.
std::string Review(const Rulebook& rulebook, const ReferenceData& data, const DaySize& size, int threads) {
  const ReviewOptions options = {.now = absl::FromUnixSeconds(kNow), .threads = threads};
  const auto session = Need(ReviewSession::Open(rulebook, data, options));
  for (int i = 0; i < size.orders; ++i) Check(session->Add(RowFormat::kJson, DayOrder(size, i)));
  const Times begin = Times::Now();
  const v1::RunResult result = Need(session->Run());
  const Times spent = Times::Now() - begin;
  std::map<std::string, int> counts;
  Sha256 digest;
  for (const v1::Decision& decision : result.decisions()) {
    ++counts[v1::Disposition_Name(decision.disposition())];
    digest.Update(decision.SerializeAsString());
  }
  std::printf("%9d orders, %d threads: %7.1f us an order of processor time, %7.0f orders a second; %.2f GB\n",
              size.orders, threads, spent.processor / size.orders * 1e6, size.orders / spent.clock,
              PeakMegabytes() / 1024);
  for (const auto& [disposition, count] : counts) std::printf("%30s %d\n", disposition.c_str(), count);
  return ToHex(digest.Finish());
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
  if (threads == 0 && Review(rulebook, data, size, 2) != decided) Fail("two threads decide otherwise");
}

}  // namespace
}  // namespace assay

int main(int argc, char** argv) {
  assay::Run(argc > 1 ? std::atoi(argv[1]) : 100'000, argc > 2 ? std::atoi(argv[2]) : 0);
  return 0;
}
