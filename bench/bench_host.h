// Where a measurement was taken. Entry point: PrintHost, on standard output.
#ifndef ASSAY_BENCH_BENCH_HOST_H_
#define ASSAY_BENCH_BENCH_HOST_H_

namespace assay {

// Host, compiler and commit, a line each.
void PrintHost();

}  // namespace assay

#endif  // ASSAY_BENCH_BENCH_HOST_H_
