// Entry points: RowReader, SortWorklist.
#include "evaluate/evaluated_rows.h"

#include <algorithm>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "evaluate/chunk_run.h"
#include "evaluate/findings.h"
#include "evaluate/output_values.h"

namespace assay {
namespace {

bool IsBefore(const WorklistEntry& a, const WorklistEntry& b) {
  if (const int order = CompareKeysMissingLast(a.priority, b.priority); order != 0) return order < 0;
  if (const int order = CompareKeysMissingLast(a.due, b.due); order != 0) return order < 0;
  return std::tie(a.row, a.rule, a.line) < std::tie(b.row, b.rule, b.line);
}

void SetAmbiguous(const OrderedRow& row, RowState* state) {
  state->row_error = absl::StrCat("several rows with other content have this id: '", row.id, "'");
  state->row_error_zh = absl::StrCat("多行内容不同却使用同一标识：'", row.id, "'");
}

}  // namespace

void SortWorklist(std::vector<WorklistEntry>* entries) { std::sort(entries->begin(), entries->end(), IsBefore); }

void RowReader::Judge(size_t begin, size_t count, Chunk* chunk, std::vector<RowState>* states) {
  states->assign(count, RowState());
  std::vector<RowState*> rows;
  for (RowState& state : *states) rows.push_back(&state);
  chunk->Compute(context_->needs->own);
  chunk->ReadRows(rows);
  for (size_t i = 0; i < count; ++i) {
    const OrderedRow& row = order_->rows[begin + i];
    if (row.is_ambiguous) SetAmbiguous(row, rows[i]);
  }
  chunk->Compute(context_->needs->early);
  if (!chunk->is_over_budget()) chunk->Findings(false, rows);
  if (!chunk->is_over_budget()) chunk->Compute(context_->needs->outputs);
  if (chunk->is_over_budget()) return;
  const PlannedValue& id = context_->book->evaluation.id;
  for (size_t i = 0; i < count; ++i) {
    const auto at = static_cast<int32_t>(i);
    const ErrorCode error = chunk->Error(id, at);
    if (error != 0 && rows[i]->row_error.empty())
      chunk->AddUnevaluable(error, "evaluation.id", v1::OUTCOME_HOLD, 0, at, rows[i]);
  }
  ReadOutputs(chunk, states);
  for (RowState& state : *states) {
    if (!state.row_error.empty()) HoldRow(&state);
  }
}

void RowReader::ReadOutputs(Chunk* chunk, std::vector<RowState>* states) {
  const CompiledRulebook& book = *context_->book;
  cells_.clear();
  for (const CompiledOutput& output : book.outputs) {
    cells_.push_back(ReadCells(chunk->frame(), output.columns));
    const v1::Outcome stated = output.proto->on_error();
    const v1::Outcome outcome = stated == v1::OUTCOME_UNSPECIFIED ? v1::OUTCOME_HOLD : stated;
    const std::vector<ResultCell>& cells = cells_.back();
    for (size_t i = 0; i < cells.size(); ++i) {
      if (cells[i].error == 0) continue;
      const auto row = static_cast<int32_t>(i);
      RowState* state = &(*states)[static_cast<size_t>(chunk->InputRowOf(output.level, row))];
      if (!state->row_error.empty()) continue;
      chunk->AddUnevaluable(cells[i].error, absl::StrCat("outputs.", output.proto->name()), outcome, output.level, row,
                            state);
    }
  }
}

v1::EvaluatedRow RowReader::Report(size_t row, const RowState& state, const Chunk* chunk, int32_t at) const {
  const CompiledRulebook& book = *context_->book;
  v1::EvaluatedRow reported;
  reported.set_id(order_->rows[row].id);
  v1::Outcome worst = v1::OUTCOME_UNSPECIFIED;
  for (const RawFinding* raw : InOrder(state.findings)) {
    *reported.add_findings() = FindingOf(book, *raw);
    if (!raw->observed) worst = std::max(worst, raw->outcome);
  }
  reported.set_worst(worst);
  reported.set_verdict(book.evaluation.verdicts[static_cast<size_t>(worst)]);
  AddOutputs(state.row_error.empty() ? chunk : nullptr, at, &reported);
  return reported;
}

void RowReader::AddOutputs(const Chunk* chunk, int32_t at, v1::EvaluatedRow* row) const {
  const CompiledRulebook& book = *context_->book;
  std::vector<bool> has_outputs(book.level_ids.size());
  for (size_t i = 0; i < book.outputs.size(); ++i) {
    const int level = book.outputs[i].level;
    if (level == 0) AddOutput(i, chunk, at, row->mutable_outputs());
    has_outputs[static_cast<size_t>(level)] = true;
  }
  for (size_t level = 1; level < has_outputs.size() && chunk != nullptr; ++level) {
    if (has_outputs[level]) AddLevelRows(static_cast<int>(level), *chunk, at, row);
  }
}

void RowReader::AddLevelRows(int level, const Chunk& chunk, int32_t at, v1::EvaluatedRow* row) const {
  const CompiledRulebook& book = *context_->book;
  const auto [begin, end] = chunk.RowsOf(level, at);
  for (int32_t i = begin; i < end; ++i) {
    v1::LevelRow* below = row->add_level_rows();
    below->set_level(book.proto.levels(level - 1).name());
    below->set_id(chunk.RowName(level, i));
    for (size_t k = 0; k < book.outputs.size(); ++k) {
      if (book.outputs[k].level == level) AddOutput(k, &chunk, i, below->mutable_outputs());
    }
  }
}

void RowReader::AddOutput(size_t output, const Chunk* chunk, int32_t at,
                          google::protobuf::RepeatedPtrField<v1::OutputValue>* values) const {
  const CompiledOutput& planned = context_->book->outputs[output];
  v1::OutputValue* value = values->Add();
  value->set_name(planned.proto->name());
  if (chunk == nullptr) return;
  const ResultCell& cell = cells_[output][static_cast<size_t>(at)];
  if (cell.error != 0) return;
  if (planned.sensitive) return value->set_masked(true);
  SetOutput(cell.value, planned.columns, value);
}

void RowReader::AddTasks(size_t row, const RowState& state, const v1::EvaluatedRow& reported,
                         std::vector<WorklistEntry>* entries) const {
  const std::vector<const RawFinding*> raws = InOrder(state.findings);
  for (size_t i = 0; i < raws.size(); ++i) {
    const RawFinding& raw = *raws[i];
    if (raw.task == nullptr) continue;
    const v1::Finding& finding = reported.findings(static_cast<int>(i));
    WorklistEntry& entry = entries->emplace_back();
    entry.priority = raw.task->priority_key;
    entry.due = raw.task->due_key;
    entry.row = row;
    entry.rule = raw.rule;
    entry.line = raw.line;
    v1::WorklistTask& task = entry.task;
    const CompiledRule& rule = context_->book->rules[static_cast<size_t>(raw.rule)];
    task.set_owner(rule.task.owner.exists() ? raw.task->owner : finding.route());
    *task.mutable_what() = rule.proto->title();
    *task.mutable_why() = finding.message();
    task.set_due(raw.task->due);
    task.set_priority(raw.task->priority);
    task.set_subject(raw.task->subject);
    task.set_row_id(reported.id());
    task.set_line_id(finding.line_id());
    task.set_rule(finding.rule());
    task.set_outcome(finding.outcome());
  }
}

}  // namespace assay
