/* Hands every function of assay.h what it must not be given: NULL, bytes that are not
 * there, handles of another kind. Each is refused by a status and an error that names
 * the argument, nothing crashes, and what existed before goes on. Prints what failed;
 * exits with the number of it. */
#include "expect.h"

static assay_error* error = NULL;

/* The call has just been refused, with an error that says `words`; gives the error back. */
static void Refused(assay_status status, const char* words) {
  const assay_string message = assay_error_message(error);
  const int says = message.size >= strlen(words) && memcmp(message.data, words, strlen(words)) == 0;
  if (status != ASSAY_INVALID_ARGUMENT || assay_error_code(error) != status || !says) {
    ++failures;
    fprintf(stderr, "failed: '%s', status %d: %.*s\n", words, (int)status, (int)message.size, message.data);
  }
  assay_error_free(error);
  error = NULL;
}

static const char kBook[] =
    "name: test.misuse\n"
    "version: \"1\"\n"
    "input: {name: order, type: assay.v1.Order}\n"
    "levels: [{name: line, of: order.lines}]\n"
    "datasets: [{name: partners, type: assay.v1.Partner, key: [id]}]\n"
    "review: {id: order.id, lines: line, line_id: line.id, quantity: line.quantity}\n";
static const assay_session_options kOptions = {sizeof(kOptions), ASSAY_REVIEW, 1763600000, 0, 1, 0};

static assay_rulebook* rulebook = NULL;
static assay_snapshot_builder* builder = NULL;
static assay_snapshot* snapshot = NULL;
static assay_session* session = NULL;

static void Open(void) {
  Expect(assay_rulebook_load_text("m.yaml", 6, kBook, strlen(kBook), NULL, NULL, &rulebook, NULL) == ASSAY_OK, "loads");
  Expect(assay_snapshot_builder_create(rulebook, &builder, NULL) == ASSAY_OK, "a builder");
  Expect(assay_snapshot_build(builder, &snapshot, NULL) == ASSAY_OK, "a snapshot");
  Expect(assay_session_open(rulebook, snapshot, &kOptions, &session, NULL) == ASSAY_OK, "a session");
}

static void TestOutputs(void) {
  Refused(assay_schema_standard(NULL, &error), "out is NULL");
  Refused(assay_schema_create("", 0, NULL, &error), "out is NULL");
  Refused(assay_rulebook_load_file("m", 1, NULL, NULL, NULL, &error), "out is NULL");
  Refused(assay_rulebook_load_text("m", 1, kBook, strlen(kBook), NULL, NULL, NULL, &error), "out is NULL");
  Refused(assay_snapshot_builder_create(rulebook, NULL, &error), "out is NULL");
  Refused(assay_snapshot_build(builder, NULL, &error), "out is NULL");
  Refused(assay_session_open(rulebook, snapshot, &kOptions, NULL, &error), "out is NULL");
  Refused(assay_session_run(session, NULL, NULL, &error), "out is NULL");
  Refused(assay_session_redistribute(session, NULL, NULL, &error), "out is NULL");
  Refused(assay_session_explain(session, "O", 1, NULL, &error), "out is NULL");
  Refused(assay_session_save(session, NULL, &error), "out is NULL");
  Refused(assay_session_changes(session, NULL, &error), "out is NULL");
}

