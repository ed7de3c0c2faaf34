// One order against a million prices, over which a host lays the order's partner and stock with each call: by five
// checks as an evaluation, and by the standard rulebook as a session. Medians of processor time, of laying over and
// judging.
//   overlay_bench [CALLS]
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "assay/evaluate.h"
#include "assay/review.h"
#include "assay/v1/order.pb.h"
#include "assay/v1/partner.pb.h"
#include "assay/v1/stock.pb.h"
#include "bench/day_rows.h"
#include "bench/need.h"
#include "bench/process_use.h"
#include "google/protobuf/util/json_util.h"

namespace assay {
namespace {

constexpr char kFiveChecks[] = ASSAY_SOURCE_DIR "/bench/overlay_checks.yaml";
constexpr char kStandard[] = ASSAY_SOURCE_DIR "/rules/standard/order_review.yaml";
const absl::Time kNow = absl::FromUnixSeconds(1'795'140'000);  // 2026-11-20 09:00 in Shanghai
constexpr int kOrders = 64;                                    // taken in turn

// One order with what a host fetches for it, as wire bytes.
struct Call {
  std::string order;
  std::string partner;
  std::vector<std::string> lots;
};

// The base with all that hosts keep, and calls over it.
class Bench {
 public:
  explicit Bench(const char* file)
      : rulebook_(Need(Rulebook::LoadFile(file, Need(EntitySchema::Standard()), nullptr))) {
    ReferenceDataBuilder prices(rulebook_);
    for (int group = 0; group < size_.price_groups; ++group) {
      for (int i = 0; i < size_.products; ++i) Check(prices.Add("prices", RowFormat::kJson, DayPrice(group, i)));
    }
    const std::vector<std::string> datasets = rulebook_.datasets();
    has_products_ = std::find(datasets.begin(), datasets.end(), "products") != datasets.end();
    for (int i = 0; has_products_ && i < size_.products; ++i)
      Check(prices.Add("products", RowFormat::kJson, DayProduct(i)));
    base_.push_back(Need(prices.Build()));
    // The same with everything in it: what calls over the base must find.
    ReferenceDataBuilder whole(base_[0]);
    for (int i = 0; i < size_.partners; ++i) Check(whole.Add("partners", RowFormat::kJson, DayPartner(size_, i)));
    for (int w = 0; w < size_.warehouses; ++w) {
      for (int i = 0; i < size_.products; ++i) Check(whole.Add("lots", RowFormat::kJson, DayLot(size_, w, i)));
    }
    base_.push_back(Need(whole.Build()));
    for (int i = 0; i < kOrders; ++i) calls_.push_back(CallOf(i));
  }

  ReferenceData Over(const Call& call) const {
    ReferenceDataBuilder over(base_[0]);
    Check(over.Add("partners", RowFormat::kWire, call.partner));
    for (const std::string& lot : call.lots) Check(over.Add("lots", RowFormat::kWire, lot));
    return Need(over.Build());
  }

  // Judges each call in turn, and prints the medians.
  void Measure(const char* name, int calls,
               const std::function<std::string(const ReferenceData&, const Call&)>& judge) {
    std::vector<double> laying;
    std::vector<double> judging;
    for (const Call& call : calls_) {
      if (judge(Over(call), call) != judge(base_[1], call)) Fail(std::string(name) + " over the base judges otherwise");
    }
    for (int i = 0; i < calls; ++i) {
      const Call& call = calls_[static_cast<size_t>(i) % calls_.size()];
      const double begin = ProcessorSeconds();
      const ReferenceData over = Over(call);
      const double laid = ProcessorSeconds();
      judge(over, call);
      laying.push_back(laid - begin);
      judging.push_back(ProcessorSeconds() - laid);
    }
    const double lay = Median(std::move(laying)) * 1e6;
    const double judged = Median(std::move(judging)) * 1e6;
    std::printf("%-28s %7.1f us an order: %6.1f lay over, %6.1f judge\n", name, lay + judged, lay, judged);
  }

 private:
  template <typename Message>
  static Message Parsed(const std::string& json) {
    Message message;
    if (!google::protobuf::util::JsonStringToMessage(json, &message).ok()) Fail("no row: " + json);
    return message;
  }

  static int NumberIn(const std::string& id) { return std::atoi(id.c_str() + id.find_first_of("0123456789")); }

  Call CallOf(int number) const {
    const v1::Order order = Parsed<v1::Order>(DayOrder(size_, number));
    Call call = {order.SerializeAsString(),
                 Parsed<v1::Partner>(DayPartner(size_, NumberIn(order.sold_to()))).SerializeAsString(),
                 {}};
    std::set<int> products;
    for (const v1::OrderLine& line : order.lines()) products.insert(NumberIn(line.product_id()));
    for (const int product : products) {
      call.lots.push_back(
          Parsed<v1::StockLot>(DayLot(size_, NumberIn(order.warehouse()), product)).SerializeAsString());
    }
    return call;
  }

  const DaySize size_;
  Rulebook rulebook_;
  bool has_products_ = false;
  std::vector<ReferenceData> base_;
  std::vector<Call> calls_;
};

std::string Evaluated(const ReferenceData& data, const Call& call) {
  RowBatch rows(data.rulebook());
  Check(rows.Add(RowFormat::kWire, call.order));
  v1::EvaluationResult result = Need(Evaluate(data.rulebook(), data, rows, {.now = kNow}));
  result.clear_provenance();
  return result.SerializeAsString();
}

std::string Reviewed(const ReferenceData& data, const Call& call) {
  const auto session = Need(ReviewSession::Open(data.rulebook(), data, {.now = kNow, .day_tables = false}));
  Check(session->Add(RowFormat::kWire, call.order));
  v1::RunResult result = Need(session->Run());
  for (v1::Decision& decision : *result.mutable_decisions()) decision.clear_provenance();
  return result.decisions(0).SerializeAsString();
}

void Run(int calls) {
  Bench(kFiveChecks).Measure("evaluation of five checks", calls, Evaluated);
  Bench(kStandard).Measure("session, standard rulebook", calls / 10, Reviewed);
  std::printf("%.2f GB\n", PeakMegabytes() / 1024);
}

}  // namespace
}  // namespace assay

int main(int argc, char** argv) {
  assay::Run(argc > 1 ? std::atoi(argv[1]) : 20'000);
  return 0;
}
