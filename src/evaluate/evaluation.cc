// A run: the rows under their ids, then chunk by chunk what comes of them. Entry points: Evaluate, ExplainRow,
// SummaryOf.
#include "evaluate/evaluation.h"

#include <algorithm>
#include <climits>
#include <iterator>
#include <map>
#include <mutex>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "evaluate/board.h"
#include "evaluate/chunk_run.h"
#include "evaluate/evaluated_rows.h"
#include "evaluate/explain.h"
#include "evaluate/message_fields.h"
#include "evaluate/provenance.h"
#include "google/protobuf/message.h"
#include "rulebook/reference.h"

namespace assay {
namespace {

class EvaluationRun {
 public:
  // The rows see each other through `batch.` datasets.
  static absl::StatusOr<EvaluationRun> Begin(const std::shared_ptr<const CompiledRulebook>& book,
                                             const std::shared_ptr<const Snapshot>& snapshot,
                                             absl::Span<const absl::string_view> rows,
                                             const EvaluationSettings& options) {
    if (!book->evaluation.exists)
      return absl::FailedPreconditionError("the rulebook has no evaluation section: it evaluates no rows");
    RETURN_IF_ERROR(CheckThreads(options.threads));
    if (rows.size() > static_cast<size_t>(INT_MAX))
      return absl::InvalidArgumentError("a run has 2,147,483,647 rows at most");
    EvaluationRun run;
    ASSIGN_OR_RETURN(run.context_, NewRunContext(book, snapshot, v1::CHECKPOINT_UNSPECIFIED, options.now));
    ASSIGN_OR_RETURN(run.order_, OrderRows(*run.context_, rows, options.threads));
    run.threads_ = options.threads;
    for (const OrderedRow& row : run.order_.rows) run.rows_.push_back(row.bytes);
    if (book->batch_dataset < 0) return run;
    auto batch = std::make_shared<RowBytes>();
    const std::unique_ptr<google::protobuf::Message> message(
        book->schema->Prototype(*book->program().batch.message).New());
    std::string canonical;
    for (const OrderedRow& row : run.order_.rows) {
      canonical.clear();
      if (!row.is_ambiguous && CanonicalBytes(row.bytes, message.get(), &canonical)) batch->Add(canonical);
    }
    ASSIGN_OR_RETURN(const std::shared_ptr<const Snapshot> with_batch, WithBatch(*book, snapshot, batch));
    ASSIGN_OR_RETURN(run.context_, NewRunContext(book, with_batch, v1::CHECKPOINT_UNSPECIFIED, options.now));
    return run;
  }

  absl::StatusOr<v1::EvaluationResult> Evaluate() {
    v1::EvaluationResult result;
    *result.mutable_provenance() = ProvenanceOf(*context_);
    result.set_repeated_rows(order_.repeated);
    AddOutputColumns(&result);
    result.mutable_rows()->Reserve(static_cast<int>(rows_.size()));
    for (size_t i = 0; i < rows_.size(); ++i) result.add_rows();
    std::vector<WorklistEntry> worklist;
    RETURN_IF_ERROR(Judge(&result, &worklist));
    SortWorklist(&worklist);
    for (WorklistEntry& entry : worklist) *result.add_worklist() = std::move(entry.task);
    AddCounts(&result);
    if (context_->book->evaluation.board.exists) *result.mutable_board() = BoardOf(*context_->book, result);
    return result;
  }

  absl::StatusOr<v1::EvaluationExplanation> Explain(absl::string_view id) {
    const auto found =
        std::find_if(order_.rows.begin(), order_.rows.end(), [&](const OrderedRow& row) { return row.id == id; });
    if (found == order_.rows.end()) return absl::NotFoundError(absl::StrCat("no row has this id: '", id, "'"));
    const auto row = static_cast<size_t>(found - order_.rows.begin());
    Chunk chunk(context_.get());
    RowReader reader(context_.get(), &order_);
    std::vector<RowState> states;
    RETURN_IF_ERROR(chunk.Load(absl::MakeConstSpan(rows_).subspan(row, 1)));
    reader.Judge(row, 1, &chunk, &states);
    v1::EvaluationExplanation explanation;
    if (chunk.is_over_budget()) {
      *explanation.mutable_row() = OverBudget(reader, row);
      return explanation;
    }
    *explanation.mutable_row() = reader.Report(row, states[0], &chunk, 0);
    std::vector<WorklistEntry> tasks;
    reader.AddTasks(row, states[0], explanation.row(), &tasks);
    SortWorklist(&tasks);
    for (WorklistEntry& entry : tasks) *explanation.add_tasks() = std::move(entry.task);
    if (states[0].row_error.empty())
      RETURN_IF_ERROR(
          assay::Explain(states[0], &chunk, explanation.mutable_verdicts(), explanation.mutable_variables()));
    return explanation;
  }