static void TestBytes(void) {
  assay_schema* schema = NULL;
  assay_rulebook* book = NULL;
  assay_explanation* why = NULL;
  Refused(assay_schema_create(NULL, 7, &schema, &error), "descriptors is NULL, and its size is 7");
  Refused(assay_rulebook_load_file(NULL, 7, NULL, NULL, &book, &error), "path is NULL");
  Refused(assay_rulebook_load_text(NULL, 7, kBook, strlen(kBook), NULL, NULL, &book, &error), "name is NULL");
  Refused(assay_rulebook_load_text("m", 1, NULL, 7, NULL, NULL, &book, &error), "text is NULL");
  Refused(assay_rulebook_load_text("m", 1, kBook, (size_t)-1, NULL, NULL, &book, &error),
          "text: nothing is of this size");
  Refused(assay_snapshot_builder_add(builder, NULL, 7, ASSAY_JSON, "{}", 2, &error), "dataset is NULL");
  Refused(assay_snapshot_builder_add(builder, "partners", 8, ASSAY_JSON, NULL, 2, &error), "row is NULL");
  Refused(assay_session_add(session, ASSAY_JSON, NULL, 2, &error), "order is NULL");
  Refused(assay_session_add(session, (assay_format)2, "{}", 2, &error), "format is ASSAY_WIRE or ASSAY_JSON, not 2");
  Refused(assay_session_release(session, ASSAY_WIRE, NULL, 2, &error), "release is NULL");
  Refused(assay_session_allocate(session, ASSAY_JSON, NULL, 2, &error), "allocation is NULL");
  Refused(assay_session_explain(session, NULL, 2, &why, &error), "order_id is NULL");
  Refused(assay_session_withdraw(session, NULL, 2, &error), "order_id is NULL");
  Refused(assay_session_restore(session, NULL, 2, &error), "saved is NULL");
  Expect(assay_session_add(session, ASSAY_WIRE, NULL, 0, NULL) == ASSAY_OK, "no bytes are an empty message");
  Expect(schema == NULL && book == NULL && why == NULL, "what is refused makes nothing");
}

/* Every function that takes a handle, with the handles given: NULL, or some of another kind. */
static void RefuseHandles(const assay_rulebook* book, assay_snapshot_builder* rows, const assay_snapshot* data,
                          assay_session* open) {
  assay_snapshot_builder* made_builder = NULL;
  assay_snapshot* made_snapshot = NULL;
  assay_session* made_session = NULL;
  assay_result* result = NULL;
  assay_explanation* why = NULL;
  assay_saved* saved = NULL;
  assay_changes* changes = NULL;
  Refused(assay_snapshot_builder_create(book, &made_builder, &error), "rulebook");
  Refused(assay_snapshot_builder_add(rows, "partners", 8, ASSAY_JSON, "{}", 2, &error), "builder");
  Refused(assay_snapshot_build(rows, &made_snapshot, &error), "builder");
  Refused(assay_session_open(book, snapshot, &kOptions, &made_session, &error), "rulebook");
  Refused(assay_session_open(rulebook, data, &kOptions, &made_session, &error), "snapshot");
  Refused(assay_session_add(open, ASSAY_JSON, "{}", 2, &error), "session");
  Refused(assay_session_release(open, ASSAY_JSON, "{}", 2, &error), "session");
  Refused(assay_session_allocate(open, ASSAY_JSON, "{}", 2, &error), "session");
  Refused(assay_session_run(open, NULL, &result, &error), "session");
  Refused(assay_session_redistribute(open, NULL, &result, &error), "session");
  Refused(assay_session_explain(open, "O", 1, &why, &error), "session");
  Refused(assay_session_commit(open, &error), "session");
  Refused(assay_session_follow_changes(open, &error), "session");
  Refused(assay_session_changes(open, &changes, &error), "session");
  Refused(assay_session_update(open, snapshot, &error), "session");
  Refused(assay_session_update(session, data, &error), "snapshot");
  Refused(assay_session_withdraw(open, "O", 1, &error), "session");
  Refused(assay_session_save(open, &saved, &error), "session");
  Refused(assay_session_restore(open, "", 0, &error), "session");
  Expect(made_builder == NULL && made_snapshot == NULL && made_session == NULL, "nothing is made of them");
  Expect(result == NULL && why == NULL && saved == NULL && changes == NULL, "nor decided");
}

static int IsEmpty(assay_string text) { return text.data != NULL && text.size == 0; }

