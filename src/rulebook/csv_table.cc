// Header and rows. Entry points: AdmitCsv, ReadCsvRows.
#include "rulebook/csv_table.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/suggest.h"
#include "base/utf8.h"
#include "rulebook/yaml_text.h"

namespace assay {
namespace {

// Further columns of a file, and what of a row they are.
struct KeyColumn {
  const char* name;
  const char* path;
};

constexpr KeyColumn kKeyColumns[] = {
    {"id", "id"},
    {"from", "effective.from"},
    {"to", "effective.to"},
    {"annotation_en", "annotation.en"},
    {"annotation_zh", "annotation.zh"},
};

constexpr char kSaveAsUtf8[] =
    "not UTF-8 text; save it as 'CSV UTF-8' from the spreadsheet (a file in GBK or UTF-16 is not read)";

void SetKey(absl::string_view path, std::string text, v1::TableRow* row) {
  if (text.empty()) return;
  if (path == "id") row->set_id(std::move(text));
  if (path == "effective.from") row->mutable_effective()->set_from(std::move(text));
  if (path == "effective.to") row->mutable_effective()->set_to(std::move(text));
  if (path == "annotation.en") row->mutable_annotation()->set_en(std::move(text));
  if (path == "annotation.zh") row->mutable_annotation()->set_zh(std::move(text));
}

class Reader {
 public:
  Reader(const SourceText& source, v1::Table* table, IssueList* issues)
      : source_(source), table_(*table), issues_(issues), splitter_(source.text(), 0) {}

  std::shared_ptr<const CsvRecords> Read() {
    std::vector<CsvField> fields;
    if (!splitter_.Next(&fields)) return Fail("a table's file begins with a line of its columns' names");
    if (!ReadHeader(fields)) return nullptr;
    const size_t width = fields.size();
    const size_t errors = issues_->error_count();
    while (splitter_.Next(&fields)) {
      if (fields.size() == width) {
        AddRow(fields);
      } else {
        AddTextError(source_, {splitter_.begin(), fields.back().range.end}, "",
                     absl::StrCat("this row has ", fields.size(), " fields, the header ", width), "", issues_);
      }
    }
    if (!splitter_.fault().message.empty()) return Fail("");
    return issues_->error_count() == errors ? records_ : nullptr;
  }

 private:
  std::nullptr_t Fail(std::string message) {
    const CsvFault& fault = splitter_.fault();
    const bool has_fault = !fault.message.empty();
    AddTextError(source_, has_fault ? fault.range : SourceRange{0, 0}, "", has_fault ? fault.message : message, "",
                 issues_);
    return nullptr;
  }

  std::vector<std::string> CellNames() const {
    std::vector<std::string> names;
    for (const v1::TableColumn& column : table_.inputs()) names.push_back(column.name());
    for (const v1::TableColumn& column : table_.outputs()) names.push_back(column.name());
    return names;
  }

  bool ReadHeader(const std::vector<CsvField>& fields) {
    const size_t errors = issues_->error_count();
    const std::vector<std::string> names = CellNames();
    records_->cells.assign(names.size(), -1);
    std::vector<std::string> seen;
    for (size_t i = 0; i < fields.size(); ++i) {
      const std::string name(absl::StripAsciiWhitespace(CsvFieldText(source_.text(), fields[i])));
      AddColumn(names, name, fields[i], static_cast<int32_t>(i));
      for (const std::string& other : seen) {
        if (other != name) continue;
        AddTextError(source_, fields[i].range, "", absl::StrCat("this column stands twice: '", name, "'"), "", issues_);
      }
      seen.push_back(name);
    }
    std::vector<std::string> missing;
    for (size_t i = 0; i < names.size(); ++i) {
      if (records_->cells[i] < 0) missing.push_back(names[i]);
    }
    if (!missing.empty() && issues_->error_count() == errors) {
      AddTextError(source_, {fields.front().range.begin, fields.back().range.end}, "",
                   absl::StrCat("the header lacks columns of the table: ", absl::StrJoin(missing, ", ")), "", issues_);
    }
    return issues_->error_count() == errors;
  }

  void AddColumn(const std::vector<std::string>& names, const std::string& name, const CsvField& field,
                 int32_t column) {
    bool is_known = false;
    for (size_t i = 0; i < names.size(); ++i) {
      if (names[i] != name) continue;
      records_->cells[i] = column;
      is_known = true;
    }
    for (const KeyColumn& key : kKeyColumns) {
      if (is_known || key.name != name) continue;
      records_->keys.emplace_back(key.path, column);
      is_known = true;
    }
    if (is_known) return;
    std::vector<absl::string_view> known(names.begin(), names.end());
    for (const KeyColumn& key : kKeyColumns) known.emplace_back(key.name);
    const bool by_semicolon = absl::StrContains(name, ';') || absl::StrContains(name, '\t');
    AddTextError(source_, field.range, "",
                 by_semicolon ? absl::StrCat("fields are separated by ',': '", name, "'")
                              : absl::StrCat("no such column: '", name, "'"),
                 by_semicolon ? "" : Nearest(name, known), issues_);
  }

  void AddRow(const std::vector<CsvField>& fields) {
    records_->begins.push_back(splitter_.begin());
    v1::TableRow* row = table_.add_rows();
    row->mutable_cells()->Reserve(static_cast<int>(records_->cells.size()));
    for (int32_t column : records_->cells) {
      row->add_cells(CsvFieldText(source_.text(), fields[static_cast<size_t>(column)]));
    }
    for (const auto& [path, column] : records_->keys) {
      SetKey(path, CsvFieldText(source_.text(), fields[static_cast<size_t>(column)]), row);
    }
  }

  const SourceText& source_;
  v1::Table& table_;
  IssueList* issues_;
  CsvSplitter splitter_;
  std::shared_ptr<CsvRecords> records_ = std::make_shared<CsvRecords>();
};

}  // namespace

std::shared_ptr<const SourceText> AdmitCsv(absl::string_view name, absl::string_view bytes, IssueList* issues) {
  if (bytes.size() > kMaxYamlBytes) {
    AddFileError(name, absl::StrCat("a table's file may have ", kMaxYamlBytes, " bytes; this one has ", bytes.size()),
                 issues);
    return nullptr;
  }
  if (absl::StartsWith(bytes, "\xEF\xBB\xBF")) bytes.remove_prefix(3);
  const size_t invalid = FindInvalidUtf8(bytes);
  const bool is_good = invalid == bytes.size() && !absl::StrContains(bytes, '\0');
  // What stands before the first bad byte is a good text, so that even this error has its place.
  absl::StatusOr<SourceText> source = SourceText::Create(std::string(name), std::string(bytes.substr(0, invalid)));
  if (!source.ok()) return nullptr;  // cannot be: the text is short and UTF-8
  if (is_good) return std::make_shared<const SourceText>(*std::move(source));
  const auto at = static_cast<int32_t>(std::min(invalid, bytes.find('\0')));
  AddTextError(*source, {at, at + 1}, "", kSaveAsUtf8, "", issues);
  return nullptr;
}

std::shared_ptr<const CsvRecords> ReadCsvRows(const SourceText& source, v1::Table* table, IssueList* issues) {
  return Reader(source, table, issues).Read();
}

}  // namespace assay
