// Entry points: InOrder, FindingOf, DescribeFinding.
#include "evaluate/findings.h"

#include <algorithm>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "base/sha256.h"

namespace assay {
namespace {

constexpr absl::string_view kMask = "***";

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
  finding.set_values_digest(ValuesDigest(raw, rule.id()));
  DescribeFinding(book, &rule, raw, &finding);
  return finding;
}

v1::Finding Unevaluable(const CompiledRulebook& book, RawFinding raw) {
  v1::Finding finding;
  const std::string& id =
      book.evaluation.exists ? book.proto.evaluation().unevaluable_rule() : book.proto.review().unevaluable_rule();
  finding.set_rule(id.empty() ? "SYS" : id);
  finding.set_outcome(raw.outcome);
  finding.set_line_id(raw.line_id);
  std::sort(raw.dependents.begin(), raw.dependents.end());
  for (const std::string& rule : raw.dependents) finding.add_dependents(rule);
  raw.actual = raw.origin;
  finding.set_actual(raw.origin);
  finding.set_values_digest(ValuesDigest(raw, finding.rule()));
  DescribeFinding(book, FindRule(book, id), raw, &finding);
  if (raw.is_of_row) finding.set_releasable(false);
  finding.mutable_message()->set_en(absl::StrCat("Cannot be evaluated: ", raw.origin));
  finding.mutable_message()->set_zh(absl::StrCat("无法判断：", raw.origin_zh));
  return finding;
}

}  // namespace

std::string FilledText(const std::string& text, const RawFinding& raw) {
  const auto shown = [&](const std::string& name, const std::string& value) {
    const auto found = raw.shown.find(name);
    return found == raw.shown.end() ? value : found->second;
  };
  std::vector<std::pair<std::string, std::string>> names = {
      {"{expected}", raw.masked ? std::string(kMask) : shown("expected", raw.expected)},
      {"{actual}", raw.masked ? std::string(kMask) : shown("actual", raw.actual)},
      {"{difference}", raw.masked ? std::string(kMask) : raw.difference},
      {"{line}", raw.line_id}};
  for (const auto& [name, value] : raw.values) names.emplace_back(absl::StrCat("{", name, "}"), shown(name, value));
  return absl::StrReplaceAll(text, names);
}

std::string ValuesDigest(const RawFinding& raw, absl::string_view rule) {
  std::string text = absl::StrCat(rule, "\n", raw.line_id, "\n", raw.expected, "\n", raw.actual, "\n", raw.difference);
  for (const auto& [name, value] : raw.values) absl::StrAppend(&text, "\n", name, "=", value);
  return Sha256Hex(text);
}

void DescribeFinding(const CompiledRulebook& book, const v1::Rule* rule, const RawFinding& raw, v1::Finding* finding) {
  if (rule != nullptr) {
    finding->mutable_message()->set_en(FilledText(rule->message().en(), raw));
    finding->mutable_message()->set_zh(FilledText(rule->message().zh(), raw));
    finding->set_route(rule->route());
    if (finding->reason().empty()) finding->set_reason(rule->reason());
  }
  auto reason = book.reasons.find(finding->reason());
  if (reason == book.reasons.end()) return;
  const v1::ReasonCode& code = *reason->second;
  if (finding->route().empty()) finding->set_route(code.route());
  finding->set_releasable(code.releasable() && finding->outcome() != v1::OUTCOME_REJECT);
  finding->mutable_cure()->set_en(FilledText(code.cure().en(), raw));
  finding->mutable_cure()->set_zh(FilledText(code.cure().zh(), raw));
  if (finding->message().en().empty()) finding->mutable_message()->set_en(code.text().en());
  if (finding->message().zh().empty()) finding->mutable_message()->set_zh(code.text().zh());
}

v1::Finding FindingOf(const CompiledRulebook& book, const RawFinding& raw) {
  return raw.rule < 0 ? Unevaluable(book, raw) : FromRule(book, raw);
}

std::vector<const RawFinding*> InOrder(const std::vector<RawFinding>& findings) {
  std::vector<const RawFinding*> ordered;
  ordered.reserve(findings.size());
  for (const RawFinding& raw : findings) ordered.push_back(&raw);
  auto before = [](const RawFinding* a, const RawFinding* b) {
    const size_t rule_a = static_cast<size_t>(a->rule);
    const size_t rule_b = static_cast<size_t>(b->rule);
    return std::tie(rule_a, a->line, a->origin) < std::tie(rule_b, b->line, b->origin);
  };
  std::stable_sort(ordered.begin(), ordered.end(), before);
  return ordered;
}

const v1::Rule* FindRule(const CompiledRulebook& book, const std::string& id) {
  for (const CompiledRule& rule : book.rules) {
    if (rule.proto->id() == id) return rule.proto;
  }
  return nullptr;
}

}  // namespace assay
