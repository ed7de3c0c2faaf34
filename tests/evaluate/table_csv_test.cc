// Tables as CSV: what is quoted, and what a spreadsheet must not compute.
#include "evaluate/table_csv.h"

#include <string>

#include "gtest/gtest.h"

namespace assay {
namespace {

std::string Cell(const std::string& cell) {
  v1::DayTable table;
  table.add_columns("c");
  table.add_rows()->add_cells(cell);
  const std::string csv = CsvOf(table);
  return csv.substr(3, csv.size() - 5);
}

TEST(TableCsvTest, WhatHoldsACommaAQuoteOrALineBreakIsQuoted) {
  EXPECT_EQ(Cell("a,b"), "\"a,b\"");
  EXPECT_EQ(Cell("a\"b"), "\"a\"\"b\"");
  EXPECT_EQ(Cell("a\nb"), "\"a\nb\"");
  EXPECT_EQ(Cell("a b"), "a b");
}

TEST(TableCsvTest, FormulasOfPartnersAreTexts) {
  for (const std::string cell : {"=1+1", "+8613800000000", "-1+1", "@SUM(A1)", "\tx", "-A1", "-", "-1.5e3x", "-1s2",
                                 "-1h", "-Infinity", "-1.50e3", "-3600.5s-1"}) {
    EXPECT_EQ(Cell(cell), "'" + cell);
  }
  EXPECT_EQ(Cell("\rx"), "\"'\rx\"");
  EXPECT_EQ(Cell("=1,2"), "\"'=1,2\"");
}

TEST(TableCsvTest, NegativeNumbersAndDurationsStayWhatTheyAre) {
  for (const std::string cell :
       {"-12.50", "-0", "-1", "-1500", "-1e-7", "-1.5e+21", "-3600s", "-0.500s", "-1.000000001s"}) {
    EXPECT_EQ(Cell(cell), cell);
  }
}

}  // namespace
}  // namespace assay
