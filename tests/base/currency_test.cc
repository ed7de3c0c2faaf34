// The currency table: its three answers, its order, and every row against the published list.
#include "base/currency.h"

#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace assay {
namespace {

TEST(CurrencyTest, GivesDigitsNoneOrUnknown) {
  EXPECT_EQ(FindMinorUnit("CNY").digits, 2);
  EXPECT_EQ(FindMinorUnit("JPY").digits, 0);
  EXPECT_EQ(FindMinorUnit("JPY").kind, MinorUnit::Kind::kDigits);
  EXPECT_EQ(FindMinorUnit("KWD").digits, 3);
  EXPECT_EQ(FindMinorUnit("CLF").digits, 4);
  EXPECT_EQ(FindMinorUnit("XAU").kind, MinorUnit::Kind::kNone);
  for (absl::string_view code : {"", "cny", "CN", "CNYX", "AAA", "ZZZ", "XYZ"}) {
    EXPECT_EQ(FindMinorUnit(code).kind, MinorUnit::Kind::kUnknownCode) << code;
  }
}

TEST(CurrencyTest, RowsAscendAndEachFindsItself) {
  absl::string_view before = "";
  for (const CurrencyRow& row : CurrencyTable()) {
    EXPECT_LT(before, row.code);
    before = row.code;
    const MinorUnit found = FindMinorUnit(row.code);
    EXPECT_EQ(found.kind, row.digits < 0 ? MinorUnit::Kind::kNone : MinorUnit::Kind::kDigits) << row.code;
    EXPECT_EQ(found.digits, row.digits < 0 ? 0 : row.digits) << row.code;
  }
}

// The text between <tag> and </tag> in one entry, "" if it has no such element.
std::string Element(const std::string& entry, const std::string& tag) {
  const size_t open = entry.find("<" + tag + ">");
  if (open == std::string::npos) return "";
  const size_t begin = open + tag.size() + 2;
  return entry.substr(begin, entry.find("</" + tag + ">", begin) - begin);
}

TEST(CurrencyTest, EveryRowIsThePublishedOne) {
  const char* shared = std::getenv("ASSAY_SHARED_DIR");
  const std::string folder = shared != nullptr ? shared : absl::StrCat(ASSAY_SOURCE_DIR, "/../shared");
  std::ifstream file(folder + "/data/iso-4217-list-one.xml");
  if (!file) GTEST_SKIP() << "no published currency list in " << folder << "/data (set ASSAY_SHARED_DIR)";
  std::stringstream content;
  content << file.rdbuf();
  const std::string xml = content.str();
  EXPECT_NE(xml.find(absl::StrCat("Pblshd=\"", kCurrencyListDate, "\"")), std::string::npos);

  std::map<std::string, std::string> published;
  for (size_t at = xml.find("<CcyNtry>"); at != std::string::npos; at = xml.find("<CcyNtry>", at + 1)) {
    const std::string entry = xml.substr(at, xml.find("</CcyNtry>", at) - at);
    const std::string code = Element(entry, "Ccy");
    if (!code.empty()) published[code] = Element(entry, "CcyMnrUnts");
  }
  std::map<std::string, std::string> ours;
  for (const CurrencyRow& row : CurrencyTable()) ours[row.code] = row.digits < 0 ? "N.A." : absl::StrCat(row.digits);
  EXPECT_EQ(ours, published);
}

}  // namespace
}  // namespace assay
