// What the process used so far. Entry points: ProcessorSeconds, PeakMegabytes.
#ifndef ASSAY_BENCH_PROCESS_USE_H_
#define ASSAY_BENCH_PROCESS_USE_H_

#include <sys/resource.h>
#include <time.h>

namespace assay {

// Of all its threads.
inline double ProcessorSeconds() {
  timespec time = {};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

// The most memory in use at once.
inline double PeakMegabytes() {
  rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

}  // namespace assay

#endif  // ASSAY_BENCH_PROCESS_USE_H_
