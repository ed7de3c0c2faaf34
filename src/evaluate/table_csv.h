// Tables as CSV files that spreadsheets open. Entry point: CsvOf. A pure function.
#ifndef ASSAY_EVALUATE_TABLE_CSV_H_
#define ASSAY_EVALUATE_TABLE_CSV_H_

#include <string>

#include "assay/v1/decision.pb.h"

namespace assay {

// RFC 4180, with the names of the columns first.
std::string CsvOf(const v1::DayTable& table);

}  // namespace assay

#endif  // ASSAY_EVALUATE_TABLE_CSV_H_
