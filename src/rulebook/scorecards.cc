// A scorecard as decision tables: each characteristic one whose first row that fits gives points, the grades one over
// the score, and a table without rows, whose outputs add the points up. Entry point: AddScorecard.
#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "lang/unparse.h"
#include "rulebook/table_source.h"

namespace assay {
namespace {

constexpr char kZero[] = "0.0";
constexpr char kGradeName[] = "grade";

void AddOutput(const char* name, const char* type, v1::Table* table) {
  v1::TableColumn* output = table->add_outputs();
  output->set_name(name);
  output->set_type(type);
}

std::string TextOr(const std::string& text, const char* absent) { return text.empty() ? absent : text; }

class Scoring {
 public:
  Scoring(const v1::Scorecard& card, std::string path, const SourceMap& sources, IssueList* issues)
      : card_(card), path_(std::move(path)), sources_(sources), issues_(issues) {}

  void Add(std::vector<TableSource>* tables) {
    if (!IsGood()) return;
    for (const v1::TableColumn& input : card_.inputs()) inputs_.push_back(input.name());
    std::vector<TableSource> own;
    for (int i = 0; i < card_.characteristics_size(); ++i) {
      std::optional<TableSource> points = PointsOf(i);
      if (!points.has_value()) return;
      own.push_back(*std::move(points));
    }
    if (card_.bands_size() > 0) own.push_back(Grades());
    own.push_back(Score());
    std::move(own.begin(), own.end(), std::back_inserter(*tables));
  }

 private:
  void Error(const std::string& where, std::string message) {
    issues_->Add(sources_.MakeIssue(Severity::kError, path_ + where, std::move(message)));
  }

  bool IsGood() {
    if (card_.characteristics().empty()) {
      Error("", absl::StrCat("a scorecard needs characteristics: '", card_.name(), "'"));
      return false;
    }
    std::set<std::string> names = {kGradeName};
    for (int i = 0; i < card_.characteristics_size(); ++i) {
      const std::string& name = card_.characteristics(i).name();
      if (!name.empty() && names.insert(name).second) continue;
      Error(absl::StrCat(".characteristics[", i, "].name"),
            absl::StrCat("a characteristic needs a name of its own, not 'grade': '", name, "'"));
      return false;
    }
    if (v1::Scorecard::ReasonCodeAlgorithm_IsValid(card_.reason_code_algorithm())) return true;
    Error("", absl::StrCat("no reason code algorithm of this version: '", card_.name(), "'"));
    return false;
  }

  // The number of the input that predicates test; -1 after an issue.
  int InputOf(int i) {
    const v1::Characteristic& characteristic = card_.characteristics(i);
    const std::string& stated = characteristic.input();
    const std::string& name = stated.empty() ? characteristic.name() : stated;
    const auto found = std::find(inputs_.begin(), inputs_.end(), name);
    if (found != inputs_.end()) return static_cast<int>(found - inputs_.begin());
    if (stated.empty() && inputs_.size() == 1) return 0;
    Error(absl::StrCat(".characteristics[", i, stated.empty() ? "].name" : "].input"),
          absl::StrCat(stated.empty() ? "state the 'input' that predicates test" : "no such input",
                       ", one of: ", absl::StrJoin(inputs_, ", "), ": '", name, "'"));
    return -1;
  }

  TableSource SourceOf(TableSource::Kind kind, const std::string& part, std::string path, v1::Table table) const {
    TableSource source;
    source.kind = kind;
    source.function = absl::StrCat("scorecard.", card_.name(), part);
    source.name = source.function;
    source.parts.push_back({std::move(path), 0, table.rows_size(), &v1::Effective::default_instance()});
    source.made = std::make_shared<const v1::Table>(std::move(table));
    source.proto = &*source.made;
    return source;
  }

  v1::Table NewTable() const {
    v1::Table table;
    table.set_hit_policy(v1::HIT_POLICY_FIRST);
    return table;
  }

