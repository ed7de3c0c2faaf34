// Entry point: SettleRevisions.
#include "review/revisions.h"

#include <tuple>

namespace assay {
namespace {

int Compare(const Revision& a, const Revision& b) { return CompareKeys(a.key, b.key); }

bool IsAbove(const RevisionEntry& entry, const RevisionEntry* base) {
  return base == nullptr || Compare(entry.revision, base->revision) > 0;
}

// Whether `a` comes before `b` as the one to follow: the higher revision; of one revision what was accepted before,
// then what was seen before, then the first in the queue.
bool Leads(const RevisionEntry& a, const RevisionEntry& b) {
  const int order = Compare(a.revision, b.revision);
  if (order != 0) return order > 0;
  const auto key = [](const RevisionEntry& entry) {
    const bool is_refused = entry.standing == Standing::kNotRisen;
    return std::tuple(!(entry.is_seen && !is_refused), !entry.is_seen, entry.rank);
  };
  return key(a) < key(b);
}

void Put(Standing standing, const RevisionEntry& before, RevisionEntry* entry) {
  entry->standing = standing;
  entry->over = before.revision;
}

// An order below the leader: what came before it is superseded; what came after, or was refused under a revision that
// has not risen since, is not risen.
Standing Below(const RevisionEntry& entry, const RevisionEntry& leader) {
  if (Compare(entry.revision, leader.revision) == 0) return Standing::kNotRisen;
  if (!entry.is_seen) return leader.is_seen ? Standing::kNotRisen : Standing::kSuperseded;
  const bool is_refused = entry.standing == Standing::kNotRisen;
  return is_refused && Compare(leader.revision, entry.over) <= 0 ? Standing::kNotRisen : Standing::kSuperseded;
}

}  // namespace

void SettleRevisions(absl::Span<RevisionEntry> entries) {
  RevisionEntry* firm = nullptr;
  for (RevisionEntry& entry : entries) {
    if (entry.is_firm) firm = &entry;
  }
  RevisionEntry* leader = nullptr;
  for (RevisionEntry& entry : entries) {
    if (&entry == firm || !IsAbove(entry, firm)) continue;
    if (leader == nullptr || Leads(entry, *leader)) leader = &entry;
  }
  for (RevisionEntry& entry : entries) {
    if (&entry == leader || &entry == firm) continue;
    if (IsAbove(entry, firm)) {
      Put(Below(entry, *leader), *leader, &entry);
    } else if (entry.standing != Standing::kSuperseded || !entry.is_seen) {
      Put(Standing::kNotRisen, *firm, &entry);
    }
  }
  if (firm != nullptr) firm->standing = Standing::kStands;
  if (leader == nullptr) return;
  leader->standing = Standing::kStands;
  if (firm == nullptr) return;
  if (leader->takes_firm) {
    Put(Standing::kSuperseded, *leader, firm);
  } else {
    Put(Standing::kFirmBefore, *firm, leader);
  }
}

}  // namespace assay
