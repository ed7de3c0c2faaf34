// Wire bytes to columns, against protobuf's three ways of parsing the same bytes, per order.
// The decoder reads what a typical order check reads: 7 of an order's fields and 8 of each line's; or every field there
// is.
#include <memory>

#include "bench/sample_orders.h"
#include "benchmark/benchmark.h"
#include "google/protobuf/arena.h"
#include "google/protobuf/util/json_util.h"
#include "ingest/json_transcoder.h"
#include "ingest/wire_decoder.h"

namespace assay {
namespace {

using google::protobuf::Descriptor;

constexpr int kOrders = 2000;

const std::vector<std::string>& Rows() {
  static const auto* const rows = [] {
    auto* bytes = new std::vector<std::string>;
    for (const v1::Order& order : SampleOrders(kOrders)) bytes->push_back(order.SerializeAsString());
    return bytes;
  }();
  return *rows;
}

void ReportPerOrder(benchmark::State& state) {
  size_t bytes = 0;
  for (const std::string& row : Rows()) bytes += row.size();
  state.counters["bytes/order"] = static_cast<double>(bytes) / kOrders;
  state.counters["time/order"] = benchmark::Counter(static_cast<double>(state.iterations()) * kOrders,
                                                    benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void AddFields(ProjectionBuilder* builder, int level, const Descriptor& type, const std::vector<std::string>& names) {
  for (const std::string& name : names) builder->AddField(level, {}, type.FindFieldByName(name));
}

std::shared_ptr<const Projection> CheckedFields() {
  const auto schema = *Schema::CreateStandard();
  const Descriptor& order = **schema->FindMessage("assay.v1.Order");
  ProjectionBuilder builder(schema, &order);
  AddFields(&builder, 0, order, {"id", "sold_to", "submitted_at", "kind", "currency", "tax_included", "total"});
  const int lines = builder.AddLevel(0, {}, order.FindFieldByName("lines"));
  AddFields(&builder, lines, *order.FindFieldByName("lines")->message_type(),
            {"product_id", "quantity", "unit", "unit_price", "discount_rate", "tax_rate", "net_amount", "free_goods"});
  return builder.Build();
}

std::shared_ptr<const Projection> AllFields() {
  const auto schema = *Schema::CreateStandard();
  const Descriptor& order = **schema->FindMessage("assay.v1.Order");
  ProjectionBuilder builder(schema, &order);
  const int lines = builder.AddLevel(0, {}, order.FindFieldByName("lines"));
  const Descriptor& line = *order.FindFieldByName("lines")->message_type();
  for (int i = 0; i < order.field_count(); ++i) {
    if (!order.field(i)->is_repeated()) builder.AddField(0, {}, order.field(i));
  }
  for (int i = 0; i < line.field_count(); ++i) builder.AddField(lines, {}, line.field(i));
  return builder.Build();
}

void Decode(benchmark::State& state, const std::shared_ptr<const Projection>& projection) {
  const std::vector<absl::string_view> views(Rows().begin(), Rows().end());
  WireDecoder decoder(projection);
  ColumnSet columns = projection->NewColumns();
  for (auto _ : state) {
    if (!decoder.Decode(views, {}, &columns).ok() || !columns.row_errors().empty()) state.SkipWithError("undecodable");
    benchmark::DoNotOptimize(columns.level(1).size);
  }
  ReportPerOrder(state);
}

void BM_DecodeCheckedFields(benchmark::State& state) { Decode(state, CheckedFields()); }
BENCHMARK(BM_DecodeCheckedFields);

void BM_DecodeAllFields(benchmark::State& state) { Decode(state, AllFields()); }
BENCHMARK(BM_DecodeAllFields);

// One order for each call, as a host without batches gives them.
void BM_DecodeOneByOne(benchmark::State& state) {
  const auto projection = CheckedFields();
  WireDecoder decoder(projection);
  ColumnSet columns = projection->NewColumns();
  for (auto _ : state) {
    for (const std::string& row : Rows()) {
      const absl::string_view view = row;
      benchmark::DoNotOptimize(decoder.Decode(absl::MakeConstSpan(&view, 1), {}, &columns).ok());
    }
  }
  ReportPerOrder(state);
}
BENCHMARK(BM_DecodeOneByOne);

void BM_ParseFresh(benchmark::State& state) {
  for (auto _ : state) {
    for (const std::string& row : Rows()) {
      v1::Order order;
      benchmark::DoNotOptimize(order.ParseFromString(row));
    }
  }
  ReportPerOrder(state);
}
BENCHMARK(BM_ParseFresh);

void BM_ParseReused(benchmark::State& state) {
  v1::Order order;
  for (auto _ : state) {
    for (const std::string& row : Rows()) benchmark::DoNotOptimize(order.ParseFromString(row));
  }
  ReportPerOrder(state);
}
BENCHMARK(BM_ParseReused);

void BM_ParseOnArena(benchmark::State& state) {
  for (auto _ : state) {
    google::protobuf::Arena arena;
    for (const std::string& row : Rows()) {
      auto* order = google::protobuf::Arena::CreateMessage<v1::Order>(&arena);
      benchmark::DoNotOptimize(order->ParseFromString(row));
    }
  }
  ReportPerOrder(state);
}
BENCHMARK(BM_ParseOnArena);

const std::vector<std::string>& JsonRows() {
  static const auto* const rows = [] {
    auto* texts = new std::vector<std::string>;
    for (const v1::Order& order : SampleOrders(kOrders)) {
      benchmark::DoNotOptimize(google::protobuf::util::MessageToJsonString(order, &texts->emplace_back()).ok());
    }
    return texts;
  }();
  return *rows;
}

void BM_TranscodeJson(benchmark::State& state) {
  const auto schema = *Schema::CreateStandard();
  const Descriptor& type = **schema->FindMessage("assay.v1.Order");
  JsonTranscoder transcoder(*schema);
  std::string wire;
  for (auto _ : state) {
    for (const std::string& row : JsonRows()) {
      wire.clear();
      if (!transcoder.Transcode(row, type, 1, &wire).ok()) state.SkipWithError("refused");
    }
  }
  ReportPerOrder(state);
}
BENCHMARK(BM_TranscodeJson);

void BM_ProtobufJson(benchmark::State& state) {
  v1::Order order;
  for (auto _ : state) {
    for (const std::string& row : JsonRows()) {
      order.Clear();
      if (!google::protobuf::util::JsonStringToMessage(row, &order).ok()) state.SkipWithError("refused");
    }
  }
  ReportPerOrder(state);
}
BENCHMARK(BM_ProtobufJson);

}  // namespace
}  // namespace assay

BENCHMARK_MAIN();
