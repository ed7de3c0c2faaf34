/* Evaluates rows through assay.h alone: what comes of each, what is to be done, what is
 * refused. Prints what failed; exits with the number of it. */
#include "expect.h"

static assay_error* error = NULL;

static int Is(assay_string text, const char* expected) {
  return text.size == strlen(expected) && memcmp(text.data, expected, text.size) == 0;
}

/* The call has just been refused, with an error that says `words`; gives the error back. */
static void Refused(assay_status status, assay_status code, const char* words) {
  if (status != code || !Contains(assay_error_message(error), words)) {
    const assay_string message = assay_error_message(error);
    ++failures;
    fprintf(stderr, "failed: '%s', status %d: %.*s\n", words, (int)status, (int)message.size, message.data);
  }
  assay_error_free(error);
  error = NULL;
}

static const char kRulebook[] =
    "name: test.claims\n"
    "input: {name: order, type: assay.v1.Order}\n"
    "evaluation: {id: order.id, verdicts: {NONE: GOOD, HOLD: BAD}}\n"
    "rules:\n"
    "  - id: R-1\n"
    "    title: {en: Look at it, zh: 查看}\n"
    "    condition: order.total > 10.0\n"
    "    outcome: HOLD\n"
    "    message: {en: much, zh: 多}\n"
    "    task: {owner: order.sold_to, priority: order.total}\n"
    "outputs: [{name: half, expression: 'quotient(order.total, 2, 2)'}]\n";
static const char kReview[] =
    "name: test.review\n"
    "input: {name: order, type: assay.v1.Order}\n"
    "review: {id: order.id}\n";
static const assay_evaluation_options kOptions = {sizeof(kOptions), 1763600000, 0, 2};

static assay_rulebook* Load(const char* text) {
  assay_rulebook* rulebook = NULL;
  Expect(assay_rulebook_load_text("t.yaml", 6, text, strlen(text), NULL, NULL, &rulebook, NULL) == ASSAY_OK, "loads");
  return rulebook;
}

static assay_snapshot* Nothing(const assay_rulebook* rulebook) {
  assay_snapshot_builder* builder = NULL;
  assay_snapshot* snapshot = NULL;
  Expect(assay_snapshot_builder_create(rulebook, &builder, NULL) == ASSAY_OK, "a builder");
  Expect(assay_snapshot_build(builder, &snapshot, NULL) == ASSAY_OK, "a snapshot");
  assay_snapshot_builder_free(builder);
  return snapshot;
}

static assay_batch* Rows(const assay_rulebook* rulebook) {
  static const char* const kRows[] = {"{\"id\": \"B\", \"sold_to\": \"P\", \"total\": \"12.5\"}",
                                      "{\"id\": \"A\", \"total\": \"3\"}", "{\"id\": \"A\", \"total\": 3}"};
  assay_batch* batch = NULL;
  Expect(assay_batch_create(rulebook, &batch, NULL) == ASSAY_OK, "a batch");
  for (size_t i = 0; i < sizeof(kRows) / sizeof(kRows[0]); ++i) {
    Expect(assay_batch_add(batch, ASSAY_JSON, kRows[i], strlen(kRows[i]), NULL) == ASSAY_OK, "a row is taken");
  }
  return batch;
}

static void TestTables(assay_evaluation* evaluation) {
  Expect(Is(assay_evaluation_table_csv(evaluation, 0), "id,verdict,half\r\nA,GOOD,1.50\r\nB,BAD,6.25\r\n"), "outputs");
  Expect(Contains(assay_evaluation_table(evaluation, 0), "\"name\":\"outputs\""), "which are called so");
  Expect(assay_evaluation_table_count(evaluation) == 3, "three tables");
  Expect(Contains(assay_evaluation_table(evaluation, 2), "\"name\":\"worklist\""), "the worklist is the last");
  Expect(Is(assay_evaluation_table(evaluation, 3), "") && Is(assay_evaluation_table_csv(evaluation, 3), ""), "no more");
}

static void TestResult(const assay_rulebook* rulebook, const assay_snapshot* snapshot, assay_batch* batch) {
  assay_evaluation* evaluation = NULL;
  assay_explanation* explanation = NULL;
  Expect(assay_evaluate(rulebook, snapshot, batch, &kOptions, &evaluation, NULL) == ASSAY_OK, "rows are judged");
  Expect(assay_evaluation_row_count(evaluation) == 2, "a row given twice counts once");
  Expect(Is(assay_evaluation_row(evaluation, 0),
            "{\"id\":\"A\",\"verdict\":\"GOOD\",\"outputs\":[{\"name\":\"half\",\"decimal_value\":\"1.50\"}]}"),
         "a row is a JSON object");
  Expect(Contains(assay_evaluation_row(evaluation, 1), "\"verdict\":\"BAD\""), "the other is bad");
  Expect(assay_evaluation_task_count(evaluation) == 1, "one task");
  Expect(Contains(assay_evaluation_task(evaluation, 0), "\"owner\":\"P\""), "of the partner");
  Expect(Is(assay_evaluation_row(evaluation, 2), "") && Is(assay_evaluation_task(evaluation, 1), ""), "no more");
  Expect(Contains(assay_evaluation_summary(evaluation), "\"repeated_rows\":\"1\""), "the summary tells of it");
  Expect(!Contains(assay_evaluation_summary(evaluation), "\"rows\""), "and has no rows");
  Expect(assay_evaluation_row_count(evaluation) == 2, "which are still there");
  Expect(assay_evaluation_wire(evaluation).size > 100, "wire bytes");
  TestTables(evaluation);
  assay_evaluation_free(evaluation);
  assay_evaluation_free(NULL);
  Expect(assay_evaluate_explain(rulebook, snapshot, batch, "B", 1, &kOptions, &explanation, NULL) == ASSAY_OK,
         "a row is explained");
  Expect(Contains(assay_explanation_json(explanation), "VERDICT_FIRED"), "by its rule");
  assay_explanation_free(explanation);
}

