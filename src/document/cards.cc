// A card has a head, the thing's keys, and a foot with its place and users. Entry point: WriteCard.
#include "document/cards.h"

#include "assay/v1/rulebook.pb.h"
#include "document/decision_table.h"

namespace assay {
namespace {

using google::protobuf::DynamicCastToGenerated;

// The rule with the role that acts, which it may leave to its reason code.
v1::Rule WithRoute(v1::Rule rule, const ThingIndex& things) {
  const Thing* reason = things.Find("reason_codes", rule.reason());
  if (!rule.route().empty() || reason == nullptr) return rule;
  rule.set_route(DynamicCastToGenerated<v1::ReasonCode>(reason->message)->route());
  return rule;
}

// The entries of `applicability` that name the rule: where it holds, or with which outcome.
void WriteApplicability(const Thing& rule, const Uses& uses, ValueWriter* values, HtmlWriter* html) {
  const auto users = uses.find(&rule);
  if (users == uses.end()) return;
  for (const Thing* user : users->second) {
    const auto* entry = DynamicCastToGenerated<v1::Applicability>(user->message);
    if (entry == nullptr) continue;
    html->Put("<dl><div><dt>");
    html->Say(entry->outcome() == v1::OUTCOME_UNSPECIFIED ? Words{"Applies only where", "仅适用于"}
                                                          : Words{"Another outcome where", "改变结果"});
    html->Put("</dt><dd>");
    values->Expression(entry->when());
    values->EnumOf(*entry, "outcome");
    html->Put("</dd></div></dl>");
  }
}

void WriteHead(const Thing& thing, HtmlWriter* html) {
  html->Put("<article class=\"card\" id=\"%\"><header><h3><a href=\"#%\"><code>%</code></a> ",
            {thing.anchor, thing.anchor, thing.name});
  if (thing.text != nullptr) html->Say(*thing.text);
  html->Put("</h3>");
}

// The rest of the head and the body, by what the thing is.
void WriteBody(const google::protobuf::Message& message, const Thing& thing, const ThingIndex& things, const Uses& uses,
               ValueWriter* values, HtmlWriter* html) {
  if (const auto* rule = DynamicCastToGenerated<v1::Rule>(&message)) {
    values->EnumOf(*rule, "outcome");
    if (rule->mode() != v1::MODE_ACTIVE) values->EnumOf(*rule, "mode");
    html->Put("</header>");
    values->Fields(WithRoute(*rule, things), thing.path, {thing.section->name, thing.section->text});
    WriteApplicability(thing, uses, values, html);
  } else if (const auto* table = DynamicCastToGenerated<v1::Table>(&message)) {
    html->Put("</header>");
    WriteDecisionTable(*table, thing.path, values, html);
  } else {
    html->Put("</header>");
    values->Fields(message, thing.path, {thing.section->name, thing.section->text});
  }
}

}  // namespace

void WriteCard(const Thing& thing, const ThingIndex& things, const Uses& uses, ValueWriter* values, HtmlWriter* html) {
  WriteHead(thing, html);
  WriteBody(*thing.message, thing, things, uses, values, html);
  html->Put("<footer>");
  values->PlaceAndUsers(thing);
  html->Put("</footer></article>\n");
}

}  // namespace assay
