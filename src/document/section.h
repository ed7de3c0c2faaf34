// The sections of a page, one for each list of the rulebook. Entry point: Sections. A constant table.
#ifndef ASSAY_DOCUMENT_SECTION_H_
#define ASSAY_DOCUMENT_SECTION_H_

#include "absl/types/span.h"
#include "document/html_writer.h"

namespace assay {

struct Section {
  const char* list = "";  // the field of Rulebook
  const char* name = "";  // the field that names a thing; "": its number
  const char* text = "";  // the field that says to people what it is; "": none
  Words title;
  Words lead;
  bool is_grid = false;      // a table with a row for each thing, else a card for each
  bool are_members = false;  // expressions read its things as members of their level's rows
};

// In the order of the page.
absl::Span<const Section> Sections();

}  // namespace assay

#endif  // ASSAY_DOCUMENT_SECTION_H_
