// The host with the library linked.
#include "review_order.h"

int main() {
  return ReviewOrders({assay_rulebook_load_text, assay_rulebook_free, assay_snapshot_builder_create,
                       assay_snapshot_build, assay_snapshot_builder_free, assay_snapshot_free, assay_session_open,
                       assay_session_add, assay_session_run, assay_session_free, assay_result_decision_count,
                       assay_result_decision, assay_result_free});
}
