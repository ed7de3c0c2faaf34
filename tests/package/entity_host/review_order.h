// A host that has classes of assay.v1.Order and reviews such orders through the C ABI.
// Entry point: ReviewOrders. It calls the library only by way of `Api`, so the same code serves hosts that link the
// library and hosts that load it.
#ifndef ASSAY_TESTS_PACKAGE_ENTITY_HOST_REVIEW_ORDER_H_
#define ASSAY_TESTS_PACKAGE_ENTITY_HOST_REVIEW_ORDER_H_

#include <assay/assay.h>

struct Api {
  decltype(&assay_rulebook_load_text) rulebook_load_text;
  decltype(&assay_rulebook_free) rulebook_free;
  decltype(&assay_snapshot_builder_create) snapshot_builder_create;
  decltype(&assay_snapshot_build) snapshot_build;
  decltype(&assay_snapshot_builder_free) snapshot_builder_free;
  decltype(&assay_snapshot_free) snapshot_free;
  decltype(&assay_session_open) session_open;
  decltype(&assay_session_add) session_add;
  decltype(&assay_session_run) session_run;
  decltype(&assay_session_free) session_free;
  decltype(&assay_result_decision_count) result_decision_count;
  decltype(&assay_result_decision) result_decision;
  decltype(&assay_result_free) result_free;
};

// 0 if one order is confirmed, the other held, and the host's classes work as before; else the number of the step that
// failed.
int ReviewOrders(const Api& api);

#endif  // ASSAY_TESTS_PACKAGE_ENTITY_HOST_REVIEW_ORDER_H_
