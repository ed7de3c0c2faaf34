// A rulebook without ledgers, run over batches of wire bytes. Entry points: RulebookChecks's.
// Findings are listed by number, without their texts, as the hand-written checks give them.
#include "bench/rulebook_checks.h"

#include <cstring>

#include "base/status_macros.h"
#include "rulebook/file_reader.h"
#include "rulebook/loader.h"
#include "rulebook/reference.h"

namespace assay {
namespace {

// The next multiple of eight from `row` on, of whose eight rows any fires or errs; else the rest is read one by one.
size_t SkipSilent(const Vector& condition, const Vector& when, size_t row) {
  for (; row + 8 <= condition.size; row += 8) {
    uint64_t word;
    std::memcpy(&word, static_cast<const char*>(condition.data) + row, 8);
    for (size_t i = row; i < row + 8; ++i) word |= condition.error(i) | when.error(i);
    if (word != 0) return row;
  }
  return row;
}

}  // namespace

absl::StatusOr<std::shared_ptr<const CompiledRulebook>> LoadBenchRulebook(const std::string& file) {
  const std::string path = std::string(ASSAY_SOURCE_DIR "/bench/") + file;
  ASSIGN_OR_RETURN(std::shared_ptr<const Schema> schema, Schema::CreateStandard());
  IssueList issues;
  std::optional<LoadedRulebook> loaded = LoadRulebookFile(path, DiskFileReader(path), &issues);
  std::shared_ptr<const CompiledRulebook> book;
  if (loaded.has_value()) book = CompileRulebook(*std::move(loaded), schema, &issues);
  RETURN_IF_ERROR(issues.ToStatus());
  return book;
}

absl::StatusOr<std::shared_ptr<const Snapshot>> PriceSnapshot(const CompiledRulebook& book,
                                                              const std::vector<std::string>& price_rows) {
  auto rows = std::make_shared<RowBytes>();
  for (const std::string& row : price_rows) rows->Add(row);
  return BuildSnapshot(book, {{"prices", rows}});
}

absl::StatusOr<std::unique_ptr<RulebookChecks>> RulebookChecks::Load(const std::string& file,
                                                                     const std::vector<std::string>& price_rows) {
  ASSIGN_OR_RETURN(std::shared_ptr<const CompiledRulebook> book, LoadBenchRulebook(file));
  std::shared_ptr<const Snapshot> snapshot;
  if (price_rows.empty()) {
    ASSIGN_OR_RETURN(snapshot, BuildSnapshot(*book, {}));
  } else {
    ASSIGN_OR_RETURN(snapshot, PriceSnapshot(*book, price_rows));
  }
  return std::unique_ptr<RulebookChecks>(new RulebookChecks(std::move(book), std::move(snapshot)));
}

RulebookChecks::RulebookChecks(std::shared_ptr<const CompiledRulebook> book, std::shared_ptr<const Snapshot> snapshot)
    : book_(std::move(book)),
      reference_(ReferenceColumnsFor(book_->executable, *snapshot, {})),
      decoder_(book_->program().batch.projection),
      columns_(book_->program().batch.projection->NewColumns()),
      arena_(size_t{1} << 16) {
  std::vector<NodeId> roots;
  for (const CompiledRule& rule : book_->rules) {
    if (rule.when.exists()) roots.push_back(rule.when.node);
    roots.push_back(rule.condition.node);
  }
  nodes_ = Needs(book_->program(), roots, false);
}

absl::Status RulebookChecks::Decode(absl::Span<const absl::string_view> orders) {
  return decoder_.Decode(orders, Limits{}, &columns_);
}

void RulebookChecks::Compute() {
  arena_.Reset();
  BeginRun(*book_->executable, &columns_, reference_.get(), &arena_, &columns_.errors(), &frame_);
  Run(&frame_, nodes_);
}

void RulebookChecks::ListRow(const CompiledRule& rule, int32_t row, CheckResult result, CheckResults* results) const {
  if (rule.level != 0) {
    const LevelRows& lines = frame_.levels[book_->level_ids[rule.level]];
    result.order += lines.parent[row];
    result.line = row - lines.begin[lines.parent[row]];
  } else {
    result.order += row;
  }
  results->push_back(result);
}

void RulebookChecks::List(int32_t first_order, CheckResults* results) const {
  for (size_t i = 0; i < book_->rules.size(); ++i) {
    const CompiledRule& rule = book_->rules[i];
    const Vector& condition = ColumnOf(frame_, rule.condition.node);
    const Vector when = rule.when.exists() ? ColumnOf(frame_, rule.when.node) : Vector{};
    const uint8_t* const fires = static_cast<const uint8_t*>(condition.data);
    const uint8_t* const counts = static_cast<const uint8_t*>(when.data);
    CheckResult result{first_order, -1, static_cast<int16_t>(i), false};
    if (condition.errors == nullptr && when.errors == nullptr) {
      const uint8_t* const end = fires + condition.size;
      for (const uint8_t* at = fires; at != end; ++at) {
        at = static_cast<const uint8_t*>(std::memchr(at, 1, static_cast<size_t>(end - at)));
        if (at == nullptr) break;
        if (counts == nullptr || counts[at - fires] != 0)
          ListRow(rule, static_cast<int32_t>(at - fires), result, results);
      }
      continue;
    }
    for (size_t row = 0; row < condition.size; ++row) {
      if (row % 8 == 0) row = SkipSilent(condition, when, row);
      if (row == condition.size) break;
      const bool is_considered = when.error(row) != 0 || counts == nullptr || counts[row] != 0;
      const bool errs = when.error(row) != 0 || condition.error(row) != 0;
      if (!is_considered || (!errs && fires[row] == 0)) continue;
      result.is_unevaluable = errs;
      ListRow(rule, static_cast<int32_t>(row), result, results);
    }
  }
}

}  // namespace assay
