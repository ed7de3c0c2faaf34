/* Assay: business rules over protobuf messages, embedded through C.
 *
 * Conventions, which hold for every function:
 *
 *  1. Handles are opaque and distinct. `assay_X_free(NULL)` does nothing. A handle
 *     made from others keeps what it needs of them: they may be freed in any order.
 *     No pointer may be NULL but where it is said here, `error`, and bytes of size 0.
 *  2. A function that can fail returns assay_status and takes `assay_error** error`
 *     last. On failure outputs are NULL (or untouched numbers), everything that
 *     existed before is as it was, and *error, unless `error` is NULL, is an error
 *     to be freed. On success *error is NULL. An argument that is NULL, or a handle
 *     of another kind, is ASSAY_INVALID_ARGUMENT with an error that names it; what
 *     cannot fail answers "" or 0, and a free does nothing. A handle that was freed
 *     is refused in the same way where its memory still shows it: do not rely on it.
 *  3. Strings in are pointer and size, need no terminating zero, and are borrowed
 *     for the call. Strings out are assay_string: views that live as long as the
 *     handle they were asked of.
 *  4. Text is UTF-8. Rows of messages are protobuf wire bytes or JSON (the proto3
 *     JSON mapping, read strictly: docs/rows.md), one message a row.
 *  5. Structs begin with struct_size = sizeof the struct as the caller knows it;
 *     members beyond it take their defaults, and zero is every member's default.
 *  6. Threads: schemas, rulebooks and snapshots are immutable and may be used from
 *     any number of threads at once. Builders, batches, sessions, results,
 *     evaluations and errors belong to one thread at a time.
 *  7. The library prints nothing, ends no process, keeps no state per thread, and
 *     reads no environment variable and no clock: time comes from the caller.
 *  8. No exception of C++ leaves a function; it becomes ASSAY_INTERNAL.
 *  9. A row that cannot be decoded, or a value that cannot be had, is a finding of
 *     that row and no failed call.
 * 10. A host may have generated classes of the entities (order.proto and its like).
 *     While the library shares the system's protobuf, a host must not link classes
 *     generated from rulebook.proto, decision.proto, evaluation.proto or diff.proto
 *     as well: protobuf ends a process that registers one file twice. Take decisions as JSON, or parse the
 *     wire bytes by descriptors in a pool of your own.
 */
#ifndef ASSAY_H_
#define ASSAY_H_

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define ASSAY_API __attribute__((visibility("default")))
#else
#define ASSAY_API
#endif

/* -- Values -------------------------------------------------------------------- */

/* The codes of google.rpc.Code that occur. */
typedef enum assay_status {
  ASSAY_OK = 0,
  ASSAY_INVALID_ARGUMENT = 3,    /* bytes, text or a value that cannot be taken */
  ASSAY_NOT_FOUND = 5,           /* no such name, file or order */
  ASSAY_FAILED_PRECONDITION = 9, /* a call out of order */
  ASSAY_UNIMPLEMENTED = 12,
  ASSAY_INTERNAL = 13
} assay_status;

/* A view of `size` bytes; never NULL, not terminated. */
typedef struct assay_string {
  const char* data;
  size_t size;
} assay_string;

/* How rows are written. */
typedef enum assay_format { ASSAY_WIRE = 0, ASSAY_JSON = 1 } assay_format;

/* When a review takes place; rules may have another outcome at each. ENTRY
 * simulates: it draws nothing. */
typedef enum assay_checkpoint {
  ASSAY_DEFAULT_CHECKPOINT = 0, /* REVIEW */
  ASSAY_ENTRY = 1,
  ASSAY_REVIEW = 2,
  ASSAY_PRINT = 3,
  ASSAY_SHIP = 4
} assay_checkpoint;

typedef struct assay_error assay_error;
typedef struct assay_schema assay_schema;
typedef struct assay_rulebook assay_rulebook;
typedef struct assay_snapshot_builder assay_snapshot_builder;
typedef struct assay_snapshot assay_snapshot;
typedef struct assay_session assay_session;
typedef struct assay_result assay_result;
typedef struct assay_saved assay_saved;
typedef struct assay_keys assay_keys;
typedef struct assay_explanation assay_explanation;
typedef struct assay_changes assay_changes;
typedef struct assay_batch assay_batch;
typedef struct assay_evaluation assay_evaluation;

/* "0.1.0". */
ASSAY_API assay_string assay_version(void);

/* -- Errors: one line, and for rulebooks every issue with its place ------------- */

