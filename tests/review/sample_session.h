// A small rulebook with one stock ledger, its orders and sessions: what tests of sessions share. Entry points: Compile,
// Order, Open, RunOrders. The clock stands at 2026-11-18T11:06:40Z.
#ifndef ASSAY_TESTS_REVIEW_SAMPLE_SESSION_H_
#define ASSAY_TESTS_REVIEW_SAMPLE_SESSION_H_

#include <memory>
#include <string>
#include <vector>

#include "review/session.h"

namespace assay {

// Lots of a warehouse; a line over 50 is held (R-BIG); drawn by submitted_at; revisions count.
extern const char kStockBook[];

std::shared_ptr<const CompiledRulebook> Compile(absl::string_view text);

// A message of `type` from JSON.
std::string Wire(const CompiledRulebook& book, const char* type, const std::string& json);

// Order O<number> of one line, submitted at <number> o'clock.
std::string Order(const CompiledRulebook& book, int number, const std::string& quantity);

// The same with a revision.
std::string Revised(const CompiledRulebook& book, int number, int revision, const std::string& quantity);

// On one lot L1 of product P.
std::unique_ptr<Session> Open(const std::shared_ptr<const CompiledRulebook>& book, const std::string& on_hand,
                              int threads);

void AddOrders(Session* session, const std::vector<std::string>& orders);
v1::RunResult RunOrders(Session* session, const std::vector<std::string>& orders);

const v1::Decision& Find(const v1::RunResult& result, const std::string& id);

// Makes the holds of a decision as old as those that were there before, by the decision of an earlier run.
void KeepAge(const v1::Decision& before, v1::Decision* decision);

}  // namespace assay

#endif  // ASSAY_TESTS_REVIEW_SAMPLE_SESSION_H_
