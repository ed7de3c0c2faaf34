// What `assay check` asks of decision tables: gaps, overlaps, rows that never count.
// Entry point: CheckTables. Internal to rulebook; a function over its arguments.
#ifndef ASSAY_RULEBOOK_CHECK_TABLES_H_
#define ASSAY_RULEBOOK_CHECK_TABLES_H_

#include <cstdint>

#include "rulebook/check_report.h"
#include "rulebook/names.h"

namespace assay {

// `names` are those of `loaded`. Each question takes at most `steps`.
void CheckTables(const LoadedRulebook& loaded, const Names& names, int64_t steps, CheckReport* report);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_CHECK_TABLES_H_