/* Severity: 0 error, 1 warning, 2 note. Lines and columns count from 1, columns in
 * code points; 0 where there is no place. */
typedef struct assay_issue {
  int32_t severity;
  int32_t line;
  int32_t column;
  int32_t length;
  assay_string file;
  assay_string path; /* rules[3].condition */
  assay_string message;
  assay_string suggestion; /* the name that was probably meant, or empty */
} assay_issue;

ASSAY_API assay_status assay_error_code(const assay_error* error);
ASSAY_API assay_string assay_error_message(const assay_error* error);
ASSAY_API size_t assay_error_issue_count(const assay_error* error);
/* index < assay_error_issue_count. */
ASSAY_API assay_issue assay_error_issue(const assay_error* error, size_t index);
ASSAY_API void assay_error_free(assay_error* error);

/* -- Schemas ------------------------------------------------------------------- */

/* The entities of assay.v1. */
ASSAY_API assay_status assay_schema_standard(assay_schema** out, assay_error** error);
/* A host's own messages: a serialized google.protobuf.FileDescriptorSet with all
 * imports, which must hold assay/v1/annotations.proto if it uses its options. */
ASSAY_API assay_status assay_schema_create(const char* descriptors, size_t size, assay_schema** out,
                                           assay_error** error);
ASSAY_API void assay_schema_free(assay_schema* schema);

/* -- Rulebooks ----------------------------------------------------------------- */

/* What a rulebook, a row and a run may cost: bounds for texts and rows from anyone,
 * which hold for all that is done with the rulebook. Zero is the default in
 * brackets. INVALID_ARGUMENT for less than 0 or more than the engine can keep. */
typedef struct assay_limits {
  size_t struct_size;
  /* Of one expression; what is beyond is an issue of the rulebook. */
  int64_t max_expression_cost;     /* [10^15] elements of loops for a row, from declared sizes */
  int32_t default_max_items;       /* [1,000] of a list without a declared size, in that estimate */
  int32_t max_depth;               /* [250] of brackets and operators in each other */
  int32_t max_nodes;               /* [100,000] parts */
  int32_t max_code_points;         /* [100,000] of the text */
  int32_t max_comprehension_depth; /* [16] loops in each other */
  int32_t max_pattern_size;        /* [10,000] bytes of a regular expression, and steps of its program */
  /* Of one row; one that is beyond is held with one finding. */
  int32_t max_row_elements; /* [1,000,000] of all its lists */
  int32_t max_row_cost;     /* [100,000,000] values computed, and sixteenths of the bytes of texts */
  /* Of the part of a batch that is computed at once. */
  int32_t max_chunk_cost; /* [10,000,000] */
} assay_limits;

/* Loads, checks and compiles a file and what it imports. `schema` may be NULL: the
 * standard one; so may `limits`: the defaults. NOT_FOUND if there is no such file, or
 * it may not be read; an import that is not there is an issue of the rulebook. */
ASSAY_API assay_status assay_rulebook_load_file(const char* path, size_t path_size, const assay_schema* schema,
                                                const assay_limits* limits, assay_rulebook** out, assay_error** error);
/* The same for YAML or JSON text without imports; `name` is what issues call it. */
ASSAY_API assay_status assay_rulebook_load_text(const char* name, size_t name_size, const char* text, size_t text_size,
                                                const assay_schema* schema, const assay_limits* limits,
                                                assay_rulebook** out, assay_error** error);
ASSAY_API assay_string assay_rulebook_name(const assay_rulebook* rulebook);
ASSAY_API assay_string assay_rulebook_version(const assay_rulebook* rulebook);
/* Hex SHA-256 of the rulebook's content. */
ASSAY_API assay_string assay_rulebook_fingerprint(const assay_rulebook* rulebook);
ASSAY_API size_t assay_rulebook_rule_count(const assay_rulebook* rulebook);
/* Datasets the rulebook reads: index < assay_rulebook_dataset_count. */
ASSAY_API size_t assay_rulebook_dataset_count(const assay_rulebook* rulebook);
ASSAY_API assay_string assay_rulebook_dataset(const assay_rulebook* rulebook, size_t index);
/* What is doubtful in it, though it loaded: index < assay_rulebook_warning_count. */
ASSAY_API size_t assay_rulebook_warning_count(const assay_rulebook* rulebook);
ASSAY_API assay_issue assay_rulebook_warning(const assay_rulebook* rulebook, size_t index);
ASSAY_API void assay_rulebook_free(assay_rulebook* rulebook);