/* Every accessor: "" and 0. */
static void AskNothing(const void* none) {
  const assay_issue issue = assay_rulebook_warning(none, 0);
  Expect(IsEmpty(assay_error_message(none)) && assay_error_code(none) == ASSAY_OK, "no error");
  Expect(assay_error_issue_count(none) == 0 && IsEmpty(assay_error_issue(none, 0).message), "no issues");
  Expect(IsEmpty(assay_rulebook_name(none)) && IsEmpty(assay_rulebook_version(none)), "no rulebook");
  Expect(IsEmpty(assay_rulebook_fingerprint(none)) && assay_rulebook_rule_count(none) == 0, "no rules");
  Expect(assay_rulebook_dataset_count(none) == 0 && IsEmpty(assay_rulebook_dataset(none, 0)), "no datasets");
  Expect(assay_rulebook_warning_count(none) == 0 && IsEmpty(issue.message) && issue.line == 0, "no warnings");
  Expect(IsEmpty(assay_snapshot_id(none)) && IsEmpty(assay_saved_bytes(none)), "no bytes");
  Expect(IsEmpty(assay_result_wire(none)) && assay_result_decision_count(none) == 0, "no result");
  Expect(IsEmpty(assay_result_decision(none, 0)), "no decision");
  Expect(assay_result_superseded_count(none) == 0 && IsEmpty(assay_result_superseded(none, 0)), "no lower revision");
  Expect(assay_result_table_count(none) == 0 && IsEmpty(assay_result_table(none, 0)), "no table");
  Expect(IsEmpty(assay_changes_wire(none)) && IsEmpty(assay_changes_json(none)), "no changes");
  Expect(IsEmpty(assay_explanation_wire(none)) && IsEmpty(assay_explanation_json(none)), "no explanation");
}

static void TestNull(void) {
  RefuseHandles(NULL, NULL, NULL, NULL);
  AskNothing(NULL);
  assay_error_free(NULL);
  assay_schema_free(NULL);
  assay_rulebook_free(NULL);
  assay_snapshot_builder_free(NULL);
  assay_snapshot_free(NULL);
  assay_session_free(NULL);
  assay_result_free(NULL);
  assay_explanation_free(NULL);
  assay_saved_free(NULL);
  assay_changes_free(NULL);
}

static void TestHandlesOfAnotherKind(void) {
  assay_schema* schema = NULL;
  assay_rulebook* book = NULL;
  RefuseHandles((const assay_rulebook*)snapshot, (assay_snapshot_builder*)rulebook, (const assay_snapshot*)rulebook,
                (assay_session*)builder);
  Refused(assay_rulebook_load_text("m", 1, kBook, strlen(kBook), (const assay_schema*)session, NULL, &book, &error),
          "schema: no such handle");
  Expect(assay_schema_standard(&schema, NULL) == ASSAY_OK, "a schema");
  AskNothing(schema);
  assay_session_free((assay_session*)schema); /* leaves it alone */
  Expect(assay_rulebook_load_text("m", 1, kBook, strlen(kBook), schema, NULL, &book, NULL) == ASSAY_OK,
         "is still good");
  assay_rulebook_free(book);
  assay_schema_free(schema);
}

static void TestOptions(void) {
  assay_session* opened = NULL;
  Refused(assay_session_open(rulebook, snapshot, NULL, &opened, &error), "options is NULL");
  Expect(opened == NULL, "a session without a clock does not open");
}

static void TestFiles(void) {
  assay_rulebook* book = NULL;
  Expect(assay_rulebook_load_file("nope.yaml", 9, NULL, NULL, &book, &error) == ASSAY_NOT_FOUND, "no such file");
  Expect(assay_error_code(error) == ASSAY_NOT_FOUND && assay_error_issue_count(error) == 1, "its error says so too");
  assay_error_free(error);
  error = NULL;
  Expect(assay_rulebook_load_file("tests", 5, NULL, NULL, &book, NULL) == ASSAY_INVALID_ARGUMENT, "a folder is there");
  Expect(book == NULL, "a rulebook of nothing");
}

int main(void) {
  Open();
  TestOutputs();
  TestBytes();
  TestNull();
  TestHandlesOfAnotherKind();
  TestOptions();
  TestFiles();
  assay_result* result = NULL;
  Expect(assay_session_run(session, NULL, &result, NULL) == ASSAY_OK, "after all that the session runs");
  Expect(assay_result_decision_count(result) == 1, "over what it was given");
  assay_result_free(result);
  assay_session_free(session);
  assay_snapshot_free(snapshot);
  assay_snapshot_builder_free(builder);
  assay_rulebook_free(rulebook);
  printf("%s\n", failures == 0 ? "passed" : "FAILED");
  return failures;
}
