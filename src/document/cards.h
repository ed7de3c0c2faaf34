// Things with too much to say for a row of a table: rules, decision tables, tests, as a card each.
// Entry point: WriteCard. It writes to the page and changes nothing else.
#ifndef ASSAY_DOCUMENT_CARDS_H_
#define ASSAY_DOCUMENT_CARDS_H_

#include "document/html_writer.h"
#include "document/thing.h"
#include "document/uses.h"
#include "document/value_writer.h"

namespace assay {

void WriteCard(const Thing& thing, const ThingIndex& things, const Uses& uses, ValueWriter* values, HtmlWriter* html);

}  // namespace assay

#endif  // ASSAY_DOCUMENT_CARDS_H_
