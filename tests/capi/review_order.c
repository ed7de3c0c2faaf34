/* Reviews orders through assay.h alone: what fires, what is refused, and that a
 * refused call changes nothing. Prints what failed; exits with the number of it. */
#include <assay/assay.h>
#include <stdio.h>
#include <string.h>

static int failures = 0;

static void Expect(int holds, const char* what) {
  if (holds) return;
  ++failures;
  fprintf(stderr, "failed: %s\n", what);
}

static int Contains(assay_string text, const char* part) {
  const size_t size = strlen(part);
  for (size_t i = 0; i + size <= text.size; ++i) {
    if (memcmp(text.data + i, part, size) == 0) return 1;
  }
  return 0;
}

static const char kRulebook[] =
    "name: test.discount\n"
    "version: \"1\"\n"
    "time_zone: Asia/Shanghai\n"
    "input: {name: order, type: assay.v1.Order}\n"
    "levels: [{name: line, of: order.lines}]\n"
    "datasets:\n"
    "  - {name: partners, type: assay.v1.Partner, key: [id]}\n"
    "joins:\n"
    "  - {name: partner, dataset: partners, on: [order.sold_to]}\n"
    "roles: [{name: CLERK, title: {en: Clerk, zh: 文员}}]\n"
    "reason_codes:\n"
    "  - {code: TOO_MUCH, text: {en: Too much, zh: 过多}, route: CLERK, releasable: true}\n"
    "rules:\n"
    "  - id: R-1\n"
    "    each: line\n"
    "    condition: line.discount_rate > 0.3 && order.partner.level != 'VIP'\n"
    "    outcome: HOLD\n"
    "    reason: TOO_MUCH\n"
    "    expected: \"0.3\"\n"
    "    actual: line.discount_rate\n"
    "    message: {en: '{actual} is over {expected}', zh: '{actual} 超过 {expected}'}\n"
    "review: {id: order.id, lines: line, line_id: line.id, quantity: line.quantity}\n";

static assay_rulebook* Load(const char* text, assay_error** error) {
  assay_rulebook* rulebook = NULL;
  const assay_status status = assay_rulebook_load_text("test.yaml", 9, text, strlen(text), NULL, &rulebook, error);
  Expect((status == ASSAY_OK) == (rulebook != NULL), "a handle comes with ASSAY_OK only");
  return rulebook;
}

static void AddJson(assay_session* session, const char* order) {
  Expect(assay_session_add(session, ASSAY_JSON, order, strlen(order), NULL) == ASSAY_OK, "an order is taken");
}

static void TestBadRulebook(void) {
  assay_error* error = NULL;
  Expect(Load("name: x\nrules: [{id: R, condition: order.nope}]\n", &error) == NULL,
         "a rulebook without input is refused");
  Expect(error != NULL && assay_error_issue_count(error) > 0, "the refusal has issues");
  Expect(assay_error_code(error) == ASSAY_INVALID_ARGUMENT, "the refusal is INVALID_ARGUMENT");
  assay_error_free(error);
  assay_error_free(NULL);
}

static void TestReview(void) {
  assay_error* error = NULL;
  assay_rulebook* rulebook = Load(kRulebook, &error);
  if (rulebook == NULL) {
    fprintf(stderr, "%.*s\n", (int)assay_error_message(error).size, assay_error_message(error).data);
    Expect(0, "the rulebook loads");
    assay_error_free(error);
    return;
  }
  assay_snapshot_builder* builder = NULL;
  Expect(assay_snapshot_builder_create(rulebook, &builder, NULL) == ASSAY_OK, "a builder is made");
  const char partner[] = "{\"id\":\"P1\",\"level\":\"A\"}";
  Expect(assay_snapshot_builder_add(builder, "partners", 8, ASSAY_JSON, partner, strlen(partner), NULL) == ASSAY_OK,
         "a row is taken");
  Expect(assay_snapshot_builder_add(builder, "nothing", 7, ASSAY_JSON, partner, strlen(partner), &error) ==
             ASSAY_NOT_FOUND,
         "an unknown dataset is refused");
  Expect(Contains(assay_error_message(error), "nothing"), "the refusal names the dataset");
  assay_error_free(error);
  assay_snapshot* snapshot = NULL;
  Expect(assay_snapshot_build(builder, &snapshot, NULL) == ASSAY_OK, "a snapshot is built");
  assay_session_options options = {sizeof(options), ASSAY_REVIEW, 1763600000, 0, 2};
  assay_session* session = NULL;
  Expect(assay_session_open(rulebook, snapshot, &options, &session, NULL) == ASSAY_OK, "a session opens");
  AddJson(session,
          "{\"id\":\"O1\",\"sold_to\":\"P1\",\"lines\":[{\"id\":\"1\",\"quantity\":\"2\",\"discount_rate\":\"0.3\"}]}");
  AddJson(
      session,
      "{\"id\":\"O2\",\"sold_to\":\"P1\",\"lines\":[{\"id\":\"1\",\"quantity\":\"2\",\"discount_rate\":\"0.31\"}]}");
  AddJson(
      session,
      "{\"id\":\"O3\",\"sold_to\":\"P9\",\"lines\":[{\"id\":\"1\",\"quantity\":\"2\",\"discount_rate\":\"0.31\"}]}");
  Expect(assay_session_add(session, ASSAY_WIRE, "\377\377", 2, NULL) == ASSAY_OK, "bytes are looked at when run");
  Expect(assay_session_add(session, ASSAY_JSON, "{", 1, NULL) == ASSAY_INVALID_ARGUMENT, "broken JSON is refused");
  Expect(assay_session_commit(session, NULL) == ASSAY_FAILED_PRECONDITION, "nothing is committed before a run");
  assay_result* result = NULL;
  Expect(assay_session_run(session, &result, NULL) == ASSAY_OK, "the session runs");
  Expect(assay_result_decision_count(result) == 4, "every order has a decision");
  for (size_t i = 0; i < assay_result_decision_count(result); ++i) {
    const assay_string decision = assay_result_decision(result, i);
    if (Contains(decision, "\"O1\""))
      Expect(Contains(decision, "DISPOSITION_CONFIRMED"), "exactly at the limit passes");
    if (Contains(decision, "\"O2\""))
      Expect(Contains(decision, "0.310000 is over 0.3"), "over the limit is held with its message");
    if (Contains(decision, "\"O3\""))
      Expect(Contains(decision, "partners[P9] is missing"), "a missing partner is named");
  }
  Expect(assay_session_commit(session, NULL) == ASSAY_OK, "the run is committed");
  /* Handles may be freed in any order. */
  assay_rulebook_free(rulebook);
  assay_snapshot_free(snapshot);
  assay_snapshot_builder_free(builder);
  assay_session_free(session);
  Expect(assay_result_wire(result).size > 0, "a result outlives its session");
  assay_result_free(result);
}

int main(void) {
  TestBadRulebook();
  TestReview();
  assay_schema_free(NULL);
  assay_rulebook_free(NULL);
  assay_session_free(NULL);
  printf("%s\n", failures == 0 ? "passed" : "FAILED");
  return failures;
}
