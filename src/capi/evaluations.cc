// Evaluations and their results for C.
#include "capi/call.h"
#include "evaluate/evaluation.h"
#include "evaluate/json.h"

namespace assay {
namespace {

// What both calls take.
absl::StatusOr<EvaluationOptions> ArgumentsOf(const assay_rulebook* rulebook, const assay_snapshot* snapshot,
                                              const assay_batch* batch, const assay_evaluation_options* given) {
  RETURN_IF_ERROR(CheckHandle(rulebook));
  RETURN_IF_ERROR(CheckHandle(snapshot));
  RETURN_IF_ERROR(CheckHandle(batch));
  if (given == nullptr) return absl::InvalidArgumentError("options is NULL: the clock of the run comes from the host");
  assay_evaluation_options known = {};
  RETURN_IF_ERROR(ReadOptions(given, "options", &known));
  EvaluationOptions options;
  ASSIGN_OR_RETURN(options.now, TimeOf(known.now_seconds, known.now_nanos));
  options.threads = known.threads == 0 ? 1 : known.threads;
  return options;
}

// Texts are made when they are first asked for.
assay_evaluation* ResultOf(v1::EvaluationResult run) {
  auto made = std::make_unique<assay_evaluation>();
  made->rows.resize(static_cast<size_t>(run.rows_size()));
  made->tasks.resize(static_cast<size_t>(run.worklist_size()));
  made->result = std::move(run);
  return made.release();
}

// The text of the message at the index, which `write` makes.
template <typename Messages, typename Write>
assay_string TextAt(const Messages& messages, size_t index, Write write, std::vector<std::string>* texts) {
  if (index >= texts->size()) return View("");
  std::string& text = (*texts)[index];
  if (text.empty()) text = write(*std::next(messages.begin(), static_cast<std::ptrdiff_t>(index)));
  return View(text);
}

// There is always one, so that none are there only until they are made.
void MakeTables(assay_evaluation* evaluation) {
  if (!evaluation->tables.empty()) return;
  evaluation->tables = ResultTables(evaluation->result);
  evaluation->table_texts.resize(evaluation->tables.size());
  evaluation->csv.resize(evaluation->tables.size());
}

}  // namespace
}  // namespace assay

extern "C" {

assay_status assay_batch_create(const assay_rulebook* rulebook, assay_batch** out, assay_error** error) {
  return assay::Making(out, error, [&](std::vector<assay::Issue>*) -> absl::StatusOr<assay_batch*> {
    RETURN_IF_ERROR(assay::CheckHandle(rulebook));
    return new assay_batch{.batch = assay::RowBatch(rulebook->rulebook)};
  });
}

assay_status assay_batch_add(assay_batch* batch, assay_format format, const char* row, size_t size,
                             assay_error** error) {
  return assay::Guarded(error, [&](std::vector<assay::Issue>*) -> absl::Status {
    RETURN_IF_ERROR(assay::CheckHandle(batch));
    ASSIGN_OR_RETURN(const assay::RowFormat form, assay::FormatIn(format));
    ASSIGN_OR_RETURN(const absl::string_view bytes, assay::BytesIn("row", row, size));
    return batch->batch.Add(form, bytes);
  });
}

void assay_batch_free(assay_batch* batch) { assay::Free(batch); }

assay_status assay_evaluate(const assay_rulebook* rulebook, const assay_snapshot* snapshot, const assay_batch* batch,
                            const assay_evaluation_options* options, assay_evaluation** out, assay_error** error) {
  return assay::Making(out, error, [&](std::vector<assay::Issue>*) -> absl::StatusOr<assay_evaluation*> {
    ASSIGN_OR_RETURN(const assay::EvaluationOptions given, assay::ArgumentsOf(rulebook, snapshot, batch, options));
    ASSIGN_OR_RETURN(assay::v1::EvaluationResult run,
                     assay::Evaluate(rulebook->rulebook, snapshot->data, batch->batch, given));
    return assay::ResultOf(std::move(run));
  });
}

assay_status assay_evaluate_explain(const assay_rulebook* rulebook, const assay_snapshot* snapshot,
                                    const assay_batch* batch, const char* row_id, size_t size,
                                    const assay_evaluation_options* options, assay_explanation** out,
                                    assay_error** error) {
  return assay::Making(out, error, [&](std::vector<assay::Issue>*) -> absl::StatusOr<assay_explanation*> {
    ASSIGN_OR_RETURN(const assay::EvaluationOptions given, assay::ArgumentsOf(rulebook, snapshot, batch, options));
    ASSIGN_OR_RETURN(const absl::string_view id, assay::BytesIn("row_id", row_id, size));
    ASSIGN_OR_RETURN(const assay::v1::EvaluationExplanation why,
                     assay::ExplainRow(rulebook->rulebook, snapshot->data, batch->batch, id, given));
    return new assay_explanation{.wire = why.SerializeAsString(), .json = assay::JsonOf(why)};
  });
}

assay_string assay_evaluation_wire(assay_evaluation* evaluation) {
  return assay::TextOf(evaluation, [](assay_evaluation& e) -> absl::string_view {
    if (e.wire.empty()) e.wire = e.result.SerializeAsString();
    return e.wire;
  });
}

assay_string assay_evaluation_summary(assay_evaluation* evaluation) {
  return assay::TextOf(evaluation, [](assay_evaluation& e) -> absl::string_view {
    if (e.summary.empty()) e.summary = assay::JsonOf(assay::SummaryOf(e.result));
    return e.summary;
  });
}

size_t assay_evaluation_row_count(const assay_evaluation* evaluation) {
  return assay::Count(evaluation, &assay_evaluation::rows);
}

assay_string assay_evaluation_row(assay_evaluation* evaluation, size_t index) {
  if (!assay::IsHandle(evaluation)) return assay::View("");
  return assay::TextAt(evaluation->result.rows(), index, assay::JsonOf, &evaluation->rows);
}

size_t assay_evaluation_task_count(const assay_evaluation* evaluation) {
  return assay::Count(evaluation, &assay_evaluation::tasks);
}

assay_string assay_evaluation_task(assay_evaluation* evaluation, size_t index) {
  if (!assay::IsHandle(evaluation)) return assay::View("");
  return assay::TextAt(evaluation->result.worklist(), index, assay::JsonOf, &evaluation->tasks);
}

size_t assay_evaluation_table_count(assay_evaluation* evaluation) {
  if (!assay::IsHandle(evaluation)) return 0;
  assay::MakeTables(evaluation);
  return evaluation->tables.size();
}

assay_string assay_evaluation_table(assay_evaluation* evaluation, size_t index) {
  if (!assay::IsHandle(evaluation)) return assay::View("");
  assay::MakeTables(evaluation);
  return assay::TextAt(evaluation->tables, index, assay::JsonOf, &evaluation->table_texts);
}

assay_string assay_evaluation_table_csv(assay_evaluation* evaluation, size_t index) {
  if (!assay::IsHandle(evaluation)) return assay::View("");
  assay::MakeTables(evaluation);
  return assay::TextAt(evaluation->tables, index, assay::TableCsv, &evaluation->csv);
}

void assay_evaluation_free(assay_evaluation* evaluation) { assay::Free(evaluation); }

}  // extern "C"
