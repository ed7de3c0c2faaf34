// Decision tables of a rulebook: from texts to what their cells admit and give, checked and linked.
//
// Entry point: LinkTables. Internal to rulebook; the tables are functions table.NAME of every expression afterwards.
#ifndef ASSAY_RULEBOOK_TABLES_H_
#define ASSAY_RULEBOOK_TABLES_H_

#include "rulebook/names.h"

namespace assay {

// Compiles all tables, those that others call before these, and adds them to the names. `as_of` is the variable of the
// day that picks dated rows, -1 if the rulebook states none. What is wrong is an issue at its cell.
void LinkTables(const LoadedRulebook& loaded, int as_of, Names* names, IssueList* issues);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_TABLES_H_
