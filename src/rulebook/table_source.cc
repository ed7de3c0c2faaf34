// Versions become rows with the days of both. Entry points: TableSourcesOf, TableSource's paths.
#include "rulebook/table_source.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "google/protobuf/util/message_differencer.h"

namespace assay {
namespace {

using Part = TableSource::Part;

bool CountsInOrder(const v1::Table& table) {
  return table.hit_policy() == v1::HIT_POLICY_FIRST || table.hit_policy() == v1::HIT_POLICY_PRIORITY;
}

// All but what versions may differ in.
v1::Table FrameOf(const v1::Table& table) {
  v1::Table frame = table;
  frame.clear_rows();
  frame.clear_default_();
  frame.clear_effective();
  frame.clear_description();
  return frame;
}

// Adds a version's rows to those of the versions before it, and its default as one more.
void AddVersion(const v1::Table& version, std::string path, TableSource* source, v1::Table* made) {
  source->parts.push_back({std::move(path), made->rows_size(), version.rows_size(), &version.effective()});
  made->mutable_rows()->MergeFrom(version.rows());
  if (!version.has_default_()) return;
  v1::TableRow* added = made->add_rows();
  added->set_id("default");
  for (int i = 0; i < version.inputs_size(); ++i) added->add_cells("-");
  for (const std::string& cell : version.default_().cells()) added->add_cells(cell);
}

class Versions {
 public:
  Versions(const v1::Rulebook& book, const SourceMap& sources, IssueList* issues)
      : book_(book), sources_(sources), issues_(issues) {}

  // One table of those at `places`, which all have its name.
  TableSource Join(const std::vector<int>& places) const {
    const v1::Table& first = book_.tables(places[0]);
    TableSource source;
    source.name = first.name();
    source.function = absl::StrCat("table.", first.name());
    source.proto = &first;
    if (places.size() == 1 && !first.has_effective()) {
      source.parts.push_back({PathOf(places[0]), 0, first.rows_size(), &first.effective()});
      return source;
    }
    auto made = std::make_shared<v1::Table>(FrameOf(first));
    for (int place : places) {
      if (IsLike(first, place)) AddVersion(book_.tables(place), PathOf(place), &source, &*made);
    }
    source.proto = &*made;
    source.made = std::move(made);
    return source;
  }

 private:
  static std::string PathOf(int place) { return absl::StrCat("tables[", place, "]"); }

  bool IsLike(const v1::Table& first, int place) const {
    const v1::Table& version = book_.tables(place);
    const bool is_alike = google::protobuf::util::MessageDifferencer::Equals(FrameOf(first), FrameOf(version));
    if (!is_alike) {
      Error(PathOf(place) + ".name", "the versions of a table have the same inputs, outputs and hit policy", first);
    } else if (version.has_default_() && !CountsInOrder(version)) {
      Error(PathOf(place) + ".default",
            "a version has a default only with hit policy FIRST or PRIORITY; write it as a row", first);
    }
    return is_alike;
  }

  void Error(const std::string& path, const char* what, const v1::Table& table) const {
    issues_->Add(sources_.MakeIssue(Severity::kError, path, absl::StrCat(what, ": '", table.name(), "'")));
  }

  const v1::Rulebook& book_;
  const SourceMap& sources_;
  IssueList* issues_;
};

}  // namespace

const Part& TableSource::PartOf(int row) const {
  return *std::find_if(parts.rbegin(), parts.rend(), [row](const Part& part) { return part.first_row <= row; });
}

bool TableSource::is_dated() const {
  const auto is_set = [](const v1::Effective& days) { return !days.from().empty() || !days.to().empty(); };
  return std::any_of(parts.begin(), parts.end(), [&](const Part& part) { return is_set(*part.effective); }) ||
         std::any_of(proto->rows().begin(), proto->rows().end(),
                     [&](const v1::TableRow& row) { return is_set(row.effective()); });
}

std::string TableSource::InputPath(int input) const { return absl::StrCat(path(), ".inputs[", input, "]"); }

std::string TableSource::RowPath(int row) const {
  const Part& part = PartOf(row);
  const int at = row - part.first_row;
  switch (kind) {
    case Kind::kCharacteristic:
      return absl::StrCat(part.path, ".attributes[", at, "]");
    case Kind::kGrades:
      return absl::StrCat(part.path, ".bands[", at, "]");
    default:
      return at == part.rows ? part.path + ".default" : absl::StrCat(part.path, ".rows[", at, "]");
  }
}

std::string TableSource::CellPath(int row, int cell) const {
  const int output = cell - proto->inputs_size();
  switch (kind) {
    case Kind::kTable: {
      const Part& part = PartOf(row);
      // A version's default has no tests.
      const int at = row - part.first_row == part.rows ? output : cell;
      return absl::StrCat(RowPath(row), ".cells[", at, "]");
    }
    case Kind::kCharacteristic: {
      constexpr const char* kOfAll[] = {".weight", ".baseline_score"};
      constexpr const char* kOfOne[] = {".partial_score", ".reason_code"};
      if (output < 0) return RowPath(row) + ".predicate";
      return output < 2 ? absl::StrCat(RowPath(row), kOfOne[output]) : absl::StrCat(path(), kOfAll[output - 2]);
    }
    case Kind::kGrades:
      return absl::StrCat(RowPath(row), output < 0 ? ".floor" : ".grade");
    case Kind::kScore:
      break;
  }
  return path() + ".initial_score";
}

int32_t TableSource::LeadOf(int cell) const {
  if (kind == Kind::kGrades && cell < proto->inputs_size()) return static_cast<int32_t>(kFloorLead.size());
  return kind == Kind::kScore && cell == proto->inputs_size() ? static_cast<int32_t>(kScoreLead.size()) : 0;
}

std::string TableSource::DaysText(int row) const {
  const v1::Effective& own = proto->rows(row).effective();
  const v1::Effective& version = *PartOf(row).effective;
  // Days as they are written sort as they follow each other.
  const std::string& from = std::max(own.from(), version.from());
  const bool is_open = own.to().empty() || version.to().empty();
  return absl::StrCat("[", from, "..", is_open ? own.to() + version.to() : std::min(own.to(), version.to()), "]");
}

std::vector<TableSource> TableSourcesOf(const v1::Rulebook& book, const SourceMap& sources, IssueList* issues) {
  std::map<std::string, std::vector<int>> places;
  for (int i = 0; i < book.tables_size(); ++i) places[book.tables(i).name()].push_back(i);
  std::vector<TableSource> tables;
  const Versions versions(book, sources, issues);
  for (int i = 0; i < book.tables_size(); ++i) {
    const std::vector<int>& all = places[book.tables(i).name()];
    if (all[0] == i) tables.push_back(versions.Join(all));
  }
  for (int i = 0; i < book.scorecards_size(); ++i) AddScorecard(book, i, sources, &tables, issues);
  return tables;
}

}  // namespace assay
