// A bump arena: many small allocations that live and die together.
// Entry points: Allocate, AllocateSpan, CopyString, Reset. Memory goes back to the system only with the arena;
// destructors are never run. Not thread-safe: one arena, one thread at a time.
#ifndef ASSAY_BASE_ARENA_H_
#define ASSAY_BASE_ARENA_H_

#include <cstddef>
#include <memory>
#include <type_traits>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace assay {

// What a block usually has. A larger one would make the system's allocator tidy up each time it is freed.
inline constexpr size_t kArenaBlock = size_t{1} << 15;

class Arena {
 public:
  // Blocks are of `block_bytes`; what does not fit into one gets a block of its own size.
  explicit Arena(size_t block_bytes);
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;  // neither copied nor moved

  // `bytes` uninitialised bytes at a multiple of `align`, a power of two up to 64. Never null, also for 0 bytes.
  void* Allocate(size_t bytes, size_t align) {
    const size_t begin = (used_ + align - 1) & ~(align - 1);
    if (begin < limit_ && bytes <= limit_ - begin) {
      used_ = begin + bytes;
      return block_ + begin;
    }
    return AllocateSlowly(bytes);
  }

  // `size` uninitialised elements, valid until Reset. size * sizeof(T) must not pass SIZE_MAX.
  template <typename T>
  absl::Span<T> AllocateSpan(size_t size) {
    static_assert(std::is_trivially_destructible_v<T> && alignof(T) <= kMaxAlign);
    return absl::Span<T>(static_cast<T*>(Allocate(size * sizeof(T), alignof(T))), size);
  }

  // A copy of `text`, not terminated, valid until Reset.
  absl::string_view CopyString(absl::string_view text);

  // Everything handed out becomes invalid; the blocks are kept, so the same work a second time allocates nothing.
  void Reset();

  // Bytes handed out since the last Reset, with the gaps that alignment and block ends left.
  size_t bytes_used() const { return full_bytes_ + used_; }

  // Bytes taken from the system.
  size_t bytes_reserved() const;

 private:
  static constexpr size_t kMaxAlign = 64;

  struct FreeBlock {
    void operator()(char* data) const;
  };
  struct Block {
    std::unique_ptr<char[], FreeBlock> data;
    size_t size;
  };

  void* AllocateSlowly(size_t bytes);

  size_t block_bytes_;
  std::vector<Block> blocks_;  // [0, next_block_) are in use, the last of them is the current one
  size_t next_block_ = 0;
  size_t full_bytes_ = 0;  // sizes of the blocks in use before the current one
  char* block_ = nullptr;  // the current block, its size and how much of it is handed out
  size_t limit_ = 0;
  size_t used_ = 0;
};

}  // namespace assay

#endif  // ASSAY_BASE_ARENA_H_
