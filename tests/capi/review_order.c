/* Reviews orders through assay.h alone: what fires, what is refused, and that a
 * refused call changes nothing. Prints what failed; exits with the number of it. */
#include "expect.h"

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
  const assay_status status =
      assay_rulebook_load_text("test.yaml", 9, text, strlen(text), NULL, NULL, &rulebook, error);
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

/* One at the limit, one over it, and three with a value that cannot be had. */
static void AddOrders(assay_session* session) {
  AddJson(session,
          "{\"id\":\"O1\",\"sold_to\":\"P1\",\"lines\":[{\"id\":\"1\",\"quantity\":\"2\",\"discount_rate\":\"0.3\"}]}");
  AddJson(
      session,
      "{\"id\":\"O2\",\"sold_to\":\"P1\",\"lines\":[{\"id\":\"1\",\"quantity\":\"2\",\"discount_rate\":\"0.31\"}]}");
  AddJson(
      session,
      "{\"id\":\"O3\",\"sold_to\":\"P9\",\"lines\":[{\"id\":\"1\",\"quantity\":\"2\",\"discount_rate\":\"0.31\"}]}");
  AddJson(
      session,
      "{\"id\":\"O4\",\"sold_to\":\"P1\",\"lines\":[{\"id\":\"1\",\"quantity\":\"2\",\"discount_rate\":\"0.3x\"}]}");
  AddJson(session,
          "{\"id\":\"O5\",\"sold_to\":\"P1\",\"lines\":[{\"id\":\"1\",\"quantity\":\"2\","
          "\"discount_rate\":\"99999999999999999999\"}]}");
}

/* The rulebook within limits, or nothing and the code. */
static assay_status LoadWithin(const assay_limits* limits) {
  assay_rulebook* rulebook = NULL;
  const assay_status status =
      assay_rulebook_load_text("test.yaml", 9, kRulebook, strlen(kRulebook), NULL, limits, &rulebook, NULL);
  Expect((status == ASSAY_OK) == (rulebook != NULL), "a handle comes with ASSAY_OK only");
  assay_rulebook_free(rulebook);
  return status;
}

static void TestLimits(void) {
  assay_limits limits = {0};
  Expect(LoadWithin(&limits) == ASSAY_INVALID_ARGUMENT, "limits without struct_size are refused");
  limits.struct_size = sizeof(limits);
  Expect(LoadWithin(&limits) == ASSAY_OK, "limits of zero are the defaults");
  limits.max_nodes = -1;
  Expect(LoadWithin(&limits) == ASSAY_INVALID_ARGUMENT, "a limit below zero is refused");
  limits.max_nodes = 2;
  Expect(LoadWithin(&limits) == ASSAY_INVALID_ARGUMENT, "an expression beyond a limit is refused");
  limits.struct_size = offsetof(assay_limits, max_nodes);
  Expect(LoadWithin(&limits) == ASSAY_OK, "members beyond struct_size are not read");
  limits.max_depth = 1;
  Expect(LoadWithin(&limits) == ASSAY_INVALID_ARGUMENT, "members before it are");
}

