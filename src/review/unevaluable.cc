// Values that could not be had: where each began, in words, and one finding for each
// origin. Entry points: Chunk::Origin, Chunk::AddUnevaluable.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "review/chunk.h"

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
};

}  // namespace

// "line 3: quantity" for a field of the batch, "products: 17: name" for one of a dataset.
std::string Chunk::PlaceOf(const CellError& error) const {
  const CompiledRulebook& book = *context_->book;
  std::string place;
  if (error.source != kBatchSource) {
    place = absl::StrCat(book.program().datasets[error.source].name, ", row ", error.row + 1, ": ");
  } else if (book.review.lines >= 0 && error.field != nullptr) {
    const LevelId lines = book.level_ids[book.review.lines];
    if (error.level == book.program().levels[lines].ingest_level) {
      place = absl::StrCat(book.proto.review().lines(), " ", Text(book.review.line_id, error.row), ": ");
    }
  }
  return absl::StrCat(place, error.field == nullptr ? "a value" : error.field->name());
}

std::pair<std::string, std::string> Chunk::Origin(ErrorCode code) const {
  const CellError error = columns_.errors().Get(code);
  const KindText& kind = kKindTexts[static_cast<size_t>(error.kind)];
  const std::string detail(error.detail);
  if (error.kind == ErrorKind::kMissingRow || error.kind == ErrorKind::kAmbiguousRow) {
    return {absl::StrCat(detail, " ", kind.en), absl::StrCat(detail, " ", kind.zh)};
  }
  const std::string place = PlaceOf(error);
  return {absl::StrCat(place, " ", kind.en, detail.empty() ? "" : absl::StrCat(" (", detail, ")")),
          absl::StrCat(place, " ", kind.zh)};
}

void Chunk::AddUnevaluable(ErrorCode code, const std::string& dependent, v1::Outcome outcome, int32_t line,
                           OrderState* state) const {
  auto [origin, origin_zh] = Origin(code);
  auto same = std::find_if(state->findings.begin(), state->findings.end(),
                           [&](const RawFinding& f) { return f.rule < 0 && f.origin == origin; });
  if (same == state->findings.end()) {
    RawFinding finding;
    finding.origin = std::move(origin);
    finding.origin_zh = std::move(origin_zh);
    finding.line = line;
    if (line >= 0) finding.line_id = state->lines[line].id;
    state->findings.push_back(std::move(finding));
    same = state->findings.end() - 1;
  }
  same->outcome = std::max(same->outcome, outcome);
  if (same->line != line) {
    same->line = -1;
    same->line_id.clear();
  }
  const bool known = std::find(same->dependents.begin(), same->dependents.end(), dependent) != same->dependents.end();
  if (!known) same->dependents.push_back(dependent);
}

}  // namespace assay
