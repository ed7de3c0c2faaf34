// A small rulebook with stock and funds, and sessions on given amounts of them: what the property tests of sessions run
// on. Entry points: kSharedBook, OpenOn, RandomOrder, AddDraws, ExpectBalancesAreRight, ExpectNobodyIsPassedOver.
#ifndef ASSAY_TESTS_REVIEW_SHARED_BOOK_H_
#define ASSAY_TESTS_REVIEW_SHARED_BOOK_H_

#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>

#include "review/session.h"

namespace assay {

// A line over 40 is held (R-BIG), as one whose campaign has no quota left (R-QUOTA), an order without funds rejected
// (R-POOR). The campaign of product P1 is KP1, if there is one.
extern const char kSharedBook[];
inline constexpr size_t kFundsLedger = 1;
inline constexpr size_t kQuotaLedger = 2;

// What there is of each lot ("P1/L1"), receipt ("P1/2026-11-22"), partner ("C1") and campaign ("KP1").
using Amounts = std::map<std::string, int>;

std::shared_ptr<const Snapshot> DataOn(const CompiledRulebook& book, const Amounts& there);

std::unique_ptr<Session> OpenOn(const std::shared_ptr<const CompiledRulebook>& book, const Amounts& there,
                                const Timestamp& now, int threads);

inline constexpr int kProducts = 3;
inline constexpr int kPartners = 2;

// Up to three lines of these products for one of these partners, submitted at any hour. No two documents are one.
std::string RandomOrder(const CompiledRulebook& book, const std::string& id, int revision, int document,
                        std::mt19937* random);

// Whether it draws: it is CONFIRMED or PARTIAL.
bool Takes(const v1::Decision& decision);

// What the decision took, by its own words, but for what was allocated to it before.
void AddDraws(const v1::Decision& decision, Amounts* taken);

// Of partners' funds and campaigns' quotas: opening - firm - proposed is what is available, and what was drawn is what
// decisions took and what of this is firm.
void ExpectBalancesAreRight(const Ledgers& ledgers, const Amounts& there, const Amounts& taken, const Amounts& firm);

// Once an order got a part of what it asked for of a product, no lot is left for those after it in the queue. Orders
// that are `committed` come before all others; those with lines `allocated` by hand hold what they were given.
void ExpectNobodyIsPassedOver(const v1::RunResult& result, const std::set<std::string>& committed,
                              const std::set<std::string>& allocated);

}  // namespace assay

#endif  // ASSAY_TESTS_REVIEW_SHARED_BOOK_H_