/* The orders ask for one partner that is not there. */
static void TestRequiredKeys(assay_session* session, const assay_snapshot* snapshot) {
  assay_keys* keys = NULL;
  Expect(assay_session_required_keys(session, &keys, NULL) == ASSAY_OK, "a session tells its keys");
  Expect(assay_keys_count(keys) == 1 && Contains(assay_keys_at(keys, 0), "\"P9\""), "the one that is not there");
  Expect(assay_keys_wire(keys).size > 0 && assay_keys_at(keys, 1).size == 0, "and no other");
  assay_snapshot_builder* over = NULL;
  Expect(assay_snapshot_builder_over(snapshot, &over, NULL) == ASSAY_OK, "a builder over a snapshot");
  const assay_string key = assay_keys_at(keys, 0);
  Expect(assay_snapshot_builder_clear(over, ASSAY_JSON, key.data, key.size, NULL) == ASSAY_OK, "a key is cleared");
  Expect(assay_snapshot_builder_clear(over, ASSAY_JSON, "{", 1, NULL) == ASSAY_INVALID_ARGUMENT, "what is none is not");
  assay_snapshot* laid = NULL;
  Expect(assay_snapshot_build(over, &laid, NULL) == ASSAY_OK, "a snapshot over another");
  Expect(assay_snapshot_id(laid).size == 64, "it has an id of its own");
  assay_keys_free(keys);
  assay_snapshot_builder_free(over);
  assay_snapshot_free(laid);
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
  assay_session_options options = {sizeof(options), ASSAY_REVIEW, 1763600000, 0, 2, 0};
  assay_session* session = NULL;
  Expect(assay_session_open(rulebook, snapshot, &options, &session, NULL) == ASSAY_OK, "a session opens");
  AddOrders(session);
  Expect(assay_session_add(session, ASSAY_WIRE, "\377\377", 2, NULL) == ASSAY_OK, "bytes are looked at when run");
  Expect(assay_session_add(session, ASSAY_JSON, "{", 1, NULL) == ASSAY_INVALID_ARGUMENT, "broken JSON is refused");
  Expect(assay_session_commit(session, NULL) == ASSAY_FAILED_PRECONDITION, "nothing is committed before a run");
  assay_result* result = NULL;
  Expect(assay_session_run(session, NULL, &result, NULL) == ASSAY_OK, "the session runs");
  Expect(assay_result_decision_count(result) == 6, "every order has a decision");
  for (size_t i = 0; i < assay_result_decision_count(result); ++i) {
    const assay_string decision = assay_result_decision(result, i);
    if (Contains(decision, "\"O1\""))
      Expect(Contains(decision, "DISPOSITION_CONFIRMED"), "exactly at the limit passes");
    if (Contains(decision, "\"O2\""))
      Expect(Contains(decision, "0.310000 is over 0.3"), "over the limit is held with its message");
    if (Contains(decision, "\"O3\""))
      Expect(Contains(decision, "partners[P9] is missing"), "a missing partner is named");
    if (Contains(decision, "\"O4\""))
      Expect(Contains(decision, "line 1: discount_rate is malformed"), "a malformed decimal is named");
    if (Contains(decision, "\"O5\""))
      Expect(Contains(decision, "line 1: discount_rate is "), "an overflowing value is named");
  }
  TestRequiredKeys(session, snapshot);
  Expect(assay_session_commit(session, NULL) == ASSAY_OK, "the run is committed");
  /* Handles may be freed in any order. */
  assay_rulebook_free(rulebook);
  assay_snapshot_free(snapshot);
  assay_snapshot_builder_free(builder);
  assay_session_free(session);
  Expect(assay_result_wire(result).size > 0, "a result outlives its session");
  Expect(Contains(assay_result_table_csv(result, 0), "order,revision,partner,"), "tables are CSV, too");
  Expect(assay_result_table_csv(result, 99).size == 0, "but no other");
  assay_result_free(result);
}

static const char kStock[] =
    "name: test.stock\n"
    "version: \"1\"\n"
    "input: {name: order, type: assay.v1.Order}\n"
    "levels: [{name: line, of: order.lines}]\n"
    "datasets: [{name: lots, type: assay.v1.StockLot, key: [product_id], many: true}]\n"
    "joins: [{name: lots, each: line, dataset: lots, on: [line.product_id], many: true}]\n"
    "ledgers:\n"
    "  - {name: stock, kind: LOTS, each: line, key: [line.product_id], amount: line.quantity,\n"
    "     lots: {of: line.lots, as: lot, quantity: lot.on_hand, id: lot.lot}}\n"
    "review: {id: order.id, revision: order.revision, lines: line, line_id: line.id, quantity: line.quantity,\n"
    "         product: line.product_id, stock: stock, priority: [order.id]}\n";

static assay_session* OpenStock(const assay_rulebook* rulebook, const char* on_hand) {
  char lot[128];
  assay_snapshot_builder* builder = NULL;
  assay_snapshot* snapshot = NULL;
  assay_session* session = NULL;
  const assay_session_options options = {sizeof(options), ASSAY_REVIEW, 1763600000, 0, 1, 0};
  snprintf(lot, sizeof(lot), "{\"product_id\":\"P\",\"lot\":\"L\",\"on_hand\":\"%s\"}", on_hand);
  Expect(assay_snapshot_builder_create(rulebook, &builder, NULL) == ASSAY_OK, "a builder is made");
  Expect(assay_snapshot_builder_add(builder, "lots", 4, ASSAY_JSON, lot, strlen(lot), NULL) == ASSAY_OK, "a lot");
  Expect(assay_snapshot_build(builder, &snapshot, NULL) == ASSAY_OK, "a snapshot of stock");
  Expect(assay_session_open(rulebook, snapshot, &options, &session, NULL) == ASSAY_OK, "a session on stock");
  assay_snapshot_builder_free(builder);
  assay_snapshot_free(snapshot);
  return session;
}

static void AddLine(assay_session* session, const char* id, int revision, int quantity) {
  char order[160];
  snprintf(order, sizeof(order),
           "{\"id\":\"%s\",\"revision\":%d,\"lines\":[{\"id\":\"1\",\"product_id\":\"P\",\"quantity\":\"%d\"}]}", id,
           revision, quantity);
  AddJson(session, order);
}

