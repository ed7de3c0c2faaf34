// The arena's slow side: taking and keeping blocks. Entry points: Arena::CopyString, Arena::Reset.
// A block is never freed or moved before the arena dies, so what was handed out stays where it is until Reset.
#include "base/arena.h"

#include <algorithm>
#include <cstring>
#include <new>
#include <utility>

namespace assay {

void Arena::FreeBlock::operator()(char* data) const { ::operator delete[](data, std::align_val_t{kMaxAlign}); }

Arena::Arena(size_t block_bytes) : block_bytes_(std::max(block_bytes, kMaxAlign)) {}

void* Arena::AllocateSlowly(size_t bytes) {
  full_bytes_ += limit_;
  // The first kept block that is large enough comes to the front of the kept ones; smaller ones wait for smaller needs.
  auto next = blocks_.begin() + next_block_;
  auto fitting = std::find_if(next, blocks_.end(), [bytes](const Block& block) { return block.size >= bytes; });
  if (fitting == blocks_.end()) {
    const size_t size = std::max(bytes, block_bytes_);
    char* data = static_cast<char*>(::operator new[](size, std::align_val_t{kMaxAlign}));
    blocks_.push_back({std::unique_ptr<char[], FreeBlock>(data), size});
    next = blocks_.begin() + next_block_;
    fitting = blocks_.end() - 1;
  }
  std::swap(*next, *fitting);
  ++next_block_;
  block_ = next->data.get();
  limit_ = next->size;
  used_ = bytes;
  return block_;
}

absl::string_view Arena::CopyString(absl::string_view text) {
  char* copy = static_cast<char*>(Allocate(text.size(), 1));
  if (!text.empty()) std::memcpy(copy, text.data(), text.size());
  return absl::string_view(copy, text.size());
}

void Arena::Reset() {
  next_block_ = 0;
  full_bytes_ = 0;
  block_ = nullptr;
  limit_ = 0;
  used_ = 0;
}

size_t Arena::bytes_reserved() const {
  size_t bytes = 0;
  for (const Block& block : blocks_) bytes += block.size;
  return bytes;
}

}  // namespace assay
