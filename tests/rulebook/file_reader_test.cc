// Reading from disk: only what truly lies in the rulebook's folder.
#include "rulebook/file_reader.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "absl/status/status.h"
#include "rulebook/loader.h"

namespace assay {
namespace {

namespace fs = std::filesystem;

class FileReaderTest : public testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::path(testing::TempDir()) / "assay_file_reader_test";
    fs::remove_all(root_);
    fs::create_directories(root_ / "rules" / "sub");
    Write("rules/main.yaml", "imports: [sub/more.yaml]\n");
    Write("rules/sub/more.yaml", "name: more\n");
    Write("secret.yaml", "name: secret\n");
  }
  void TearDown() override { fs::remove_all(root_); }

  void Write(const std::string& name, const std::string& text) { std::ofstream(root_ / name) << text; }
  std::string Path(const std::string& name) const { return (root_ / name).string(); }
  absl::StatusOr<std::string> Read(const std::string& name) const {
    return DiskFileReader(Path("rules/main.yaml"))(Path(name));
  }

  fs::path root_;
};

TEST_F(FileReaderTest, LoadsARulebookAndItsImports) {
  IssueList issues;
  const std::string path = Path("rules/main.yaml");
  const std::optional<LoadedRulebook> rulebook = LoadRulebookFile(path, DiskFileReader(path), &issues);
  ASSERT_TRUE(rulebook.has_value()) << Format(issues);
  EXPECT_EQ(rulebook->proto.name(), "more");
}

TEST_F(FileReaderTest, RefusesALinkThatLeadsOut) {
  fs::create_symlink("../secret.yaml", root_ / "rules" / "link.yaml");
  fs::create_directory_symlink("..", root_ / "rules" / "up");
  EXPECT_EQ(Read("rules/link.yaml").status().message(), "a link leads out of the rulebook's folder");
  EXPECT_TRUE(absl::IsPermissionDenied(Read("rules/up/secret.yaml").status()));
  EXPECT_TRUE(absl::IsPermissionDenied(Read("secret.yaml").status()));
}

TEST_F(FileReaderTest, FollowsALinkThatStaysInside) {
  fs::create_symlink("sub/more.yaml", root_ / "rules" / "link.yaml");
  EXPECT_EQ(*Read("rules/link.yaml"), "name: more\n");
}

TEST_F(FileReaderTest, LetsTheRulebookItselfBeALink) {
  fs::create_symlink("../secret.yaml", root_ / "rules" / "linked.yaml");
  const std::string path = Path("rules/linked.yaml");
  EXPECT_EQ(*DiskFileReader(path)(path), "name: secret\n");
}

TEST_F(FileReaderTest, DoesNotTakeAFolderOfASimilarNameForItsOwn) {
  fs::create_directories(root_ / "rules_old");
  Write("rules_old/a.yaml", "name: a\n");
  EXPECT_TRUE(absl::IsPermissionDenied(Read("rules_old/a.yaml").status()));
}

TEST_F(FileReaderTest, ReadsOnlyRegularFilesOfABoundedSize) {
  EXPECT_TRUE(absl::IsNotFound(Read("rules/none.yaml").status()));
  EXPECT_EQ(Read("rules/sub").status().message(), "it is not a file");
  Write("rules/long.yaml", "");
  fs::resize_file(root_ / "rules" / "long.yaml", (uintmax_t{16} << 20) + 1);
  EXPECT_EQ(Read("rules/long.yaml").status().message(), "a rulebook file may have 16777216 bytes");
}

}  // namespace
}  // namespace assay
