// Every zone against Python's zoneinfo, which reads the same database by a program of its own. zone_oracle.py prints
// instants with their offsets and civil times with their instants; the environment variables ASSAY_ZONE_ORACLE_COUNT
// (random ones of each zone) and ASSAY_ORACLE_SEED choose how many and which.
#include <cstdio>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "base/timestamp.h"
#include "calendar/embedded_zones.h"
#include "calendar/zone.h"
#include "gtest/gtest.h"
#include "tests/base/python_oracle.h"

namespace assay {
namespace {

int64_t OffsetAt(const Zone& zone, int64_t instant) { return zone.Local({instant, 0}).offset; }

int64_t FirstInstantOf(const Zone& zone, int64_t civil) {
  const LocalTime time = LocalTimeAt(civil, 0);
  return zone.FirstInstant(time.day, time.second).seconds;
}

// Compares the question:answer pairs behind the first two fields; counts them, and those that differ.
void CompareLine(const std::vector<absl::string_view>& fields, int64_t* compared, int64_t* differences) {
  const std::optional<Zone> zone = Zone::Find(fields[1]);
  ASSERT_TRUE(zone.has_value()) << fields[1];
  const bool is_instant = fields[0] == "at";
  OffsetSpan last = kEmptySpan;
  for (size_t i = 2; i < fields.size(); ++i) {
    const std::pair<absl::string_view, absl::string_view> pair = absl::StrSplit(fields[i], ':');
    int64_t question = 0, expected = 0;
    ASSERT_TRUE(absl::SimpleAtoi(pair.first, &question) && absl::SimpleAtoi(pair.second, &expected)) << fields[i];
    const int64_t answer = is_instant ? OffsetAt(*zone, question) : FirstInstantOf(*zone, question);
    const bool same = answer == expected && (!is_instant || zone->Local({question, 0}, &last).offset == expected);
    if (!same && ++*differences <= 10)
      ADD_FAILURE() << fields[0] << " " << fields[1] << " " << fields[i] << ": " << answer;
    ++*compared;
  }
}

TEST(ZoneOracleTest, EveryZoneAgreesWithPython) {
  const int seed = FromEnvironment("ASSAY_ORACLE_SEED", 20261122);
  const int count = FromEnvironment("ASSAY_ZONE_ORACLE_COUNT", 200);
  PythonOracle oracle("calendar/zone_oracle.py", absl::StrCat(seed, " ", count));
  std::set<std::string> names;
  int64_t compared = 0, differences = 0;
  for (absl::string_view line; oracle.NextLine(&line);) {
    const std::vector<absl::string_view> fields = absl::StrSplit(line, '\t');
    ASSERT_GE(fields.size(), 2u);
    names.insert(std::string(fields[1]));
    CompareLine(fields, &compared, &differences);
  }
  std::set<std::string> embedded;
  for (const EmbeddedZone& zone : EmbeddedZones()) embedded.insert(std::string(zone.name));
  EXPECT_EQ(names, embedded);
  EXPECT_EQ(differences, 0);
  EXPECT_GT(compared, int64_t{2} * count * static_cast<int64_t>(embedded.size())) << "the oracle stopped early";
  std::printf("compared %lld instants of %zu zones, version %s, seed %d\n", static_cast<long long>(compared),
              embedded.size(), std::string(ZoneDataVersion()).c_str(), seed);
}

}  // namespace
}  // namespace assay
