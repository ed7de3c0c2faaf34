// Texts for people that a rulebook has in one language only, or not at all.
// Entry point: CheckTexts. Internal to rulebook; a function over its arguments.
#ifndef ASSAY_RULEBOOK_CHECK_TEXTS_H_
#define ASSAY_RULEBOOK_CHECK_TEXTS_H_

#include "rulebook/check_report.h"
#include "rulebook/loader.h"

namespace assay {

void CheckTexts(const LoadedRulebook& loaded, CheckReport* report);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_CHECK_TEXTS_H_