/* -- Reference data ------------------------------------------------------------ */

ASSAY_API assay_status assay_snapshot_builder_create(const assay_rulebook* rulebook, assay_snapshot_builder** out,
                                                     assay_error** error);
/* Adds one row to a dataset; NOT_FOUND for a name the rulebook does not have. */
ASSAY_API assay_status assay_snapshot_builder_add(assay_snapshot_builder* builder, const char* dataset,
                                                  size_t dataset_size, assay_format format, const char* row,
                                                  size_t row_size, assay_error** error);
/* A builder over a snapshot, for the same rulebook: rows that are added replace all
 * of the snapshot's rows with one of their keys. The snapshot is shared, and laying over
 * it costs what is laid over. */
ASSAY_API assay_status assay_snapshot_builder_over(const assay_snapshot* base, assay_snapshot_builder** out,
                                                   assay_error** error);
/* Of a key, an assay.v1.RequiredKey, there are no rows but those that are added. */
ASSAY_API assay_status assay_snapshot_builder_clear(assay_snapshot_builder* builder, assay_format format,
                                                    const char* key, size_t size, assay_error** error);
/* The snapshot of all rows added so far. The builder goes on. */
ASSAY_API assay_status assay_snapshot_build(const assay_snapshot_builder* builder, assay_snapshot** out,
                                            assay_error** error);
ASSAY_API void assay_snapshot_builder_free(assay_snapshot_builder* builder);
/* Hex SHA-256 of the rows. */
ASSAY_API assay_string assay_snapshot_id(const assay_snapshot* snapshot);
ASSAY_API void assay_snapshot_free(assay_snapshot* snapshot);

/* -- Sessions ------------------------------------------------------------------ */

typedef struct assay_session_options {
  size_t struct_size;
  assay_checkpoint checkpoint;
  int64_t now_seconds;   /* the clock of the review, since 1970-01-01T00:00:00Z */
  int32_t now_nanos;     /* 0..999,999,999 */
  int32_t threads;       /* 1..64; 0 is 1 */
  int32_t no_day_tables; /* 1: runs make none, which spares a run over all of the stock */
} assay_session_options;

/* Both 0: the session's clock stands where it was put last. */
typedef struct assay_run_options {
  size_t struct_size;
  int64_t now_seconds; /* moves the session's clock, since 1970-01-01T00:00:00Z */
  int32_t now_nanos;   /* 0..999,999,999 */
} assay_run_options;

/* The snapshot must have been built for this rulebook. `options` has the clock and is
 * needed; with both parts of it 0 the clock stands at 1970. */
ASSAY_API assay_status assay_session_open(const assay_rulebook* rulebook, const assay_snapshot* snapshot,
                                          const assay_session_options* options, assay_session** out,
                                          assay_error** error);
/* Adds one order. Wire bytes are only looked at by assay_session_run. The same
 * message again changes nothing, however it is encoded. Of several orders of one id
 * the highest revision is reviewed and the lower ones are superseded; other content
 * under a revision that stands, or under a lower one, is rejected; a higher revision
 * of an order whose draws are firm takes its place, or is held or rejected, as the
 * rulebook says. */
ASSAY_API assay_status assay_session_add(assay_session* session, assay_format format, const char* order, size_t size,
                                         assay_error** error);
/* Adds a release, an assay.v1.Release, for the next run; the same again changes
 * nothing. */
ASSAY_API assay_status assay_session_release(assay_session* session, assay_format format, const char* release,
                                             size_t size, assay_error** error);
/* Reviews every order that is not committed. The result also has the committed
 * ones, first and by id. `options` may be NULL. */
ASSAY_API assay_status assay_session_run(assay_session* session, const assay_run_options* options, assay_result** out,
                                         assay_error** error);
/* The same over the orders that a run has seen: all that is not firm is planned anew,
 * and orders added since wait for the next run. */
ASSAY_API assay_status assay_session_redistribute(assay_session* session, const assay_run_options* options,
                                                  assay_result** out, assay_error** error);
/* The same run, and why it decided this order as it did; NOT_FOUND if no order that
 * is not committed has the id. */
ASSAY_API assay_status assay_session_explain(assay_session* session, const char* order_id, size_t size,
                                             assay_explanation** out, assay_error** error);
/* Keys that the next run would look up and of which the snapshot may lack rows: it has
 * none and was not told so (assay_snapshot_builder_clear), or has some and was told of
 * other keys of the dataset. A host brings them in a snapshot over it and asks a
 * session on that again, until there are none (docs/sessions.md). */
