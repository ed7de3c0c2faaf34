// Values that could not be had: where each began, in words, and one finding for each
// origin. Entry points: Chunk::Origin, Chunk::AddUnevaluable, and those of error_place.h.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "evaluate/chunk.h"
#include "evaluate/error_place.h"
#include "evaluate/fault_words.h"
#include "google/protobuf/message.h"

namespace assay {
namespace {

struct KindText {
  const char* en;
  const char* zh;
};

// By ErrorKind.
constexpr KindText kKindTexts[] = {
    {"is absent", "缺失"},
    {"is malformed", "格式错误"},
    {"is out of range", "超出范围"},
    {"cannot be decoded", "无法解码"},
    {"is divided by zero", "除数为零"},
    {"is missing", "不存在"},
    {"is there more than once", "不唯一"},
    {"has no such key", "没有该键"},
    {"has no such element", "没有该元素"},
    {"is empty", "为空"},
    {"is null", "为空值"},
    {"has an invalid argument", "参数无效"},
    {"fits no row", "没有符合的行"},
    {"fits more than one row", "符合的行不止一行"},
    {"fits rows that differ", "符合的各行结果不同"},
    {"takes more than one row may", "超过单行上限"},
};

// The key of a row, "W1, P-7"; its number where the dataset has none.
std::string KeyOf(const RunContext& context, int dataset, int32_t row) {
  const CompiledRulebook& book = *context.book;
  std::string number = absl::StrCat("row ", row + 1);
  const Dataset& rows = context.snapshot->dataset(dataset);
  const std::vector<const google::protobuf::FieldDescriptor*> fields = NamingFields(book, dataset);
  if (row < 0 || row >= rows.size() || fields.empty()) return number;
  std::unique_ptr<google::protobuf::Message> message(
      book.schema->Prototype(*book.program().datasets[dataset].message).New());
  const absl::string_view bytes = rows.Row(row);
  if (!message->ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return number;
  std::vector<std::string> values;
  values.reserve(fields.size());
  for (const google::protobuf::FieldDescriptor* field : fields) {
    values.push_back(message->GetReflection()->GetString(*message, field));
  }
  return absl::StrJoin(values, ", ");
}

}  // namespace

bool TellsRow(ErrorKind kind) {
  return kind != ErrorKind::kMissingRow && kind != ErrorKind::kAmbiguousRow && kind != ErrorKind::kNoHit &&
         kind != ErrorKind::kManyHits && kind != ErrorKind::kUnlikeHits;
}

std::vector<const google::protobuf::FieldDescriptor*> NamingFields(const CompiledRulebook& book, int dataset) {
  const SourcePlan& source = book.program().datasets[dataset];
  std::vector<std::string> names = {"id"};
  for (const v1::Dataset& named : book.proto.datasets()) {
    if (named.name() == source.name && named.key_size() > 0) names.assign(named.key().begin(), named.key().end());
  }
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  for (const std::string& name : names) {
    const google::protobuf::FieldDescriptor* field = source.message->FindFieldByName(name);
    const bool text = field != nullptr && !field->is_repeated() &&
                      field->cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_STRING;
    if (!text) return {};
    fields.push_back(field);
  }
  return fields;
}

int32_t RootRowOf(const RunContext& context, const CellError& error) {
  const CompiledRulebook& book = *context.book;
  // A field's error is of a level of the message, a computed value's of one of the program.
  int level = error.field != nullptr ? error.level : book.program().levels[error.level].ingest_level;
  int32_t row = error.row;
  const std::vector<ProjectedLevel>& levels = book.program().datasets[error.source].projection->levels;
  const Dataset& dataset = context.snapshot->dataset(error.source);
  for (; level > 0; level = levels[level].parent) row = dataset.ParentOf(level, levels[level].parent, row);
  return row;
}

// "line 3: " or "products[P-7]: ": the row that the error is of; nothing for the input's row itself.
std::string Chunk::PlaceOf(const CellError& error) const {
  const CompiledRulebook& book = *context_->book;
  if (error.source != kBatchSource) {
    return absl::StrCat(book.program().datasets[error.source].name, "[",
                        KeyOf(*context_, error.source, RootRowOf(*context_, error)), "]: ");
  }
  for (size_t level = 1; level < book.row_names.size(); ++level) {
    if (!book.row_names[level].exists) continue;
    const LevelId id = book.level_ids[level];
    if (error.level != (error.field != nullptr ? book.program().levels[id].ingest_level : id)) continue;
    const auto at = static_cast<int>(level);
    return absl::StrCat(book.proto.levels(at - 1).name(), " ", RowName(at, error.row), ": ");
  }
  return "";
}

std::pair<std::string, std::string> Chunk::Origin(ErrorCode code) const {
  const CellError error = columns_.errors().Get(code);
  const KindText& kind = kKindTexts[static_cast<size_t>(error.kind)];
  const std::string detail(error.detail);
  if (!TellsRow(error.kind)) {
    return {absl::StrCat(detail, " ", kind.en), absl::StrCat(detail, " ", kind.zh)};
  }
  const std::string place = PlaceOf(error);
  const std::string name = error.field == nullptr ? "" : error.field->name();
  return {absl::StrCat(place, name.empty() ? "a value" : name, " ", kind.en,
                       detail.empty() ? "" : absl::StrCat(" (", detail, ")")),
          absl::StrCat(place, name.empty() ? "数值" : absl::StrCat(name, " "), kind.zh,
                       detail.empty() ? "" : absl::StrCat("（", FaultInChinese(detail), "）"))};
}

void Chunk::AddUnevaluable(ErrorCode code, const std::string& dependent, v1::Outcome outcome, int level, int32_t row,
                           RowState* state) const {
  auto [origin, origin_zh] = Origin(code);
  const int32_t line = PlaceInRow(level, row);
  std::string line_id = RowName(level, row);
  auto same = std::find_if(state->findings.begin(), state->findings.end(), [&](const RawFinding& f) {
    return f.rule == RawFinding::kUnevaluable && f.origin == origin;
  });
  if (same == state->findings.end()) {
    RawFinding finding;
    finding.origin = std::move(origin);
    finding.origin_zh = std::move(origin_zh);
    finding.line = line;
    finding.line_id = line_id;
    state->findings.push_back(std::move(finding));
    same = state->findings.end() - 1;
  }
  same->outcome = std::max(same->outcome, outcome);
  if (same->line != line || same->line_id != line_id) {
    same->line = -1;
    same->line_id.clear();
  }
  const bool known = std::find(same->dependents.begin(), same->dependents.end(), dependent) != same->dependents.end();
  if (!known) same->dependents.push_back(dependent);
}

}  // namespace assay
