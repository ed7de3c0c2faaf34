// The kernels, one file for each kind of expression. Each Select function gives the
// kernel of a node, or nullptr if the node is not of its kind. Internal to exec.
#ifndef ASSAY_EXEC_KERNELS_H_
#define ASSAY_EXEC_KERNELS_H_

#include "exec/frame.h"

namespace assay {

Kernel SelectLogic(const Program& program, const Node& node);       // && || ! ?: guard, presence, demand
Kernel SelectCompare(const Program& program, const Node& node);     // == < <= > >=
Kernel SelectArithmetic(const Program& program, const Node& node);  // + - * / % negation, rescale
Kernel SelectRows(const Program& program, const Node& node);        // gather, maps, positions, counts, turns, indexing
Kernel SelectMember(const Program& program, const Node& node);      // in [constants]
Kernel SelectAggregate(const Program& program, const Node& node);   // all exists sum min max avg join
Kernel SelectLevel(const Program& program, const Node& node);       // rows of levels
Kernel SelectRegex(const Program& program, const Node& node);       // regex.replace, regex.extract
Kernel SelectFirstOfEqual(const Program& program, const Node& node);  // distinct()
Kernel SelectLookup(const Program& program, const Node& node);        // joins
Kernel SelectText(const Program& program, const Node& node);          // strings, patterns
Kernel SelectConversion(const Program& program, const Node& node);    // int(), string(), decimal() …
Kernel SelectTime(const Program& program, const Node& node);          // dates, timestamps, durations
Kernel SelectCalendar(const Program& program, const Node& node);      // business time
Kernel SelectNumber(const Program& program, const Node& node);        // round, quotient, math.*
Kernel SelectBits(const Program& program, const Node& node);          // math.bitAnd …
Kernel SelectFormat(const Program& program, const Node& node);        // format()
Kernel SelectTable(const Program& program, const Node& node);         // decision tables

}  // namespace assay

#endif  // ASSAY_EXEC_KERNELS_H_
