// Findings as they are reported. Entry point: MakeFindings.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "base/sha256.h"
#include "review/decide.h"

namespace assay {
namespace {

constexpr absl::string_view kMask = "***";

std::string Filled(const std::string& text, const RawFinding& raw) {
  std::vector<std::pair<std::string, std::string>> names = {
      {"{expected}", raw.masked ? std::string(kMask) : raw.expected},
      {"{actual}", raw.masked ? std::string(kMask) : raw.actual},
      {"{difference}", raw.masked ? std::string(kMask) : raw.difference},
      {"{line}", raw.line_id}};
  for (const auto& [name, value] : raw.values) names.emplace_back(absl::StrCat("{", name, "}"), value);
  return absl::StrReplaceAll(text, names);
}

// What a release without a bound is tied to.
std::string Digest(const RawFinding& raw, absl::string_view rule) {
  std::string text = absl::StrCat(rule, "\n", raw.line_id, "\n", raw.expected, "\n", raw.actual, "\n", raw.difference);
  for (const auto& [name, value] : raw.values) absl::StrAppend(&text, "\n", name, "=", value);
  return Sha256Hex(text);
}

// Reason, route, cure and message, from the rule and its reason code.
void Describe(const CompiledRulebook& book, const v1::Rule* rule, const RawFinding& raw, v1::Finding* finding) {
  if (rule != nullptr) {
    finding->mutable_message()->set_en(Filled(rule->message().en(), raw));
    finding->mutable_message()->set_zh(Filled(rule->message().zh(), raw));
    finding->set_route(rule->route());
    if (finding->reason().empty()) finding->set_reason(rule->reason());
  }
  auto reason = book.reasons.find(finding->reason());
  if (reason == book.reasons.end()) return;
  const v1::ReasonCode& code = *reason->second;
  if (finding->route().empty()) finding->set_route(code.route());
  finding->set_releasable(code.releasable() && finding->outcome() != v1::OUTCOME_REJECT);
  finding->mutable_cure()->set_en(Filled(code.cure().en(), raw));
  finding->mutable_cure()->set_zh(Filled(code.cure().zh(), raw));
  if (finding->message().en().empty()) finding->mutable_message()->set_en(code.text().en());
  if (finding->message().zh().empty()) finding->mutable_message()->set_zh(code.text().zh());
}

v1::Finding FromRule(const CompiledRulebook& book, const RawFinding& raw) {
  const v1::Rule& rule = *book.rules[raw.rule].proto;
  v1::Finding finding;
  finding.set_rule(rule.id());
  finding.set_outcome(raw.outcome);
  finding.set_line_id(raw.line_id);
  finding.set_reason(raw.reason);
  finding.set_expected(raw.masked ? std::string(kMask) : raw.expected);
  finding.set_actual(raw.masked ? std::string(kMask) : raw.actual);
  finding.set_difference(raw.masked ? std::string(kMask) : raw.difference);
  finding.set_masked(raw.masked);
  finding.set_observed(raw.observed);
  finding.set_cut(raw.cut);
  finding.set_values_digest(Digest(raw, rule.id()));
  Describe(book, &rule, raw, &finding);
  return finding;
}

v1::Finding Unevaluable(const CompiledRulebook& book, RawFinding raw) {
  v1::Finding finding;
  const std::string& id = book.proto.review().unevaluable_rule();
  finding.set_rule(id.empty() ? "SYS" : id);
  finding.set_outcome(raw.outcome);
  finding.set_line_id(raw.line_id);
  std::sort(raw.dependents.begin(), raw.dependents.end());
  for (const std::string& rule : raw.dependents) finding.add_dependents(rule);
  raw.actual = raw.origin;
  finding.set_actual(raw.origin);
  finding.set_values_digest(Digest(raw, finding.rule()));
  Describe(book, FindRule(book, id), raw, &finding);
  if (raw.is_of_row) finding.set_releasable(false);
  finding.mutable_message()->set_en(absl::StrCat("Cannot be evaluated: ", raw.origin));
  finding.mutable_message()->set_zh(absl::StrCat("无法判断：", raw.origin_zh));
  return finding;
}

// The session's own words where the rulebook has none: {not risen, firm}.
constexpr const char* kRevisionTexts[][2] = {
    {"Other content under a revision that is taken, or under a lower one", "版本号已被使用或低于现有版本，内容却不同"},
    {"The draws of an earlier revision are firm", "较早版本的货物已锁定"},
};

v1::Finding OfRevision(const CompiledRulebook& book, const RawFinding& raw) {
  const v1::Review& review = book.proto.review();
  const bool is_firm = raw.outcome == v1::OUTCOME_HOLD;
  v1::Finding finding;
  finding.set_rule(review.revision_rule().empty() ? "REV" : review.revision_rule());
  finding.set_outcome(raw.outcome);
  if (is_firm) finding.set_reason(review.firm_reason());
  finding.set_expected(raw.expected);
  finding.set_actual(raw.actual);
  finding.set_values_digest(Digest(raw, finding.rule()));
  // The rule's own message is about revisions that have not risen.
  Describe(book, is_firm ? nullptr : FindRule(book, review.revision_rule()), raw, &finding);
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
  finding.set_values_digest(Digest(raw, id));
  Describe(book, rule, raw, &finding);
  // The Chinese message names the cause in Chinese.
  if (rule != nullptr && !why.zh().empty()) {
    raw.actual = why.zh();
    finding.mutable_message()->set_zh(Filled(rule->message().zh(), raw));
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
  std::vector<const RawFinding*> raws;
  raws.reserve(order.findings.size());
  for (const RawFinding& raw : order.findings) raws.push_back(&raw);
  auto before = [](const RawFinding* a, const RawFinding* b) {
    // Rules in the rulebook's order; what could not be had comes last, by its text.
    const size_t rule_a = static_cast<size_t>(a->rule);
    const size_t rule_b = static_cast<size_t>(b->rule);
    return std::tie(rule_a, a->line, a->origin) < std::tie(rule_b, b->line, b->origin);
  };
  std::stable_sort(raws.begin(), raws.end(), before);
  std::vector<v1::Finding> void_releases;
  for (const RawFinding* raw : raws) {
    if (raw->rule == RawFinding::kRevision) {
      // Nobody can release it, and no exemption lifts it: the same goods would be promised twice.
      *decision->add_findings() = OfRevision(book, *raw);
      continue;
    }
    v1::Finding finding = raw->rule < 0 ? Unevaluable(book, *raw) : FromRule(book, *raw);
    const v1::Rule* rule = raw->rule < 0 ? nullptr : book.rules[raw->rule].proto;
    const v1::LocalizedText why =
        raw->is_of_row ? v1::LocalizedText() : releases.Apply(order, raw->actual, rule, &finding);
    if (!why.en().empty() && !book.proto.review().release_rule().empty())
      void_releases.push_back(VoidRelease(book, finding, why));
    *decision->add_findings() = std::move(finding);
  }
  for (v1::Finding& finding : void_releases) *decision->add_findings() = std::move(finding);
}

const v1::Rule* FindRule(const CompiledRulebook& book, const std::string& id) {
  for (const CompiledRule& rule : book.rules) {
    if (rule.proto->id() == id) return rule.proto;
  }
  return nullptr;
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
