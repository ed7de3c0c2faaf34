// A small rulebook with stock and funds, and sessions on given amounts of them: what the property tests of sessions run
// on. Entry points: kSharedBook, OpenOn, RandomOrder, AddDraws, ExpectNobodyIsPassedOver.
#ifndef ASSAY_TESTS_REVIEW_SHARED_BOOK_H_
#define ASSAY_TESTS_REVIEW_SHARED_BOOK_H_

#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>

#include "review/session.h"

namespace assay {

// A line over 40 is held (R-BIG), an order without funds rejected (R-POOR).
extern const char kSharedBook[];

// What there is of each lot ("P1/L1"), receipt ("P1/2026-11-22") and partner ("C1").
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

// Once an order got a part of what it asked for of a product, no lot is left for those after it in the queue. Orders
// that are `committed` come before all others; those with lines `allocated` by hand hold what they were given.
void ExpectNobodyIsPassedOver(const v1::RunResult& result, const std::set<std::string>& committed,
                              const std::set<std::string>& allocated);

}  // namespace assay

#endif  // ASSAY_TESTS_REVIEW_SHARED_BOOK_H_
