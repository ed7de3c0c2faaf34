// The names that a part of a rulebook mentions, in its expressions and elsewhere.
// Entry point: MentionsOf. Internal to rulebook; a function over its argument, which need not hold together.
#ifndef ASSAY_RULEBOOK_MENTIONS_H_
#define ASSAY_RULEBOOK_MENTIONS_H_

#include <google/protobuf/message.h>

#include <set>
#include <string>

#include "assay/limits.h"

namespace assay {

// Names as one text each, by how they are mentioned:
//   cap        a name that stands alone, a text that is written out, the whole of a string
//   .cap       a member of something: order.cap, has(line.cap)
//   table.cap  a member of what stands alone: parameters.cap, table.cap(…)
using Mentions = std::set<std::string>;

// Of every string in the message and below that can be read as an expression or a cell, texts for people apart.
Mentions MentionsOf(const google::protobuf::Message& message, const Limits& limits);

}  // namespace assay

#endif  // ASSAY_RULEBOOK_MENTIONS_H_
