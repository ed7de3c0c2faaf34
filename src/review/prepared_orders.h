// Orders made ready for their draws ahead of the thread that draws: loaded, with the columns that hang on no ledger's
// answer. Entry point: PreparedOrders::Next. It draws nothing.
#ifndef ASSAY_REVIEW_PREPARED_ORDERS_H_
#define ASSAY_REVIEW_PREPARED_ORDERS_H_

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "evaluate/chunk.h"

namespace assay {

// For one thread at a time, with threads of its own. Where the system starts none, each order is prepared when it is
// asked for.
class PreparedOrders {
 public:
  // `orders` are their bytes in the order of the draws; they and the context outlive it. `threads` counts the caller's,
  // and is the most that are used.
  PreparedOrders(const RunContext* context, std::vector<absl::string_view> orders, int threads);
  PreparedOrders(const PreparedOrders&) = delete;
  PreparedOrders& operator=(const PreparedOrders&) = delete;
  ~PreparedOrders();

  // The chunk that holds the next order alone, the caller's until it asks for the next. Requires that there is one.
  absl::StatusOr<Chunk*> Next();

 private:
  struct Place {
    std::unique_ptr<Chunk> chunk;
    absl::Status status;
    bool is_ready = false;
  };

  absl::Status Prepare(size_t order, Chunk* chunk) const;
  void Work();
  bool HasLot() const;

  const RunContext* const context_;
  const std::vector<absl::string_view> orders_;
  std::vector<Place> places_;  // of order i: i modulo their number
  std::mutex mutex_;           // of all that follows, and of is_ready
  std::condition_variable is_free_, is_ready_;
  size_t claimed_ = 0;  // orders that some thread prepares or has prepared
  size_t taken_ = 0;    // of these, those that the caller is done with
  size_t next_ = 0;
  bool is_over_ = false;
  std::vector<std::jthread> threads_;  // joined before all that stands above goes
};

}  // namespace assay

#endif  // ASSAY_REVIEW_PREPARED_ORDERS_H_
