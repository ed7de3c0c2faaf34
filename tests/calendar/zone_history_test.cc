// Zone files: those embedded are well-formed, and a damaged one is refused whatever is wrong with it.
#include "calendar/zone_history.h"

#include "base/timestamp.h"
#include "calendar/embedded_zones.h"
#include "gtest/gtest.h"

namespace assay {
namespace {

std::string Big(uint64_t value, int size) {
  std::string bytes;
  for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) bytes.push_back(static_cast<char>(value >> shift & 0xFF));
  return bytes;
}

// A file of two changes (at 1000 and 2000 seconds) between two offsets, to be damaged.
struct File {
  std::string magic = "TZif2";
  uint64_t leap_seconds = 0;
  std::vector<int64_t> changes = {1000, 2000};
  std::string types_of_changes = std::string("\1\0", 2);
  std::vector<int32_t> offsets = {600, 1200};
  uint64_t type_count = 2;
  std::string end = "\nAAA-1\n";

  std::string Header(bool is_second) const {
    const uint64_t changes_count = is_second ? changes.size() : 0;
    return magic + std::string(15, '\0') + Big(0, 4) + Big(0, 4) + Big(is_second ? leap_seconds : 0, 4) +
           Big(changes_count, 4) + Big(is_second ? type_count : 0, 4) + Big(is_second ? 4 : 0, 4);
  }
  std::string Bytes() const {
    std::string bytes = Header(false) + Header(true);
    for (const int64_t change : changes) bytes += Big(static_cast<uint64_t>(change), 8);
    bytes += types_of_changes;
    for (const int32_t offset : offsets) bytes += Big(static_cast<uint32_t>(offset), 4) + std::string(2, '\0');
    return bytes + std::string("AAA\0", 4) + end;
  }
};

std::string WhyRefused(const File& file) { return std::string(ZoneHistory::Read(file.Bytes()).status().message()); }

TEST(ZoneHistoryTest, EveryEmbeddedZoneIsWellFormedAndTheirNamesAscend) {
  absl::string_view last;
  for (const EmbeddedZone& zone : EmbeddedZones()) {
    EXPECT_TRUE(ZoneHistory::Read(zone.file).ok()) << zone.name;
    EXPECT_LT(last, zone.name);
    last = zone.name;
  }
  EXPECT_GT(EmbeddedZones().size(), 400u);
  EXPECT_EQ(ZoneDataVersion().substr(0, 2), "20") << "a year and a letter";
}

TEST(ZoneHistoryTest, OffsetsBeforeBetweenAndAfterTheChanges) {
  const std::string bytes = File().Bytes();
  const ZoneHistory history = ZoneHistory::Read(bytes).value();
  EXPECT_EQ(history.SpanAt(999).offset, 600);
  EXPECT_EQ(history.SpanAt(1000).offset, 1200);
  EXPECT_EQ(history.SpanAt(1999).offset, 1200);
  EXPECT_EQ(history.SpanAt(2000).offset, 3600) << "by the rule";
  EXPECT_EQ(history.SpanAt(1500).from, 1000);
  EXPECT_EQ(history.SpanAt(1500).until, 2000);
  EXPECT_EQ(history.SpanAt(2500).from, 2000);
}

TEST(ZoneHistoryTest, WithoutARuleTheLastOffsetStays) {
  File file;
  file.end = "\n\n";
  std::string bytes = file.Bytes();
  EXPECT_EQ(ZoneHistory::Read(bytes)->SpanAt(kMaxTimestampSeconds).offset, 600);
  file.changes.clear();
  file.types_of_changes.clear();
  bytes = file.Bytes();
  EXPECT_EQ(ZoneHistory::Read(bytes)->SpanAt(0).offset, 600);
}

TEST(ZoneHistoryTest, SaysWhatIsWrongWithAFile) {
  File file;
  file.magic = "TZif1";
  EXPECT_EQ(WhyRefused(file), "not a zone file (build the library again): the first block is missing");
  file = {};
  file.leap_seconds = 1;
  EXPECT_EQ(WhyRefused(file), "not a zone file (build the library again): it counts leap seconds");
  file = {};
  file.type_count = 0;
  EXPECT_EQ(WhyRefused(file), "not a zone file (build the library again): it has no offset");
  file.type_count = 0xFFFFFFFF;
  EXPECT_EQ(WhyRefused(file), "not a zone file (build the library again): its times are cut off");
  file = {};
  file.changes = {2000, 2000};
  EXPECT_EQ(WhyRefused(file), "not a zone file (build the library again): its changes do not ascend");
  file = {};
  file.types_of_changes = "\1\2";
  EXPECT_EQ(WhyRefused(file), "not a zone file (build the library again): a change leads to no offset");
  file = {};
  file.offsets = {600, -93601};
  EXPECT_EQ(WhyRefused(file), "not a zone file (build the library again): an offset is beyond 26 hours");
  file = {};
  file.end = "AAA-1\n";
  EXPECT_EQ(WhyRefused(file), "not a zone file (build the library again): its end is missing");
  file.end = "\nAAA\n";
  EXPECT_EQ(WhyRefused(file), "not a zone file (build the library again): its rule is malformed: 'AAA'");
}

TEST(ZoneHistoryTest, AFileCutOffAnywhereIsRefused) {
  const std::string bytes = File().Bytes();
  for (size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(ZoneHistory::Read(absl::string_view(bytes).substr(0, size)).ok()) << size;
  }
}

}  // namespace
}  // namespace assay
