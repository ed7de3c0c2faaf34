// The board of an evaluation as lines of aligned cells, and values as people read them. Entry points: AddBoard,
// ShownValue, ShownMoment, WordFor, ZoneOf.
#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "base/timestamp.h"
#include "calendar/moment_text.h"
#include "cli/report.h"
#include "evaluate/output_values.h"

namespace assay {
namespace {

using Cells = std::vector<std::string>;

// "-1h05m"; seconds only where there are some, and whole ones.
std::string SpanText(const google::protobuf::Duration& span, bool zh) {
  const bool is_negative = span.seconds() < 0 || span.nanos() < 0;
  const int64_t seconds = is_negative ? -span.seconds() : span.seconds();
  const int64_t hours = seconds / 3600;
  const int64_t minutes = seconds / 60 % 60;
  std::string text = is_negative && seconds > 0 ? "-" : "";
  if (hours > 0) absl::StrAppend(&text, hours, zh ? "小时" : "h");
  if (minutes > 0 || seconds == 0) absl::StrAppend(&text, minutes, zh ? "分" : "m");
  if (seconds % 60 > 0) absl::StrAppend(&text, seconds % 60, zh ? "秒" : "s");
  return text;
}

std::string ListText(const CompiledRulebook& book, const Zone& zone, const v1::OutputList& list, bool zh) {
  std::vector<std::string> values;
  for (const v1::OutputValue& value : list.values()) values.push_back(ShownValue(book, zone, value, zh));
  return values.empty() ? "-" : absl::StrJoin(values, zh ? "、" : ", ");
}

std::string MapText(const CompiledRulebook& book, const Zone& zone, const v1::OutputMap& map, bool zh) {
  std::vector<std::string> values;
  for (const v1::OutputEntry& entry : map.entries()) {
    values.push_back(absl::StrCat(ShownValue(book, zone, entry.key(), zh), zh ? " " : ": ",
                                  ShownValue(book, zone, entry.value(), zh)));
  }
  return values.empty() ? "-" : absl::StrJoin(values, zh ? "、" : ", ");
}

std::string TextFor(const CompiledRulebook& book, const std::string& text, bool zh) {
  if (text.empty()) return "-";
  const std::string word = WordFor(book, text, zh);
  return word == text ? RoleName(book, text, zh) : word;
}

// Of the input's rows: each column of the board by its place among their outputs.
std::vector<int> ColumnsOf(const v1::EvaluationResult& result) {
  std::vector<int> columns;
  for (const std::string& name : result.board().columns()) {
    int place = 0;
    for (const v1::OutputColumn& output : result.outputs()) {
      if (!output.level().empty()) continue;
      if (output.name() == name) columns.push_back(place);
      ++place;
    }
  }
  return columns;
}

Cells HeadingOf(const v1::EvaluationResult& result, bool zh) {
  Cells cells = {zh ? "编号" : "Id"};
  for (const std::string& name : result.board().columns()) {
    for (const v1::OutputColumn& output : result.outputs()) {
      if (output.level().empty() && output.name() == name) cells.push_back(Pick(output.description(), zh));
    }
  }
  return cells;
}

// A cell stays on its line, whatever its text holds.
std::string OneLine(const std::string& text) {
  return absl::StrReplaceAll(text, {{"\n", " "}, {"\r", " "}, {"\t", " "}});
}

void AddLines(const std::vector<Cells>& lines, std::string* out) {
  std::vector<int> widths(lines[0].size());
  for (const Cells& cells : lines) {
    for (size_t i = 0; i < cells.size(); ++i) widths[i] = std::max(widths[i], WidthInColumns(cells[i]) + 2);
  }
  for (const Cells& cells : lines) {
    out->append("  ");
    for (size_t i = 0; i + 1 < cells.size(); ++i) out->append(Padded(cells[i], widths[i]));
    absl::StrAppend(out, cells.back(), "\n");
  }
}

}  // namespace

std::string WordFor(const CompiledRulebook& book, const std::string& word, bool zh) {
  const auto& words = book.proto.evaluation().words();
  const auto found = words.find(word);
  if (found == words.end()) return word;
  const std::string& text = Pick(found->second, zh);
  return text.empty() ? word : text;
}

std::string ShownMoment(const std::string& text, const Zone& zone) {
  const absl::StatusOr<Timestamp> moment = ParseTimestamp(text);
  return moment.ok() ? MomentText(*moment, zone) : text;
}

Zone ZoneOf(const CompiledRulebook& book) { return Zone::Find(book.proto.time_zone()).value_or(Zone()); }

std::string ShownValue(const CompiledRulebook& book, const Zone& zone, const v1::OutputValue& value, bool zh) {
  switch (value.kind_case()) {
    case v1::OutputValue::kBoolValue:
      return value.bool_value() ? zh ? "是" : "yes" : zh ? "否" : "no";
    case v1::OutputValue::kStringValue:
      return TextFor(book, value.string_value(), zh);
    case v1::OutputValue::kTimestampValue:
      return MomentText({value.timestamp_value().seconds(), value.timestamp_value().nanos()}, zone);
    case v1::OutputValue::kDurationValue:
      return SpanText(value.duration_value(), zh);
    case v1::OutputValue::kListValue:
      return ListText(book, zone, value.list_value(), zh);
    case v1::OutputValue::kMapValue:
      return MapText(book, zone, value.map_value(), zh);
    default:
      return OutputText(value, "-");
  }
}

void AddBoard(const CompiledRulebook& book, const v1::EvaluationResult& result, bool zh, std::string* out) {
  if (!result.has_board()) return;
  absl::StrAppend(out, Pick(result.board().title(), zh), zh ? " " : ": ", result.board().rows_size(), "\n");
  if (result.board().rows().empty()) return;
  const Zone zone = ZoneOf(book);
  const std::vector<int> columns = ColumnsOf(result);
  std::vector<Cells> lines = {HeadingOf(result, zh)};
  for (const int32_t at : result.board().rows()) {
    const v1::EvaluatedRow& row = result.rows(at);
    Cells& cells = lines.emplace_back();
    cells.push_back(row.id().empty() ? "-" : OneLine(row.id()));
    for (const int column : columns) cells.push_back(OneLine(ShownValue(book, zone, row.outputs(column), zh)));
  }
  AddLines(lines, out);
}

}  // namespace assay
