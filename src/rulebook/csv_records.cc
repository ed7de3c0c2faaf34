// Splits CSV into records and fields. Entry points: CsvSplitter::Next, CsvRecords::NodeAt. One pass; a quote inside a
// quoted field is written twice.
#include "rulebook/csv_records.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "rulebook/yaml_node.h"

namespace assay {
namespace {

bool EndsLine(absl::string_view text, size_t at) { return at >= text.size() || text[at] == '\n' || text[at] == '\r'; }

}  // namespace

void CsvSplitter::SkipBlankLines() {
  while (static_cast<size_t>(offset_) < text_.size() && EndsLine(text_, static_cast<size_t>(offset_))) ++offset_;
}

bool CsvSplitter::Next(std::vector<CsvField>* fields) {
  fields->clear();
  SkipBlankLines();
  begin_ = offset_;
  if (static_cast<size_t>(offset_) >= text_.size()) return false;
  for (;;) {
    if (!ReadField(fields)) return false;
    if (EndsLine(text_, static_cast<size_t>(offset_))) return true;
    ++offset_;  // the comma
  }
}

bool CsvSplitter::ReadField(std::vector<CsvField>* fields) {
  CsvField field;
  if (static_cast<size_t>(offset_) < text_.size() && text_[static_cast<size_t>(offset_)] == '"') {
    if (!ReadQuoted(&field)) return false;
  } else {
    const size_t end = text_.find_first_of(",\r\n", static_cast<size_t>(offset_));
    field.range = {offset_, static_cast<int32_t>(std::min(end, text_.size()))};
    offset_ = field.range.end;
  }
  fields->push_back(field);
  return true;
}

bool CsvSplitter::ReadQuoted(CsvField* field) {
  const int32_t open = offset_;
  size_t at = static_cast<size_t>(open) + 1;
  for (;; ++at) {
    at = text_.find('"', at);
    if (at == absl::string_view::npos) {
      fault_ = {{open, open + 1}, "a quote that is not closed; a quote inside of quotes is written twice"};
      return false;
    }
    if (at + 1 < text_.size() && text_[at + 1] == '"') {
      ++at;
      continue;
    }
    break;
  }
  field->range = {open + 1, static_cast<int32_t>(at)};
  field->has_quotes = true;
  offset_ = static_cast<int32_t>(at) + 1;
  if (EndsLine(text_, at + 1) || text_[at + 1] == ',') return true;
  fault_ = {{offset_, offset_ + 1}, "expected ',' or the end of the line behind the closing quote"};
  return false;
}

std::string CsvFieldText(absl::string_view text, const CsvField& field) {
  const absl::string_view written =
      text.substr(static_cast<size_t>(field.range.begin), static_cast<size_t>(field.range.end - field.range.begin));
  std::string decoded;
  decoded.reserve(written.size());
  for (size_t i = 0; i < written.size(); ++i) {
    decoded.push_back(written[i]);
    if (field.has_quotes && written[i] == '"') ++i;
  }
  return decoded;
}

std::optional<YamlNode> CsvRecords::NodeAt(absl::string_view text, int32_t file, size_t row,
                                           absl::string_view path) const {
  if (row >= begins.size()) return std::nullopt;
  std::vector<CsvField> fields;
  CsvSplitter splitter(text, begins[row]);
  if (!splitter.Next(&fields)) return std::nullopt;
  int32_t column = -1;
  size_t cell = 0;
  absl::string_view number = path;
  const bool is_cell = absl::ConsumePrefix(&number, "cells[") && absl::ConsumeSuffix(&number, "]") &&
                       absl::SimpleAtoi(number, &cell) && cell < cells.size();
  if (is_cell) column = cells[cell];
  for (const auto& [key, at] : keys) column = key == path ? at : column;
  CsvField field;
  if (column >= 0 && static_cast<size_t>(column) < fields.size()) {
    field = fields[static_cast<size_t>(column)];
  } else {
    field.range = {fields.front().range.begin, fields.back().range.end};
  }
  YamlNode node;
  node.kind = YamlNode::Kind::kScalar;
  node.file = file;
  node.range = field.range;
  node.text = CsvFieldText(text, field);
  for (int32_t at = field.range.begin; at < field.range.end; ++at) {
    const bool is_doubled = field.has_quotes && text[static_cast<size_t>(at)] == '"';
    if (is_doubled) {
      node.map.AddReplaced(1, {at, at + 2});
      ++at;
    } else {
      node.map.AddVerbatim({at, at + 1});
    }
  }
  return node;
}

}  // namespace assay