static void TestRefusals(assay_rulebook* rulebook, assay_snapshot* snapshot, assay_batch* batch) {
  assay_evaluation* evaluation = NULL;
  assay_explanation* explanation = NULL;
  assay_rulebook* review = Load(kReview);
  assay_snapshot* of_review = Nothing(review);
  assay_batch* rows_of_review = NULL;
  assay_evaluation_options sizeless = kOptions;
  assay_evaluation_options busy = kOptions;
  sizeless.struct_size = 0;
  busy.threads = 65;
  Expect(assay_batch_create(review, &rows_of_review, NULL) == ASSAY_OK, "a batch of another rulebook");
  Refused(assay_batch_create(NULL, &batch, &error), ASSAY_INVALID_ARGUMENT, "rulebook is NULL");
  Expect(batch == NULL, "no batch");
  batch = Rows(rulebook);
  Refused(assay_batch_add(batch, ASSAY_JSON, "{", 1, &error), ASSAY_INVALID_ARGUMENT, "");
  Refused(assay_batch_add(batch, ASSAY_JSON, NULL, 1, &error), ASSAY_INVALID_ARGUMENT, "row is NULL");
  Refused(assay_evaluate(NULL, snapshot, batch, &kOptions, &evaluation, &error), ASSAY_INVALID_ARGUMENT, "rulebook");
  Refused(assay_evaluate(rulebook, NULL, batch, &kOptions, &evaluation, &error), ASSAY_INVALID_ARGUMENT, "snapshot");
  Refused(assay_evaluate(rulebook, snapshot, NULL, &kOptions, &evaluation, &error), ASSAY_INVALID_ARGUMENT, "batch");
  Refused(assay_evaluate(rulebook, snapshot, batch, NULL, &evaluation, &error), ASSAY_INVALID_ARGUMENT, "options");
  Refused(assay_evaluate(rulebook, snapshot, batch, &sizeless, &evaluation, &error), ASSAY_INVALID_ARGUMENT,
          "struct_size");
  Refused(assay_evaluate(rulebook, snapshot, batch, &busy, &evaluation, &error), ASSAY_INVALID_ARGUMENT, "threads");
  Refused(assay_evaluate(rulebook, snapshot, batch, &kOptions, NULL, &error), ASSAY_INVALID_ARGUMENT, "out is NULL");
  Refused(assay_evaluate(rulebook, of_review, batch, &kOptions, &evaluation, &error), ASSAY_FAILED_PRECONDITION,
          "another rulebook");
  Refused(assay_evaluate(rulebook, snapshot, rows_of_review, &kOptions, &evaluation, &error), ASSAY_FAILED_PRECONDITION,
          "another rulebook");
  Refused(assay_evaluate(review, of_review, rows_of_review, &kOptions, &evaluation, &error), ASSAY_FAILED_PRECONDITION,
          "no evaluation section");
  Refused(assay_evaluate_explain(rulebook, snapshot, batch, "C", 1, &kOptions, &explanation, &error), ASSAY_NOT_FOUND,
          "'C'");
  Expect(evaluation == NULL && explanation == NULL, "nothing is made");
  Expect(Is(assay_evaluation_row((assay_evaluation*)rulebook, 0), ""), "a handle of another kind has no rows");
  Expect(assay_evaluation_table_count((assay_evaluation*)rulebook) == 0, "and no tables");
  Expect(Is(assay_evaluation_table((assay_evaluation*)rulebook, 0), ""), "not the first");
  Expect(Is(assay_evaluation_table_csv((assay_evaluation*)rulebook, 0), ""), "nor its text");
  assay_batch_free(batch);
  assay_batch_free(rows_of_review);
  assay_batch_free(NULL);
  assay_snapshot_free(of_review);
  assay_rulebook_free(review);
}

int main(void) {
  assay_rulebook* rulebook = Load(kRulebook);
  assay_snapshot* snapshot = Nothing(rulebook);
  assay_batch* batch = Rows(rulebook);
  TestResult(rulebook, snapshot, batch);
  TestRefusals(rulebook, snapshot, NULL);
  assay_batch_free(batch);
  assay_snapshot_free(snapshot);
  assay_rulebook_free(rulebook);
  return failures;
}
