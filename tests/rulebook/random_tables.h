// Random small decision tables as a rulebook has them, and beside each what its cells mean, said as plain expressions.
// Entry points: RandomTables, TypedColumn. One thread; equal seeds give equal tables.
#ifndef ASSAY_TESTS_RULEBOOK_RANDOM_TABLES_H_
#define ASSAY_TESTS_RULEBOOK_RANDOM_TABLES_H_

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace assay {

// A type of an input. `cuts` are the literals of its cells, `values` these, what lies next to each, and values beyond:
// every set of values that cells can tell from another holds one.
struct TypedColumn {
  const char* type;
  const char* written;  // a literal of a cell or of a witness as an expression of the type: %s stands for it
  bool is_ordered;
  std::vector<const char*> cuts;
  std::vector<const char*> values;  // expressions
  const char* computed;             // a predicate over `_` that only evaluation decides
};

struct RandomTable {
  std::string name;
  std::string policy;                       // UNIQUE, FIRST, PRIORITY, ANY, or COLLECT with the aggregation MIN
  std::vector<const TypedColumn*> columns;  // called a, b, c
  std::vector<int> outputs;                 // of each row
  bool has_default = false;                 // kDefault
  bool is_computed = false;                 // some cell has to be evaluated
  bool is_crossed = false;                  // some cell reads another column
};

class RandomTables {
 public:
  static constexpr int kDefault = 77;

  explicit RandomTables(uint32_t seed) : random_(seed) {}

  size_t Pick(size_t count) { return random_() % count; }

  // Appends the table to `text`, the list of a rulebook's tables, and behind it for each of its columns a table without
  // rows: a function of the same inputs, whose bit r says whether the column's cell in row r holds.
  RandomTable Append(const std::string& name, std::string* text);

 private:
  struct Cell {
    std::string text;
    std::string meaning;
  };

  std::string Cut(const TypedColumn& column) { return column.cuts[Pick(column.cuts.size())]; }
  // A literal as a cell may have it, in place of `cut`.
  std::string Literal(const TypedColumn& column, const std::string& cut);
  Cell Range(const TypedColumn& column, const std::string& input);
  Cell Comparison(const TypedColumn& column, const std::string& input);
  Cell Simple(const TypedColumn& column, const std::string& input);
  Cell Grouped(const TypedColumn& column, const std::string& input);
  Cell Predicate(const TypedColumn& column, const std::string& input, RandomTable* table);
  Cell AnyCell(size_t column, RandomTable* table);
  int Output(const std::string& policy, size_t row);

  std::mt19937 random_;
};

}  // namespace assay

#endif  // ASSAY_TESTS_RULEBOOK_RANDOM_TABLES_H_
