/* Reviews one order under a small rulebook and prints the decision, through assay.h alone. Run from the root of the
 * repository. A call that fails leaves one error, and the calls after it are not made. */
#include <assay/assay.h>
#include <stdio.h>
#include <string.h>

static const char kPath[] = "examples/review.yaml";
static const char kPartner[] = "{\"id\": \"P-1\", \"level\": \"A\"}";
static const char kOrder[] =
    "{\"id\": \"O-1\", \"sold_to\": \"P-1\","
    " \"lines\": [{\"id\": \"1\", \"quantity\": \"2\", \"discount_rate\": \"0.35\"}]}";

static const assay_session_options kOptions = {sizeof(kOptions), ASSAY_REVIEW, 1795136400, 0, 1, 0};

static void Print(assay_string text) { printf("%.*s\n", (int)text.size, text.data); }

int main(void) {
  assay_rulebook* rulebook = NULL;
  assay_snapshot_builder* builder = NULL;
  assay_snapshot* snapshot = NULL;
  assay_session* session = NULL;
  assay_result* result = NULL;
  assay_error* error = NULL;
  /* The review itself; everything before it is names, everything after it gives back. */
  if (assay_rulebook_load_file(kPath, strlen(kPath), NULL, NULL, &rulebook, &error) ||
      assay_snapshot_builder_create(rulebook, &builder, &error) ||
      assay_snapshot_builder_add(builder, "partners", 8, ASSAY_JSON, kPartner, strlen(kPartner), &error) ||
      assay_snapshot_build(builder, &snapshot, &error) ||
      assay_session_open(rulebook, snapshot, &kOptions, &session, &error) ||
      assay_session_add(session, ASSAY_JSON, kOrder, strlen(kOrder), &error) ||
      assay_session_run(session, NULL, &result, &error))
    return Print(assay_error_message(error)), 1;
  for (size_t i = 0; i < assay_result_decision_count(result); ++i) Print(assay_result_decision(result, i));
  assay_result_free(result);
  assay_session_free(session);
  assay_snapshot_free(snapshot);
  assay_snapshot_builder_free(builder);
  assay_rulebook_free(rulebook);
}