ASSAY_API assay_status assay_session_required_keys(assay_session* session, assay_keys** out, assay_error** error);
/* As a serialized assay.v1.RequiredKeys, and each as a JSON object of
 * assay.v1.RequiredKey; index < assay_keys_count. */
ASSAY_API assay_string assay_keys_wire(const assay_keys* keys);
ASSAY_API size_t assay_keys_count(const assay_keys* keys);
ASSAY_API assay_string assay_keys_at(const assay_keys* keys, size_t index);
ASSAY_API void assay_keys_free(assay_keys* keys);
/* Makes the last run's draws firm; FAILED_PRECONDITION at ASSAY_ENTRY, which only
 * simulates, before a run, or if something came since. */
ASSAY_API assay_status assay_session_commit(assay_session* session, assay_error** error);
/* Takes out an order that a run has seen and that is not committed; NOT_FOUND,
 * FAILED_PRECONDITION. */
ASSAY_API assay_status assay_session_withdraw(assay_session* session, const char* order_id, size_t size,
                                              assay_error** error);
/* Gives stock to a line of an order that a run has seen, an
 * assay.v1.ManualAllocation: all of it, firm at once, before what was proposed to
 * others, which is given back until the next run. The same again changes nothing.
 * NOT_FOUND; FAILED_PRECONDITION if so much is not there, the order is committed,
 * or at ASSAY_ENTRY. */
ASSAY_API assay_status assay_session_allocate(assay_session* session, assay_format format, const char* allocation,
                                              size_t size, assay_error** error);
/* The whole state of the session as bytes, good for this version of the library. */
ASSAY_API assay_status assay_session_save(const assay_session* session, assay_saved** out, assay_error** error);
ASSAY_API assay_string assay_saved_bytes(const assay_saved* saved);
ASSAY_API void assay_saved_free(assay_saved* saved);
/* Replaces the state by the saved one and goes on as that session would have.
 * FAILED_PRECONDITION if it was saved under another rulebook, snapshot or checkpoint. */
ASSAY_API assay_status assay_session_restore(assay_session* session, const char* saved, size_t size,
                                             assay_error** error);
/* Follows what changes, from now on: a run reviews only what came, changed, was
 * answered or reads other rows than before, and what draws on one account with that;
 * it returns what a run over all would. */
ASSAY_API assay_status assay_session_follow_changes(assay_session* session, assay_error** error);
/* What the last run made otherwise than the one before, and why. */
ASSAY_API assay_status assay_session_changes(const assay_session* session, assay_changes** out, assay_error** error);
/* As a serialized assay.v1.RunChanges, and as its JSON object. */
ASSAY_API assay_string assay_changes_wire(const assay_changes* changes);
ASSAY_API assay_string assay_changes_json(const assay_changes* changes);
ASSAY_API void assay_changes_free(assay_changes* changes);
/* Another snapshot, built for the same rulebook, for the runs from now on. Firm
 * draws stay with what is called the same in it. */
ASSAY_API assay_status assay_session_update(assay_session* session, const assay_snapshot* snapshot,
                                            assay_error** error);
/* Keeps a log of what is done, from now on; FAILED_PRECONDITION once orders came. */
ASSAY_API assay_status assay_session_keep_log(assay_session* session, assay_error** error);
/* What was done since this was called last, a serialized assay.v1.SessionLog: appended
 * to one another, such bytes are one log. */
ASSAY_API assay_status assay_session_take_log(assay_session* session, assay_saved** out, assay_error** error);
/* Does a whole log again in a session just opened on the same rulebook, snapshot,
 * checkpoint and clock; refused if it was not, or if a run decides otherwise. */
ASSAY_API assay_status assay_session_replay(assay_session* session, const char* log, size_t size, assay_error** error);
ASSAY_API void assay_session_free(assay_session* session);

/* -- Evaluation ---------------------------------------------------------------- */

/* Rows of a rulebook's input, judged without ledgers and sessions. */
ASSAY_API assay_status assay_batch_create(const assay_rulebook* rulebook, assay_batch** out, assay_error** error);
/* Adds one row. Wire bytes are only looked at by assay_evaluate. */
ASSAY_API assay_status assay_batch_add(assay_batch* batch, assay_format format, const char* row, size_t size,
                                       assay_error** error);
ASSAY_API void assay_batch_free(assay_batch* batch);