  std::optional<TableSource> PointsOf(int i) {
    const v1::Characteristic& characteristic = card_.characteristics(i);
    const std::string path = absl::StrCat(path_, ".characteristics[", i, "]");
    const int input = InputOf(i);
    if (input < 0) return std::nullopt;
    if (characteristic.attributes().empty()) {
      Error(absl::StrCat(".characteristics[", i, "]"),
            absl::StrCat("a characteristic needs attributes: '", characteristic.name(), "'"));
      return std::nullopt;
    }
    v1::Table table = NewTable();
    *table.mutable_inputs() = card_.inputs();
    AddOutput("partial_score", "decimal", &table);
    AddOutput("reason_code", "string", &table);
    AddOutput("weight", "decimal", &table);
    AddOutput("baseline_score", "decimal", &table);
    for (const v1::Attribute& attribute : characteristic.attributes()) {
      v1::TableRow* row = table.add_rows();
      row->set_id(attribute.id());
      for (int k = 0; k < card_.inputs_size(); ++k) {
        row->add_cells(k == input ? TextOr(attribute.predicate(), "-") : "-");
      }
      const std::string& reason =
          attribute.reason_code().empty() ? characteristic.reason_code() : attribute.reason_code();
      row->add_cells(attribute.partial_score());
      row->add_cells(QuoteString(reason));
      row->add_cells(TextOr(characteristic.weight(), "1.0"));
      row->add_cells(TextOr(characteristic.baseline_score(), kZero));
    }
    return SourceOf(TableSource::Kind::kCharacteristic, "." + characteristic.name(), path, std::move(table));
  }

  TableSource Grades() const {
    v1::Table table = NewTable();
    v1::TableColumn* score = table.add_inputs();
    score->set_name("score");
    score->set_type("decimal");
    AddOutput(kGradeName, "string", &table);
    for (const v1::Band& band : card_.bands()) {
      v1::TableRow* row = table.add_rows();
      row->set_id(band.grade());
      row->add_cells(band.floor().empty() ? "-" : absl::StrCat(TableSource::kFloorLead, band.floor()));
      row->add_cells(QuoteString(band.grade()));
    }
    return SourceOf(TableSource::Kind::kGrades, absl::StrCat(".", kGradeName), path_, std::move(table));
  }

  // One of the outputs of a characteristic for the arguments.
  std::string Of(const v1::Characteristic& characteristic, const char* output) const {
    return absl::StrCat("scorecard.", card_.name(), ".", characteristic.name(), "(", absl::StrJoin(inputs_, ", "), ").",
                        output);
  }

  // Rounded, so that it fits its column and the grades' input whatever is added up.
  std::string ScoreText() const {
    std::string text = absl::StrCat(TableSource::kScoreLead, TextOr(card_.initial_score(), kZero), ")");
    for (const v1::Characteristic& characteristic : card_.characteristics()) {
      absl::StrAppend(&text, " + ", Of(characteristic, "weight"), " * ", Of(characteristic, "partial_score"));
    }
    return text + ", 6)";
  }

  // The codes of characteristics that cost something, the one that cost most first.
  std::string ReasonsText() const {
    const bool is_above = card_.reason_code_algorithm() == v1::Scorecard::REASON_CODE_ALGORITHM_POINTS_ABOVE;
    const char* const more = is_above ? "partial_score" : "baseline_score";
    const char* const less = is_above ? "baseline_score" : "partial_score";
    std::vector<std::string> numbers;
    std::vector<std::string> codes;
    std::vector<std::string> losses;
    for (const v1::Characteristic& characteristic : card_.characteristics()) {
      numbers.push_back(absl::StrCat(numbers.size()));
      codes.push_back(Of(characteristic, "reason_code"));
      losses.push_back(absl::StrCat(Of(characteristic, "weight"), " * (", Of(characteristic, more), " - ",
                                    Of(characteristic, less), ")"));
    }
    const std::string code = absl::StrCat("[", absl::StrJoin(codes, ", "), "][i]");
    const std::string loss = absl::StrCat("[", absl::StrJoin(losses, ", "), "][i]");
    return absl::StrCat("[", absl::StrJoin(numbers, ", "), "].filter(i, ", loss, " > ", kZero, " && ", code,
                        " != '').sortBy(i, -", loss, ").map(i, ", code, ").distinct()");
  }

  TableSource Score() const {
    v1::Table table = NewTable();
    *table.mutable_inputs() = card_.inputs();
    AddOutput("score", "decimal", &table);
    AddOutput("reasons", "list(string)", &table);
    table.mutable_default_()->add_cells(ScoreText());
    table.mutable_default_()->add_cells(ReasonsText());
    if (card_.bands_size() > 0) {
      AddOutput(kGradeName, "string", &table);
      table.mutable_default_()->add_cells(
          absl::StrCat("scorecard.", card_.name(), ".", kGradeName, "(", ScoreText(), ")"));
    }
    return SourceOf(TableSource::Kind::kScore, "", path_, std::move(table));
  }

  const v1::Scorecard& card_;
  std::string path_;
  const SourceMap& sources_;
  IssueList* issues_;
  std::vector<std::string> inputs_;
};

}  // namespace

void AddScorecard(const v1::Rulebook& book, int scorecard, const SourceMap& sources, std::vector<TableSource>* tables,
                  IssueList* issues) {
  Scoring(book.scorecards(scorecard), absl::StrCat("scorecards[", scorecard, "]"), sources, issues).Add(tables);
}

}  // namespace assay
