// Which of the orders that came under one id stands, and what becomes of the others (domain.md, section 3.11).
//
// Entry point: SettleRevisions. A pure function: who came first within one run leaves no trace, who was seen by an
// earlier run does.
#ifndef ASSAY_REVIEW_REVISIONS_H_
#define ASSAY_REVIEW_REVISIONS_H_

#include <cstdint>
#include <string>

#include "absl/types/span.h"
#include "review/order_state.h"

namespace assay {

enum class Standing : uint8_t {
  kStands,      // reviewed like any order
  kSuperseded,  // a higher revision took its place: it leaves the review
  kNotRisen,    // other content under a revision that stands, or under a lower one: rejected
  kFirmBefore,  // a higher revision of an order whose draws are firm: held
};

struct Revision {
  SortKey key;
  std::string text;
};

// One of the orders of an id, no two of them with the same content.
struct RevisionEntry {
  Revision revision;
  bool is_firm = false;     // some of its draws are; of one order at most
  bool takes_firm = false;  // it may take the firm one's place
  bool is_seen = false;     // an earlier run settled it
  size_t rank = 0;          // its place in the run's queue: decides between unseen orders of one revision
  // As an earlier run left them, and as this one does.
  Standing standing = Standing::kStands;
  Revision over;  // the revision that stood before it, unless it stands
};

void SettleRevisions(absl::Span<RevisionEntry> entries);

}  // namespace assay

#endif  // ASSAY_REVIEW_REVISIONS_H_
