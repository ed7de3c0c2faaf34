// What was made of the last few distinct texts of a column: compiled patterns, loaded zones.
// Entry point: RecentTexts::Find. Lives for one run of one kernel; it bounds what a column of many distinct texts costs
// in memory, not in time.
#ifndef ASSAY_EXEC_RECENT_TEXTS_H_
#define ASSAY_EXEC_RECENT_TEXTS_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace assay {

template <typename T>
class RecentTexts {
 public:
  // What `make(text)` gave, now or for one of the last texts, and what the caller noted in it since. Valid until the
  // next call.
  template <typename Make>
  T& Find(absl::string_view text, Make make) {
    for (Entry& entry : entries_) {
      if (entry.text == text) return entry.made;
    }
    Entry entry = {std::string(text), make(text)};
    if (entries_.size() < kMost) {
      entries_.push_back(std::move(entry));
      return entries_.back().made;
    }
    Entry& oldest = entries_[oldest_];
    oldest_ = (oldest_ + 1) % kMost;
    oldest = std::move(entry);
    return oldest.made;
  }

 private:
  static constexpr size_t kMost = 16;

  struct Entry {
    std::string text;
    T made;
  };

  std::vector<Entry> entries_;
  size_t oldest_ = 0;
};

}  // namespace assay

#endif  // ASSAY_EXEC_RECENT_TEXTS_H_
