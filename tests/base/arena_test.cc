// The arena: alignment, blocks, and that a warmed arena asks for nothing.
#include "base/arena.h"

#include <cstdint>
#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace assay {
namespace {

TEST(ArenaTest, KeepsEveryAlignment) {
  Arena arena(1024);
  for (size_t align = 1; align <= 64; align *= 2) {
    arena.Allocate(1, 1);
    EXPECT_EQ(reinterpret_cast<uintptr_t>(arena.Allocate(8, align)) % align, 0u) << align;
  }
}

TEST(ArenaTest, WhatIsHandedOutNeverOverlapsOrMoves) {
  Arena arena(256);
  std::mt19937 random(1);
  std::vector<absl::Span<uint8_t>> spans;
  for (int i = 0; i < 500; ++i) {
    spans.push_back(arena.AllocateSpan<uint8_t>(random() % 300));
    std::memset(spans.back().data(), i % 251, spans.back().size());
  }
  for (int i = 0; i < 500; ++i) {
    for (uint8_t byte : spans[i]) ASSERT_EQ(byte, i % 251);
  }
}

TEST(ArenaTest, ResetKeepsTheBlocksSoThatTheSameWorkTakesNoMore) {
  Arena arena(1000);
  const auto work = [&arena] {
    for (size_t size : {10, 900, 5000, 300, 300, 300, 20000, 1}) arena.Allocate(size, 8);
    return arena.bytes_used();
  };
  const size_t used = work();
  const size_t reserved = arena.bytes_reserved();
  for (int i = 0; i < 5; ++i) {
    arena.Reset();
    EXPECT_EQ(arena.bytes_used(), 0u);
    EXPECT_EQ(work(), used);
    EXPECT_EQ(arena.bytes_reserved(), reserved);
  }
}

TEST(ArenaTest, NothingIsReservedBeforeTheFirstUse) {
  Arena arena(1 << 20);
  EXPECT_EQ(arena.bytes_reserved(), 0u);
  EXPECT_NE(arena.Allocate(0, 1), nullptr);
}

TEST(ArenaTest, CopiesStrings) {
  Arena arena(64);
  std::string text(500, 'x');
  const absl::string_view copy = arena.CopyString(text);
  text.assign(500, 'y');
  EXPECT_EQ(copy, std::string(500, 'x'));
  EXPECT_EQ(arena.CopyString(""), "");
}

}  // namespace
}  // namespace assay
