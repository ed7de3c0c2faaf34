// What one rulebook says otherwise than another, thing by thing and field by field.
// Entry point: ChangesBetween. A pure function over its arguments; tests, imports and overrides do not count.
#ifndef ASSAY_RULEBOOK_CHANGES_H_
#define ASSAY_RULEBOOK_CHANGES_H_

#include <vector>

#include "assay/v1/diff.pb.h"
#include "assay/v1/rulebook.pb.h"
#include "rulebook/source_map.h"

namespace assay {

// A merged rulebook and where its parts are written.
struct PlacedRulebook {
  const v1::Rulebook* proto;
  const SourceMap* sources;
};

// In the order of the sections; of a section first what is new or changed, then what is gone. Things are the same where
// their names are; rows of a table where their id is or, without one, their tests.
std::vector<v1::RulebookChange> ChangesBetween(const PlacedRulebook& before, const PlacedRulebook& after);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_CHANGES_H_
