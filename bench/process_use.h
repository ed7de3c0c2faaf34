// What the process used so far. Entry points: ProcessorSeconds, SystemSeconds, PeakMegabytes, Median.
#ifndef ASSAY_BENCH_PROCESS_USE_H_
#define ASSAY_BENCH_PROCESS_USE_H_

#include <sys/resource.h>
#include <time.h>

#include <algorithm>
#include <cstddef>
#include <vector>

namespace assay {

// Of all its threads.
inline double ProcessorSeconds() {
  timespec time = {};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

// Of it what the system took, which is mostly memory that it hands out for the first time.
inline double SystemSeconds() {
  rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_stime.tv_sec) + static_cast<double>(usage.ru_stime.tv_usec) / 1e6;
}

// The most memory in use at once.
inline double PeakMegabytes() {
  rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

// Of what was measured again and again; there is something.
inline double Median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace assay

#endif  // ASSAY_BENCH_PROCESS_USE_H_
