// Which row of a dataset an error began in, and how messages name it. Entry points: TellsRow, RootRowOf, NamingFields.
// Pure functions.
#ifndef ASSAY_EVALUATE_ERROR_PLACE_H_
#define ASSAY_EVALUATE_ERROR_PLACE_H_

#include <vector>

#include "column/error_table.h"
#include "evaluate/run_context.h"

namespace assay {

// Whether messages say in which row an error of the kind began; of others the detail says all.
bool TellsRow(ErrorKind kind);

// The row of its dataset that the error's own row, maybe one of a list in it, is part of. The error is none of the
// batch.
int32_t RootRowOf(const RunContext& context, const CellError& error);

// The fields by which messages name a row of the dataset: its key, else its id; none where these are no texts, and the
// row's number is told.
std::vector<const google::protobuf::FieldDescriptor*> NamingFields(const CompiledRulebook& book, int dataset);

}  // namespace assay

#endif  // ASSAY_EVALUATE_ERROR_PLACE_H_
