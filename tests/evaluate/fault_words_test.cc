// Every reason that fields and rows are refused for has Chinese words.
#include "evaluate/fault_words.h"

#include <gtest/gtest.h>

#include "base/civil.h"
#include "base/decimal.h"
#include "calendar/time_of_day.h"
#include "ingest/wire_reader.h"

namespace assay {
namespace {

void ExpectChinese(absl::string_view detail) {
  if (detail.empty()) return;
  EXPECT_NE(FaultInChinese(detail), detail);
}

TEST(FaultWordsTest, EveryReasonOfTheReadersIsTranslated) {
  for (int i = 0; i <= static_cast<int>(DecimalParse::kOverflow); ++i) {
    ExpectChinese(DecimalParseReason(static_cast<DecimalParse>(i)));
  }
  for (int i = 0; i <= static_cast<int>(DateParse::kNoSuchDay); ++i) {
    ExpectChinese(DateParseReason(static_cast<DateParse>(i)));
  }
  for (int i = 0; i <= static_cast<int>(WireError::kTooManyElements); ++i) {
    ExpectChinese(WireErrorReason(static_cast<WireError>(i)));
  }
  ExpectChinese(kNoTimeOfDay);
}

TEST(FaultWordsTest, WhatIsNotKnownStaysAsItIs) { EXPECT_EQ(FaultInChinese("table.t(1)"), "table.t(1)"); }

}  // namespace
}  // namespace assay
