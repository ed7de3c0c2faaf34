// Threads that share some work with the thread that starts them. Entry point: StartThreads. What the work is, and who
// does which part of it, is the caller's.
#ifndef ASSAY_BASE_THREADS_H_
#define ASSAY_BASE_THREADS_H_

#include <cstddef>
#include <functional>
#include <thread>
#include <vector>

namespace assay {

// Threads that each run `work`, which throws nothing: so many at most, fewer or none where the system starts no more of
// them. They are joined when they go; what they use must stay until then.
std::vector<std::jthread> StartThreads(size_t most, const std::function<void()>& work);

}  // namespace assay

#endif  // ASSAY_BASE_THREADS_H_
