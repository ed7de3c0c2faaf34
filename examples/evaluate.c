/* Evaluates the rows of a file under a rulebook and prints what comes of them, through assay.h alone: each table as
 * CSV, then rows and tasks as lines of JSON. Arguments: the rulebook, a folder with NAME.jsonl for each of its
 * datasets, the rows; without any the requests of examples/letters. Run from the root of the repository. */
#include <assay/assay.h>
#include <stdio.h>
#include <string.h>

static const assay_evaluation_options kOptions = {sizeof(kOptions), 1795136400, 0, 1};

static void Print(assay_string text) { fwrite(text.data, 1, text.size, stdout); }

/* What takes a line: a dataset of the builder, or without one the batch. */
typedef struct Sink {
  assay_snapshot_builder* builder;
  assay_string dataset;
  assay_batch* batch;
} Sink;

static assay_status Take(const Sink* sink, const char* line, size_t size, assay_error** error) {
  if (size == 0) return ASSAY_OK;
  if (sink->batch != NULL) return assay_batch_add(sink->batch, ASSAY_JSON, line, size, error);
  return assay_snapshot_builder_add(sink->builder, sink->dataset.data, sink->dataset.size, ASSAY_JSON, line, size,
                                    error);
}

/* Each line of the file, of up to a megabyte; nothing where there is no such file. */
static assay_status TakeLines(const Sink* sink, const char* path, assay_error** error) {
  static char line[1 << 20];
  FILE* const file = fopen(path, "rb");
  assay_status status = ASSAY_OK;
  if (file == NULL) return status;
  while (status == ASSAY_OK && fgets(line, sizeof(line), file) != NULL) {
    status = Take(sink, line, strcspn(line, "\r\n"), error);
  }
  fclose(file);
  return status;
}

/* A dataset without a file has no rows. */
static assay_status TakeDatasets(const assay_rulebook* rulebook, assay_snapshot_builder* builder, const char* folder,
                                 assay_error** error) {
  assay_status status = ASSAY_OK;
  for (size_t i = 0; i < assay_rulebook_dataset_count(rulebook) && status == ASSAY_OK; ++i) {
    char path[4096];
    const Sink sink = {builder, assay_rulebook_dataset(rulebook, i), NULL};
    snprintf(path, sizeof(path), "%s/%.*s.jsonl", folder, (int)sink.dataset.size, sink.dataset.data);
    status = TakeLines(&sink, path, error);
  }
  return status;
}

static void PrintAll(assay_evaluation* evaluation) {
  for (size_t i = 0; i < assay_evaluation_table_count(evaluation); ++i)
    Print(assay_evaluation_table_csv(evaluation, i));
  for (size_t i = 0; i < assay_evaluation_row_count(evaluation); ++i)
    Print(assay_evaluation_row(evaluation, i)), puts("");
  for (size_t i = 0; i < assay_evaluation_task_count(evaluation); ++i)
    Print(assay_evaluation_task(evaluation, i)), puts("");
}

int main(int argc, char** argv) {
  const char* const path = argc > 3 ? argv[1] : "examples/letters/letters.yaml";
  const char* const folder = argc > 3 ? argv[2] : "examples/letters";
  const char* const rows = argc > 3 ? argv[3] : "examples/letters/request.jsonl";
  assay_rulebook* rulebook = NULL;
  assay_snapshot_builder* builder = NULL;
  assay_snapshot* snapshot = NULL;
  assay_evaluation* evaluation = NULL;
  assay_error* error = NULL;
  Sink sink = {NULL, {NULL, 0}, NULL};
  if (assay_rulebook_load_file(path, strlen(path), NULL, NULL, &rulebook, &error) ||
      assay_snapshot_builder_create(rulebook, &builder, &error) || TakeDatasets(rulebook, builder, folder, &error) ||
      assay_snapshot_build(builder, &snapshot, &error) || assay_batch_create(rulebook, &sink.batch, &error) ||
      TakeLines(&sink, rows, &error) || assay_evaluate(rulebook, snapshot, sink.batch, &kOptions, &evaluation, &error))
    return Print(assay_error_message(error)), 1;
  PrintAll(evaluation);
  assay_evaluation_free(evaluation);
  assay_batch_free(sink.batch);
  assay_snapshot_free(snapshot);
  assay_snapshot_builder_free(builder);
  assay_rulebook_free(rulebook);
  return 0;
}
