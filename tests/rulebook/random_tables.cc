// Entry points: the methods of RandomTables. What a cell means is written here from the manual, not from the compiler.
#include "tests/rulebook/random_tables.h"

#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"

namespace assay {
namespace {

std::vector<TypedColumn> NumberColumns() {
  return {
      {"bool", "%s", false, {"true", "false"}, {"true", "false"}, "string(_) == 'true'"},
      {"int",
       "%s",
       true,
       {"0", "1", "3", "10"},
       {"-1000000", "-1", "0", "1", "2", "3", "4", "9", "10", "11", "1000000"},
       "_ % 2 == 0"},
      {"uint", "%s", true, {"0u", "1u", "3u"}, {"0u", "1u", "2u", "3u", "4u", "1000000u"}, "_ % 2u == 0u"},
      {"double",
       "%s",
       true,
       {"-1.5", "0.0", "2.5"},
       {"double('-inf')", "-2.0", "-1.5", "-1.25", "-5e-324", "0.0", "5e-324", "1.0", "2.5", "2.75", "double('inf')",
        "double('NaN')"},
       "_ * 2.0 > 1.0"},
      {"decimal, decimal: {precision: 5, scale: 2}",
       "%s",
       true,
       {"0", "0.5", "0.51", "12.25"},
       {"decimal('-999.99')", "decimal('-0.01')", "decimal('0')", "decimal('0.01')", "decimal('0.49')",
        "decimal('0.50')", "decimal('0.51')", "decimal('0.52')", "decimal('12.24')", "decimal('12.25')",
        "decimal('12.26')", "decimal('999.99')"},
       "_ * 2 > 1"},
  };
}

std::vector<TypedColumn> OtherColumns() {
  return {
      {"string",
       "%s",
       true,
       {"''", "'A'", "'AB'", "'乙'"},
       {"''", "'\\u0000'", "'9'", "'A'", "'A\\u0000'", "'AA'", "'AB'", "'AB\\u0000'", "'B'", "'乙'", "'乙\\u0000'",
        "'龍'"},
       "_.startsWith('A')"},
      {"assay.v1.DeliveryPolicy",
       "assay.v1.DeliveryPolicy.DELIVERY_POLICY_%s",
       false,
       {"'UNSPECIFIED'", "'COMPLETE'", "'COMPLETE_LINE'", "'PARTIAL'"},
       {"assay.v1.DeliveryPolicy.DELIVERY_POLICY_UNSPECIFIED", "assay.v1.DeliveryPolicy.DELIVERY_POLICY_COMPLETE",
        "assay.v1.DeliveryPolicy.DELIVERY_POLICY_COMPLETE_LINE", "assay.v1.DeliveryPolicy.DELIVERY_POLICY_PARTIAL"},
       "name(_).startsWith('COMPLETE')"},
      {"date",
       "date(%s)",
       true,
       {"'2026-01-31'", "'2026-02-01'", "'2026-06-30'"},
       {"date('0001-01-01')", "date('2026-01-30')", "date('2026-01-31')", "date('2026-02-01')", "date('2026-02-02')",
        "date('2026-06-29')", "date('2026-06-30')", "date('2026-07-01')", "date('9999-12-31')"},
       "_ - date('2026-01-01') > 31"},
      {"timestamp",
       "timestamp(%s)",
       true,
       {"'2026-01-31T00:00:00Z'", "'2026-02-01T08:30:00Z'"},
       {"timestamp('1970-01-01T00:00:00Z')", "timestamp('2026-01-30T23:59:59.999999999Z')",
        "timestamp('2026-01-31T00:00:00Z')", "timestamp('2026-01-31T00:00:00.000000001Z')",
        "timestamp('2026-02-01T08:29:59.999999999Z')", "timestamp('2026-02-01T08:30:00Z')",
        "timestamp('2026-02-01T08:30:00.000000001Z')", "timestamp('2100-01-01T00:00:00Z')"},
       "date(_, 'UTC') > date('2026-01-31')"},
      {"duration",
       "duration(%s)",
       true,
       {"'0s'", "'1.5s'", "'3600s'"},
       {"duration('-3600s')", "duration('-0.000000001s')", "duration('0s')", "duration('0.000000001s')",
        "duration('1.499999999s')", "duration('1.5s')", "duration('1.500000001s')", "duration('3599.999999999s')",
        "duration('3600s')", "duration('3600.000000001s')", "duration('90000s')"},
       "_ + duration('1s') > duration('2s')"},
  };
}

const std::vector<TypedColumn>& Columns() {
  static const std::vector<TypedColumn> columns = [] {
    std::vector<TypedColumn> all = NumberColumns();
    const std::vector<TypedColumn> others = OtherColumns();
    all.insert(all.end(), others.begin(), others.end());
    return all;
  }();
  return columns;
}

// The literal as an operand in an expression; of an enum its name does.
std::string Operand(const TypedColumn& column, const std::string& cut) {
  return column.is_ordered ? absl::StrReplaceAll(column.written, {{"%s", cut}}) : cut;
}

std::string Quoted(const std::string& cell) { return absl::StrCat("'", absl::StrReplaceAll(cell, {{"'", "''"}}), "'"); }

}  // namespace

std::string RandomTables::Literal(const TypedColumn& column, const std::string& cut) {
  return Pick(3) == 0 ? Operand(column, cut) : cut;
}

RandomTables::Cell RandomTables::Range(const TypedColumn& column, const std::string& input) {
  // Of both ends: as written on the left, on the right, and the comparisons that hold it.
  struct End {
    const char* open;
    const char* close;
    const char* above;
    const char* below;
  };
  static constexpr End kEnds[] = {{"[", "]", " >= ", " <= "}, {"(", ")", " > ", " < "}, {"]", "[", " > ", " < "}};
  const End& low = kEnds[Pick(std::size(kEnds))];
  const End& high = kEnds[Pick(std::size(kEnds))];
  const std::string from = Cut(column);
  const std::string to = Cut(column);
  return {
      absl::StrCat(low.open, Literal(column, from), "..", Literal(column, to), high.close),
      absl::StrCat("(", input, low.above, Operand(column, from), " && ", input, high.below, Operand(column, to), ")")};
}

RandomTables::Cell RandomTables::Comparison(const TypedColumn& column, const std::string& input) {
  static constexpr const char* kOperators[] = {"!= ", "< ", "<= ", "> ", ">= "};
  const char* const op = kOperators[column.is_ordered ? Pick(std::size(kOperators)) : 0];
  const std::string cut = Cut(column);
  return {absl::StrCat(op, Literal(column, cut)), absl::StrCat(input, " ", op, Operand(column, cut))};
}

RandomTables::Cell RandomTables::Simple(const TypedColumn& column, const std::string& input) {
  const size_t form = Pick(5);
  if (form < 2 && column.is_ordered) return Range(column, input);
  if (form == 2) return Comparison(column, input);
  const std::string cut = Cut(column);
  return {Literal(column, cut), absl::StrCat(input, " == ", Operand(column, cut))};
}

// Several tests, one or none of which holds.
RandomTables::Cell RandomTables::Grouped(const TypedColumn& column, const std::string& input) {
  const Cell first = Simple(column, input);
  const Cell second = Simple(column, input);
  const std::string either = absl::StrCat("(", first.meaning, " || ", second.meaning, ")");
  switch (Pick(4)) {
    case 0:
      return {absl::StrCat("not(", first.text, ")"), absl::StrCat("!(", first.meaning, ")")};
    case 1:
      return {absl::StrCat("not(", first.text, ", ", second.text, ")"), absl::StrCat("!", either)};
    case 2:
      return {absl::StrCat("in {", first.text, ", ", second.text, "}"), either};
    default:
      return {absl::StrCat(first.text, ", ", second.text), either};
  }
}

RandomTables::Cell RandomTables::Predicate(const TypedColumn& column, const std::string& input, RandomTable* table) {
  const std::string cut = Operand(column, Cut(column));
  std::string text = absl::StrCat("_ == ", cut, " || _ != ", Operand(column, Cut(column)));
  const size_t form = Pick(4);
  if (form == 0 && column.is_ordered)
    text = absl::StrCat("_ > ", cut, " && !(_ == ", Operand(column, Cut(column)), ")");
  if (form > 1) {
    text = column.computed;
    table->is_computed = true;
  }
  for (size_t other = 0; form == 3 && other < table->columns.size(); ++other) {
    const std::string name(1, static_cast<char>('a' + other));
    if (name == input || table->columns[other] != &column) continue;
    text = absl::StrCat("_ == ", name);
    table->is_crossed = true;
  }
  return {text, absl::StrCat("(",
                             absl::StrReplaceAll(text, {{"_ ", absl::StrCat(input, " ")},
                                                        {"_.", absl::StrCat(input, ".")},
                                                        {"(_", absl::StrCat("(", input)}}),
                             ")")};
}

RandomTables::Cell RandomTables::AnyCell(size_t column, RandomTable* table) {
  const TypedColumn& type = *table->columns[column];
  const std::string input(1, static_cast<char>('a' + column));
  const size_t form = Pick(16);
  if (form < 3) return {form == 0 ? "" : "-", "true"};
  if (form < 6) return Grouped(type, input);
  if (form == 6) return Predicate(type, input, table);
  return Simple(type, input);
}

int RandomTables::Output(const std::string& policy, size_t row) {
  if (policy == "ANY") return static_cast<int>(Pick(2));
  return policy == "PRIORITY" ? static_cast<int>(Pick(3)) : static_cast<int>(row);
}

RandomTable RandomTables::Append(const std::string& name, std::string* text) {
  static constexpr const char* kPolicies[] = {"UNIQUE", "UNIQUE", "FIRST", "PRIORITY", "ANY", "COLLECT"};
  RandomTable table;
  table.name = name;
  table.policy = kPolicies[Pick(std::size(kPolicies))];
  const size_t columns = 1 + Pick(3);
  std::vector<std::string> inputs;
  for (size_t i = 0; i < columns; ++i) {
    // Now and then the type of the column before, so that one can be compared with the other.
    const bool is_same = i > 0 && Pick(3) == 0;
    table.columns.push_back(is_same ? table.columns.back() : &Columns()[Pick(Columns().size())]);
    inputs.push_back(absl::StrCat("{name: ", std::string(1, static_cast<char>('a' + i)),
                                  ", type: ", table.columns.back()->type, "}"));
  }
  const std::string head = absl::StrCat("    inputs: [", absl::StrJoin(inputs, ", "), "]\n");
  const bool ranks = table.policy == "PRIORITY";
  absl::StrAppend(text, "  - name: ", name, "\n    hit_policy: ", table.policy, "\n",
                  table.policy == "COLLECT" ? "    aggregation: MIN\n" : "", head, "    outputs: [{name: o, type: int",
                  ranks ? ", values: ['2', '0', '1', '77']" : "", "}]\n    rows:\n");
  std::vector<std::vector<std::string>> meanings(columns);
  const size_t rows = 1 + Pick(5);
  for (size_t row = 0; row < rows; ++row) {
    std::vector<std::string> cells;
    for (size_t i = 0; i < columns; ++i) {
      const Cell cell = AnyCell(i, &table);
      cells.push_back(Quoted(cell.text));
      meanings[i].push_back(absl::StrCat("(", cell.meaning, " ? ", 1 << row, " : 0)"));
    }
    table.outputs.push_back(Output(table.policy, row));
    cells.push_back(Quoted(absl::StrCat(table.outputs.back())));
    absl::StrAppend(text, "      - {cells: [", absl::StrJoin(cells, ", "), "]}\n");
  }
  table.has_default = Pick(4) == 0;
  if (table.has_default) absl::StrAppend(text, "    default: {cells: ['", kDefault, "']}\n");
  for (size_t i = 0; i < columns; ++i) {
    absl::StrAppend(text, "  - name: ", name, "_", i, "\n", head, "    outputs: [{name: o, type: int}]\n",
                    "    default: {cells: [", Quoted(absl::StrJoin(meanings[i], " + ")), "]}\n");
  }
  return table;
}

}  // namespace assay
