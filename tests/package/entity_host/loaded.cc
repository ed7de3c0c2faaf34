// The host that loads the library, its only argument, while it runs, and can do without it until then.
#include <dlfcn.h>

#include <cstdio>

#include "review_order.h"

namespace {

template <typename Function>
bool Find(void* library, const char* name, Function* function) {
  *function = reinterpret_cast<Function>(dlsym(library, name));
  return *function != nullptr;
}

bool FindAll(void* library, Api* api) {
  return Find(library, "assay_rulebook_load_text", &api->rulebook_load_text) &&
         Find(library, "assay_rulebook_free", &api->rulebook_free) &&
         Find(library, "assay_snapshot_builder_create", &api->snapshot_builder_create) &&
         Find(library, "assay_snapshot_build", &api->snapshot_build) &&
         Find(library, "assay_snapshot_builder_free", &api->snapshot_builder_free) &&
         Find(library, "assay_snapshot_free", &api->snapshot_free) &&
         Find(library, "assay_session_open", &api->session_open) &&
         Find(library, "assay_session_add", &api->session_add) &&
         Find(library, "assay_session_run", &api->session_run) &&
         Find(library, "assay_session_free", &api->session_free) &&
         Find(library, "assay_result_decision_count", &api->result_decision_count) &&
         Find(library, "assay_result_decision", &api->result_decision) &&
         Find(library, "assay_result_free", &api->result_free);
}

}  // namespace

int main(int count, char** words) {
  void* library = count == 2 ? dlopen(words[1], RTLD_NOW | RTLD_LOCAL) : nullptr;
  Api api = {};
  if (library == nullptr || !FindAll(library, &api)) {
    std::fprintf(stderr, "the library or one of its functions is missing\n");
    return 20;
  }
  return ReviewOrders(api);
}
