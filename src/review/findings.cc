// Findings as they are reported. Entry point: MakeFindings.
#include "evaluate/findings.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "review/decide.h"

namespace assay {
namespace {

// The session's own words where the rulebook has none: {not risen, firm}.
constexpr const char* kRevisionTexts[][2] = {
    {"Other content under a revision that is taken, or under a lower one", "版本号已被使用或低于现有版本，内容却不同"},
    {"The draws of an earlier revision are firm", "较早版本的货物已锁定"},
};

v1::Finding OfRevision(const CompiledRulebook& book, const RawFinding& raw) {
  const v1::Review& review = book.proto.review();
  const bool is_firm = raw.is_over_firm;
  v1::Finding finding;
  finding.set_rule(review.revision_rule().empty() ? "REV" : review.revision_rule());
  finding.set_outcome(raw.outcome);
  if (is_firm) finding.set_reason(raw.reason.empty() ? review.firm_reason() : raw.reason);
  finding.set_expected(raw.expected);
  finding.set_actual(raw.actual);
  finding.set_values_digest(ValuesDigest(raw, finding.rule()));
  // The rule's own message is about revisions that have not risen.
  DescribeFinding(book, is_firm ? nullptr : FindRule(book, review.revision_rule()), raw, &finding);
  const auto& texts = kRevisionTexts[is_firm ? 1 : 0];
  if (finding.message().en().empty()) finding.mutable_message()->set_en(texts[0]);
  if (finding.message().zh().empty()) finding.mutable_message()->set_zh(texts[1]);
  return finding;
}

// A release by someone who may not give it, or by the submitter.
v1::Finding VoidRelease(const CompiledRulebook& book, const v1::Finding& about, const v1::LocalizedText& why) {
  const std::string& id = book.proto.review().release_rule();
  RawFinding raw;
  raw.line_id = about.line_id();
  raw.actual = why.en();
  raw.expected = about.rule();
  v1::Finding finding;
  finding.set_rule(id);
  const v1::Rule* rule = FindRule(book, id);
  finding.set_outcome(rule != nullptr && rule->outcome() != v1::OUTCOME_UNSPECIFIED ? rule->outcome()
                                                                                    : v1::OUTCOME_HOLD);
  finding.set_line_id(raw.line_id);
  finding.set_expected(raw.expected);
  finding.set_actual(raw.actual);
  finding.set_values_digest(ValuesDigest(raw, id));
  DescribeFinding(book, rule, raw, &finding);
  // The Chinese message names the cause in Chinese.
  if (rule != nullptr && !why.zh().empty()) {
    raw.actual = why.zh();
    finding.mutable_message()->set_zh(FilledText(rule->message().zh(), raw));
  }
  // The next role up decides; of the highest, that one.
  auto role = book.roles.find(about.route());
  if (role != book.roles.end()) {
    finding.set_route(role->second->reports_to().empty() ? about.route() : role->second->reports_to());
  }
  return finding;
}

}  // namespace

void MakeFindings(const RunContext& context, const ReleaseBook& releases, const OrderState& order,
                  v1::Decision* decision) {
  const CompiledRulebook& book = *context.book;
  std::vector<v1::Finding> void_releases;
  for (const RawFinding* raw : InOrder(order.findings)) {
    if (raw->rule == RawFinding::kRevision) {
      // Nobody can release it, and no exemption lifts it: the same goods would be promised twice.
      *decision->add_findings() = OfRevision(book, *raw);
      continue;
    }
    v1::Finding finding = FindingOf(book, *raw);
    const v1::Rule* rule = raw->rule < 0 ? nullptr : book.rules[raw->rule].proto;
    const v1::LocalizedText why =
        raw->is_of_row ? v1::LocalizedText() : releases.Apply(order, raw->actual, rule, &finding);
    if (!why.en().empty() && !book.proto.review().release_rule().empty())
      void_releases.push_back(VoidRelease(book, finding, why));
    *decision->add_findings() = std::move(finding);
  }
  for (v1::Finding& finding : void_releases) *decision->add_findings() = std::move(finding);
}

const v1::Finding* RejectingFinding(const v1::Decision& decision) {
  for (const v1::Finding& finding : decision.findings()) {
    if (finding.outcome() == v1::OUTCOME_REJECT && !finding.observed()) return &finding;
  }
  return nullptr;
}

v1::Disposition WorstOf(const v1::Decision& decision) {
  v1::Disposition worst = v1::DISPOSITION_CONFIRMED;
  for (const v1::Finding& finding : decision.findings()) {
    if (finding.observed()) continue;
    if (finding.outcome() == v1::OUTCOME_REJECT) worst = v1::DISPOSITION_REJECTED;
    if (finding.outcome() == v1::OUTCOME_HOLD) worst = std::max(worst, v1::DISPOSITION_HELD);
  }
  return worst;
}

}  // namespace assay
