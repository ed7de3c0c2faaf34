// Entry point: ResultTables.
#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "assay/evaluate.h"
#include "assay/v1/rulebook.pb.h"
#include "evaluate/output_values.h"
#include "schema/enum_names.h"

namespace assay {
namespace {

using Outputs = google::protobuf::RepeatedPtrField<v1::OutputValue>;

v1::DayTable NewTable(const std::string& name, std::initializer_list<const char*> columns) {
  v1::DayTable table;
  table.set_name(name);
  for (const char* column : columns) table.add_columns(column);
  return table;
}

void AddRow(std::initializer_list<absl::string_view> cells, const Outputs& outputs, v1::DayTable* table) {
  v1::DayTableRow* row = table->add_rows();
  for (absl::string_view cell : cells) row->add_cells(std::string(cell));
  for (const v1::OutputValue& output : outputs) row->add_cells(OutputText(output, ""));
}

v1::DayTable OutputTable(const v1::EvaluationResult& result) {
  v1::DayTable table = NewTable("outputs", {"id", "verdict"});
  for (const v1::OutputColumn& column : result.outputs()) {
    if (column.level().empty()) table.add_columns(column.name());
  }
  for (const v1::EvaluatedRow& row : result.rows()) AddRow({row.id(), row.verdict()}, row.outputs(), &table);
  return table;
}

// One for each level, in the order in which outputs name them first.
void AddLevelTables(const v1::EvaluationResult& result, std::vector<v1::DayTable>* tables) {
  const size_t first = tables->size();
  std::vector<std::string> levels;
  for (const v1::OutputColumn& column : result.outputs()) {
    if (column.level().empty()) continue;
    const size_t at = std::find(levels.begin(), levels.end(), column.level()) - levels.begin();
    if (at == levels.size()) {
      levels.push_back(column.level());
      tables->push_back(NewTable(absl::StrCat("outputs_", column.level()), {"id", "line"}));
    }
    (*tables)[first + at].add_columns(column.name());
  }
  for (const v1::EvaluatedRow& row : result.rows()) {
    for (const v1::LevelRow& below : row.level_rows()) {
      const size_t at = std::find(levels.begin(), levels.end(), below.level()) - levels.begin();
      AddRow({row.id(), below.id()}, below.outputs(), &(*tables)[first + at]);
    }
  }
}

std::string Name(v1::Outcome outcome) { return EnumShortName(*v1::Outcome_descriptor(), outcome); }

v1::DayTable FindingTable(const v1::EvaluationResult& result) {
  v1::DayTable table = NewTable("findings", {"id", "line", "rule", "outcome", "observed", "reason", "route", "expected",
                                             "actual", "difference", "message_en", "message_zh"});
  for (const v1::EvaluatedRow& row : result.rows()) {
    for (const v1::Finding& f : row.findings()) {
      AddRow({row.id(), f.line_id(), f.rule(), Name(f.outcome()), f.observed() ? "true" : "false", f.reason(),
              f.route(), f.expected(), f.actual(), f.difference(), f.message().en(), f.message().zh()},
             {}, &table);
    }
  }
  return table;
}

v1::DayTable WorklistTable(const v1::EvaluationResult& result) {
  v1::DayTable table = NewTable("worklist", {"owner", "what_en", "what_zh", "due", "priority", "id", "line", "subject",
                                             "rule", "outcome", "why_en", "why_zh"});
  for (const v1::WorklistTask& t : result.worklist()) {
    AddRow({t.owner(), t.what().en(), t.what().zh(), t.due(), t.priority(), t.row_id(), t.line_id(), t.subject(),
            t.rule(), Name(t.outcome()), t.why().en(), t.why().zh()},
           {}, &table);
  }
  return table;
}

v1::DayTable BoardTable(const v1::EvaluationResult& result) {
  v1::DayTable table = NewTable("board", {"id"});
  table.mutable_columns()->MergeFrom(result.board().columns());
  for (const int32_t at : result.board().rows()) {
    const v1::EvaluatedRow& row = result.rows(at);
    Outputs listed;
    for (const std::string& column : result.board().columns()) {
      for (const v1::OutputValue& output : row.outputs()) {
        if (output.name() == column) *listed.Add() = output;
      }
    }
    AddRow({row.id()}, listed, &table);
  }
  return table;
}

}  // namespace

std::vector<v1::DayTable> ResultTables(const v1::EvaluationResult& result) {
  std::vector<v1::DayTable> tables = {OutputTable(result)};
  AddLevelTables(result, &tables);
  tables.push_back(FindingTable(result));
  tables.push_back(WorklistTable(result));
  if (result.has_board()) tables.push_back(BoardTable(result));
  return tables;
}

}  // namespace assay