 private:
  absl::Status Judge(v1::EvaluationResult* result, std::vector<WorklistEntry>* worklist) const {
    std::mutex mutex;  // of the worklist
    ChunkWork work;
    work.read = [&](size_t begin, size_t count, Chunk* chunk) {
      RowReader reader(context_.get(), &order_);
      std::vector<RowState> states;
      reader.Judge(begin, count, chunk, &states);
      if (chunk->is_over_budget()) return;
      std::vector<WorklistEntry> tasks;
      for (size_t i = 0; i < count; ++i) {
        v1::EvaluatedRow* row = result->mutable_rows(static_cast<int>(begin + i));
        *row = reader.Report(begin + i, states[i], chunk, static_cast<int32_t>(i));
        reader.AddTasks(begin + i, states[i], *row, &tasks);
      }
      const std::lock_guard<std::mutex> lock(mutex);
      std::move(tasks.begin(), tasks.end(), std::back_inserter(*worklist));
    };
    work.over_budget = [&](size_t row) {
      *result->mutable_rows(static_cast<int>(row)) = OverBudget(RowReader(context_.get(), &order_), row);
    };
    return RunChunks(*context_, rows_, threads_, work);
  }

  v1::EvaluatedRow OverBudget(const RowReader& reader, size_t row) const {
    RowState state;
    SetOverBudget(*context_, &state);
    HoldRow(&state);
    return reader.Report(row, state, nullptr, 0);
  }

  void AddOutputColumns(v1::EvaluationResult* result) const {
    for (const CompiledOutput& output : context_->book->outputs) {
      v1::OutputColumn* column = result->add_outputs();
      column->set_name(output.proto->name());
      if (output.level > 0) column->set_level(context_->book->proto.levels(output.level - 1).name());
      const google::protobuf::EnumDescriptor* names = output.type->enum_type;
      column->set_type(names == nullptr ? TypeName(*output.type) : std::string(names->full_name()));
      if (output.proto->has_description()) *column->mutable_description() = output.proto->description();
    }
  }

  void AddCounts(v1::EvaluationResult* result) const {
    std::map<std::string, int64_t> verdicts, findings;
    for (const v1::EvaluatedRow& row : result->rows()) {
      ++verdicts[row.verdict()];
      for (const v1::Finding& finding : row.findings()) ++findings[finding.rule()];
    }
    const auto add = [](const std::string& name, int64_t count, v1::ResultCount* to) {
      to->set_name(name);
      to->set_count(count);
    };
    for (const auto& [verdict, count] : verdicts) add(verdict, count, result->add_verdict_counts());
    for (const CompiledRule& rule : context_->book->rules) {
      const auto found = findings.find(rule.proto->id());
      if (found == findings.end()) continue;
      add(found->first, found->second, result->add_finding_counts());
      findings.erase(found);  // versions share it
    }
    for (const auto& [rule, count] : findings) add(rule, count, result->add_finding_counts());
  }

  std::unique_ptr<RunContext> context_;
  RowOrder order_;
  std::vector<absl::string_view> rows_;
  int threads_ = 1;
};

}  // namespace

absl::StatusOr<v1::EvaluationResult> Evaluate(const std::shared_ptr<const CompiledRulebook>& book,
                                              const std::shared_ptr<const Snapshot>& snapshot,
                                              absl::Span<const absl::string_view> rows,
                                              const EvaluationSettings& options) {
  ASSIGN_OR_RETURN(EvaluationRun run, EvaluationRun::Begin(book, snapshot, rows, options));
  return run.Evaluate();
}

absl::StatusOr<v1::EvaluationExplanation> ExplainRow(const std::shared_ptr<const CompiledRulebook>& book,
                                                     const std::shared_ptr<const Snapshot>& snapshot,
                                                     absl::Span<const absl::string_view> rows, absl::string_view id,
                                                     const EvaluationSettings& options) {
  ASSIGN_OR_RETURN(EvaluationRun run, EvaluationRun::Begin(book, snapshot, rows, options));
  return run.Explain(id);
}

v1::EvaluationResult SummaryOf(const v1::EvaluationResult& result) {
  v1::EvaluationResult summary;
  *summary.mutable_provenance() = result.provenance();
  *summary.mutable_outputs() = result.outputs();
  *summary.mutable_verdict_counts() = result.verdict_counts();
  *summary.mutable_finding_counts() = result.finding_counts();
  summary.set_repeated_rows(result.repeated_rows());
  return summary;
}

}  // namespace assay
