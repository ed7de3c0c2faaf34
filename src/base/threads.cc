// Entry point: StartThreads.
#include "base/threads.h"

#include <new>
#include <system_error>

namespace assay {

std::vector<std::jthread> StartThreads(size_t most, const std::function<void()>& work) {
  std::vector<std::jthread> threads;
  try {
    threads.reserve(most);
    while (threads.size() < most) threads.emplace_back(work);
  } catch (const std::system_error&) {  // no more threads
    return threads;
  } catch (const std::bad_alloc&) {  // or no memory to name one
    return threads;
  }
  return threads;
}

}  // namespace assay
