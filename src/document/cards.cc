// A card has a head, the thing's keys, and a foot with its place and users. Entry point: WriteCard.
#include "document/cards.h"

#include "assay/v1/rulebook.pb.h"
#include "document/decision_table.h"

namespace assay {
namespace {

using google::protobuf::DynamicCastToGenerated;

void WriteBadges(const v1::Rule& rule, ValueWriter* values, HtmlWriter* html) {
  if (rule.outcome() != v1::OUTCOME_UNSPECIFIED) {
    values->Enum(*v1::Outcome_descriptor()->FindValueByNumber(rule.outcome()), false);
  }
  if (rule.mode() == v1::MODE_OBSERVE || rule.mode() == v1::MODE_OFF) {
    html->Put(" ");
    values->Enum(*v1::Mode_descriptor()->FindValueByNumber(rule.mode()), false);
  }
}

// The rule with the role that acts, which it may leave to its reason code.
v1::Rule WithRoute(v1::Rule rule, const ThingIndex& things) {
  const Thing* reason = things.Find("reason_codes", rule.reason());
  if (!rule.route().empty() || reason == nullptr) return rule;
  rule.set_route(DynamicCastToGenerated<v1::ReasonCode>(reason->message)->route());
  return rule;
}

void WriteHead(const Thing& thing, HtmlWriter* html) {
  html->Put("<article class=\"card\" id=\"%\"><header><h3><a href=\"#%\"><code>%</code></a> ",
            {thing.anchor, thing.anchor, thing.name});
  if (thing.text != nullptr) html->Say(*thing.text);
  html->Put("</h3>");
}

}  // namespace

void WriteCard(const Thing& thing, const ThingIndex& things, ValueWriter* values, HtmlWriter* html) {
  WriteHead(thing, html);
  if (const auto* rule = DynamicCastToGenerated<v1::Rule>(thing.message)) {
    WriteBadges(*rule, values, html);
    html->Put("</header>");
    values->Fields(WithRoute(*rule, things), thing.path, {thing.section->name, thing.section->text});
  } else if (const auto* table = DynamicCastToGenerated<v1::Table>(thing.message)) {
    html->Put("</header>");
    WriteDecisionTable(*table, thing.path, values, html);
  } else {
    html->Put("</header>");
    values->Fields(*thing.message, thing.path, {thing.section->name, thing.section->text});
  }
  html->Put("<footer>");
  values->PlaceAndUsers(thing);
  html->Put("</footer></article>\n");
}

}  // namespace assay
