/* A host in C that finds the installed package: it knows assay.h and links nothing but the shared library. */
#include <assay/assay.h>
#include <string.h>

int main(void) {
  const char text[] = "name: x\nrules: [{id: R, condition: order.nope}]\n";
  assay_schema* schema = NULL;
  assay_rulebook* rulebook = NULL;
  assay_error* error = NULL;
  if (assay_version().size == 0) return 1;
  if (assay_schema_standard(&schema, NULL) != ASSAY_OK) return 2;
  if (assay_rulebook_load_text("x.yaml", 6, text, strlen(text), schema, NULL, &rulebook, &error) == ASSAY_OK) return 3;
  if (rulebook != NULL || assay_error_issue_count(error) == 0) return 4;
  assay_error_free(error);
  assay_schema_free(schema);
  return 0;
}
