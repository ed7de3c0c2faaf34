// Entry point: PreparedOrders::Next.
#include "review/prepared_orders.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "base/threads.h"

namespace assay {
namespace {

// Orders that a thread prepares at once, and how many of such lots there may be for each thread: as few as keep the
// threads from waiting, since each order ahead has a chunk of its own.
constexpr size_t kLot = 4;
constexpr size_t kLotsAhead = 4;

}  // namespace

PreparedOrders::PreparedOrders(const RunContext* context, std::vector<absl::string_view> orders, int threads)
    : context_(context), orders_(std::move(orders)) {
  const size_t others = std::min(static_cast<size_t>(threads - 1), orders_.size() / kLot);
  places_.resize(others == 0 ? 1 : others * kLot * kLotsAhead);
  for (Place& place : places_) place.chunk = std::make_unique<Chunk>(context_);
  threads_ = StartThreads(others, [this] { Work(); });
}

PreparedOrders::~PreparedOrders() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    is_over_ = true;
  }
  is_free_.notify_all();
}

absl::Status PreparedOrders::Prepare(size_t order, Chunk* chunk) const {
  RETURN_IF_ERROR(chunk->Load(absl::MakeConstSpan(&orders_[order], 1)));
  chunk->Compute(context_->needs->ahead);
  return absl::OkStatus();
}

// A whole lot: threads that are woken for less wake too often.
bool PreparedOrders::HasLot() const { return claimed_ < orders_.size() && claimed_ + kLot <= taken_ + places_.size(); }

// One of the other threads.
void PreparedOrders::Work() {
  std::unique_lock<std::mutex> lock(mutex_);
  for (;;) {
    is_free_.wait(lock, [this] { return is_over_ || HasLot(); });
    if (is_over_) return;
    const size_t begin = claimed_;
    const size_t end = std::min(begin + kLot, orders_.size());
    claimed_ = end;
    lock.unlock();
    for (size_t i = begin; i < end; ++i) {
      Place& place = places_[i % places_.size()];
      // What leaves a thread ends the process: memory that runs out must not.
      try {
        place.status = Prepare(i, place.chunk.get());
      } catch (const std::exception& e) {
        place.status = absl::ResourceExhaustedError(absl::StrCat("a thread of the run failed: ", e.what()));
      }
    }
    lock.lock();
    for (size_t i = begin; i < end; ++i) places_[i % places_.size()].is_ready = true;
    is_ready_.notify_one();
  }
}

absl::StatusOr<Chunk*> PreparedOrders::Next() {
  const size_t order = next_++;
  Place& place = places_[order % places_.size()];
  if (threads_.empty()) {
    RETURN_IF_ERROR(Prepare(order, place.chunk.get()));
    return place.chunk.get();
  }
  std::unique_lock<std::mutex> lock(mutex_);
  if (order > 0) places_[(order - 1) % places_.size()].is_ready = false;
  taken_ = order;
  if (order % kLot == 0) is_free_.notify_one();
  is_ready_.wait(lock, [&place] { return place.is_ready; });
  RETURN_IF_ERROR(place.status);
  return place.chunk.get();
}

}  // namespace assay