typedef struct assay_evaluation_options {
  size_t struct_size;
  int64_t now_seconds; /* the clock of the run, since 1970-01-01T00:00:00Z */
  int32_t now_nanos;   /* 0..999,999,999 */
  int32_t threads;     /* 1..64; 0 is 1 */
} assay_evaluation_options;

/* Judges the rows by a rulebook with `evaluation`, for which snapshot and batch were
 * made; the batch may go on. The same row again changes nothing, however it is
 * encoded; rows of one id with other content are held. `options` has the clock and is
 * needed. */
ASSAY_API assay_status assay_evaluate(const assay_rulebook* rulebook, const assay_snapshot* snapshot,
                                      const assay_batch* batch, const assay_evaluation_options* options,
                                      assay_evaluation** out, assay_error** error);
/* The same of one row, and what each rule saw on it, as an
 * assay.v1.EvaluationExplanation; NOT_FOUND if no row has the id. */
ASSAY_API assay_status assay_evaluate_explain(const assay_rulebook* rulebook, const assay_snapshot* snapshot,
                                              const assay_batch* batch, const char* row_id, size_t size,
                                              const assay_evaluation_options* options, assay_explanation** out,
                                              assay_error** error);
/* The whole as a serialized assay.v1.EvaluationResult. */
ASSAY_API assay_string assay_evaluation_wire(assay_evaluation* evaluation);
/* The same as a JSON object, without its rows, worklist and board. */
ASSAY_API assay_string assay_evaluation_summary(assay_evaluation* evaluation);
/* Rows ascending by id, each as a JSON object of assay.v1.EvaluatedRow;
 * index < assay_evaluation_row_count. */
ASSAY_API size_t assay_evaluation_row_count(const assay_evaluation* evaluation);
ASSAY_API assay_string assay_evaluation_row(assay_evaluation* evaluation, size_t index);
/* What is to be done, in its order, each as a JSON object of assay.v1.WorklistTask. */
ASSAY_API size_t assay_evaluation_task_count(const assay_evaluation* evaluation);
ASSAY_API assay_string assay_evaluation_task(assay_evaluation* evaluation, size_t index);
/* The same as tables, each as a JSON object of assay.v1.DayTable: "outputs", one
 * "outputs_LEVEL" for each level with outputs, "findings", "worklist", and "board" of
 * a rulebook that has one. */
ASSAY_API size_t assay_evaluation_table_count(assay_evaluation* evaluation);
ASSAY_API assay_string assay_evaluation_table(assay_evaluation* evaluation, size_t index);
/* The same as CSV, the names of its columns first. */
ASSAY_API assay_string assay_evaluation_table_csv(assay_evaluation* evaluation, size_t index);
ASSAY_API void assay_evaluation_free(assay_evaluation* evaluation);

/* -- Results ------------------------------------------------------------------- */

/* The whole as a serialized assay.v1.RunResult; "" where that is 2 GiB or more, as of
 * a million orders and more, which no protobuf message may be: take what follows. */
ASSAY_API assay_string assay_result_wire(const assay_result* result);
/* Decisions in the order of priority, each as a JSON object of assay.v1.Decision;
 * index < assay_result_decision_count. */
ASSAY_API size_t assay_result_decision_count(const assay_result* result);
ASSAY_API assay_string assay_result_decision(const assay_result* result, size_t index);
/* Revisions whose place a higher one took, each an assay.v1.Decision too. */
ASSAY_API size_t assay_result_superseded_count(const assay_result* result);
ASSAY_API assay_string assay_result_superseded(const assay_result* result, size_t index);
/* The tables of the day, each as a JSON object of assay.v1.DayTable. */
ASSAY_API size_t assay_result_table_count(const assay_result* result);
ASSAY_API assay_string assay_result_table(const assay_result* result, size_t index);
/* The same as CSV, the names of its columns first. */
ASSAY_API assay_string assay_result_table_csv(const assay_result* result, size_t index);
ASSAY_API void assay_result_free(assay_result* result);

/* As a serialized assay.v1.Explanation, and as its JSON object: the decision, and of
 * every rule on every row of its level the verdict, its tests and the values read. */
ASSAY_API assay_string assay_explanation_wire(const assay_explanation* explanation);
ASSAY_API assay_string assay_explanation_json(const assay_explanation* explanation);
ASSAY_API void assay_explanation_free(assay_explanation* explanation);

#ifdef __cplusplus
}
#endif

#endif /* ASSAY_H_ */