/* The verbs between runs: time moves, stock is given by hand, a session is saved and restored. */
static void TestVerbs(void) {
  assay_error* error = NULL;
  assay_rulebook* rulebook = NULL;
  assay_result* result = NULL;
  assay_saved* saved = NULL;
  const assay_run_options later = {sizeof(later), 1763603600, 0};
  const assay_run_options wrong = {sizeof(wrong), 1763603600, -1};
  const char give[] =
      "{\"order_id\":\"O2\",\"line_id\":\"1\",\"quantity\":\"6\",\"actor\":\"ann\",\"reason\":\"promised\"}";
  Expect(assay_rulebook_load_text("s.yaml", 6, kStock, strlen(kStock), NULL, NULL, &rulebook, &error) == ASSAY_OK,
         "loads");
  assay_error_free(error);
  if (rulebook == NULL) return;
  assay_session* session = OpenStock(rulebook, "10");
  assay_session* other = OpenStock(rulebook, "10");
  assay_session* elsewhere = OpenStock(rulebook, "11");
  AddLine(session, "O1", 1, 8);
  AddLine(session, "O2", 1, 7);
  Expect(assay_session_run(session, &wrong, &result, NULL) == ASSAY_INVALID_ARGUMENT && result == NULL, "a wrong time");
  Expect(assay_session_run(session, &later, &result, NULL) == ASSAY_OK, "a run moves the clock");
  Expect(Contains(assay_result_decision(result, 0), "2025-11-20T01:53:20Z"), "the decision has the time");
  assay_result_free(result);
  Expect(assay_session_allocate(session, ASSAY_JSON, "{}", 2, NULL) == ASSAY_INVALID_ARGUMENT, "nobody allocates");
  Expect(assay_session_allocate(session, ASSAY_JSON, give, strlen(give), NULL) == ASSAY_OK, "stock is given by hand");
  Expect(assay_session_follow_changes(session, NULL) == ASSAY_OK, "from now on changes are followed");
  AddLine(session, "O1", 2, 5);
  Expect(assay_session_redistribute(session, NULL, &result, NULL) == ASSAY_OK, "what is not firm is planned anew");
  Expect(assay_result_superseded_count(result) == 0, "the new revision waits");
  Expect(Contains(assay_result_decision(result, 1), "\"allocated_by\":\"ann\""), "who gave is told");
  assay_result_free(result);
  Expect(assay_session_run(session, NULL, &result, NULL) == ASSAY_OK, "the new revision is reviewed");
  Expect(assay_result_superseded_count(result) == 1, "the lower one is superseded");
  Expect(Contains(assay_result_superseded(result, 0), "\"superseded_by\":\"2\""), "by the higher one");
  assay_result_free(result);
  assay_changes* changes = NULL;
  Expect(assay_session_changes(session, &changes, NULL) == ASSAY_OK, "what the run changed is told");
  Expect(Contains(assay_changes_json(changes), "\"cause\":\"CAUSE_REVISION\""), "and why");
  Expect(assay_changes_wire(changes).size > 0, "on the wire too");
  assay_changes_free(changes);
  Expect(assay_session_save(session, &saved, NULL) == ASSAY_OK, "a session is saved");
  const assay_string bytes = assay_saved_bytes(saved);
  Expect(assay_session_restore(other, bytes.data, bytes.size, NULL) == ASSAY_OK, "and restored");
  Expect(assay_session_restore(other, bytes.data, bytes.size - 1, NULL) == ASSAY_INVALID_ARGUMENT, "not in part");
  Expect(assay_session_restore(elsewhere, bytes.data, bytes.size, &error) == ASSAY_FAILED_PRECONDITION,
         "nor elsewhere");
  Expect(Contains(assay_error_message(error), "reference data"), "the refusal says why");
  assay_error_free(error);
  Expect(assay_session_commit(other, NULL) == ASSAY_OK, "the restored session goes on");
  Expect(assay_session_withdraw(other, "O1", 2, NULL) == ASSAY_FAILED_PRECONDITION, "its draws are firm");
  assay_saved_free(saved);
  assay_saved_free(NULL);
  assay_session_free(session);
  assay_session_free(other);
  assay_session_free(elsewhere);
  assay_rulebook_free(rulebook);
}

int main(void) {
  TestBadRulebook();
  TestLimits();
  TestReview();
  TestVerbs();
  assay_schema_free(NULL);
  assay_rulebook_free(NULL);
  assay_session_free(NULL);
  printf("%s\n", failures == 0 ? "passed" : "FAILED");
  return failures;
}
