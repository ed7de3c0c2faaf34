// A plan: what is computed for a batch, as a graph of columns over levels of rows.
//
// Plain data. The planner appends nodes so that every node comes after what it
// reads; equal nodes are one node, shared by all rules. Immutable once planned and
// used from any number of threads. It says nothing of how a node is computed: that
// is exec.
#ifndef ASSAY_PLAN_PROGRAM_H_
#define ASSAY_PLAN_PROGRAM_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "assay/limits.h"
#include "base/format_text.h"
#include "base/int128.h"
#include "base/timestamp.h"
#include "calendar/business_calendar.h"
#include "column/vector.h"
#include "ingest/projection.h"
#include "lang/function.h"
#include "table/decision_table.h"

namespace assay {

using NodeId = int32_t;
using LevelId = int32_t;
inline constexpr NodeId kNoNode = -1;

// The level of constants: one row that stands beside every row of every level.
inline constexpr LevelId kConstantLevel = 0;

// Where columns come from: the batch, or a dataset of the snapshot by number.
inline constexpr int kBatchSource = -1;

enum class NodeKind : uint8_t {
  kConstant,      // index: of Program::constants
  kRead,          // index: column slot of the source of its level
  kInput,         // index: of a column handed in while running (ledger results, parameters)
  kGather,        // a[b]: b is a row index column; rows that err there err here
  kParentMap,     // index: level; its rows' parent rows
  kSourceMap,     // index: level; its rows' source rows
  kChoiceMap,     // index: level kConcat; 0 where the row comes from the first source, else 1
  kLookup,        // index: of Program::lookups; a: errs where a key or the day errs; a row index
  kTurns,         // index: of Program::turns; row i of each parent's is the i-th source at the parent
  kTableHit,      // index: of Program::table_calls; the row of the table that counts
  kTableAnswer,   // a: row index of a table, index: of Program::table_answers; what the row gives
  kMember,        // index: of Program::turns, constants; whether a equals any of them
  kSplitText,     // index: level kSplit; the parts
  kAt,            // a: int column, index: level; row of the level at that position of the parent's
                  // (option 1: an entry of a map, which errs as a missing key)
  kLevel,         // index: level; makes its rows. Type is meaningless; errs where a table of kTableHits does
  kPosition,      // index: level; place of the row among its parent's, from 0
  kCount,         // index: level; rows per parent row
  kCountJoined,   // index: of Program::lookups; as many rows as it finds, none where a errs
  kCall,          // op over args
  kRescale,       // a: a decimal (or an int) brought to this node's type and scale
  kAggregate,     // op (kAll…): b's level is `index`; one value per parent row from column a
  kGuard,         // a, erring where b errs
  kPresent,       // a: any column; false where its row is missing or it holds nothing, other errors stay
  kFirstOfEqual,  // a: a column of list elements; whether none before it in its list is equal
  kFormat,        // a: pattern, index: of Program::format_calls
  kDemand,        // a: bool column; errs with the DemandError `option` where it is false
};

// What a kDemand says where its condition is false.
enum class DemandError : uint8_t { kNull, kNoValue, kNoOverload, kNoSuchElement, kRangeTooLong, kKeyTwice };

// Aggregates beyond the Ops sum, min, max, avg.
// kAnyError has no values, only the first error of the elements.
enum class Aggregate : uint8_t { kNone, kAll, kExists, kExistsOne, kSum, kMin, kMax, kAvg, kAnyError, kJoin };

inline constexpr int kMaxNodeArgs = 6;

struct Node {
  NodeKind kind = NodeKind::kConstant;
  Op op = {};
  Aggregate aggregate = Aggregate::kNone;
  Physical type = Physical::kBool;
  uint8_t scale = 0;   // decimals
  uint8_t digits = 0;  // decimals
  bool bytes = false;  // kString columns: octets, not code points
  int8_t arg_count = 0;
  uint8_t stage = 0;  // 0: needs no ledger; k: needs the result of the k-th
  LevelId level = kConstantLevel;
  int32_t index = 0;
  int32_t option = 0;  // rounding mode; scale of an operand; kSplit's limit; kToString: 1 for bytes …
  NodeId args[kMaxNodeArgs] = {kNoNode, kNoNode, kNoNode, kNoNode, kNoNode, kNoNode};
};

enum class LevelKind : uint8_t {
  kConstant,   // one row
  kRoot,       // rows of the source
  kRepeated,   // elements of a repeated field: `ingest_level` of the source
  kSelection,  // rows of `origin` where `mask` holds; same parent as origin
  kSegments,   // for each row of `parent`, the children on level `origin` of the row that `mask` (a row index column)
               // names
  kMatched,    // of these the ones whose text, arg 2 on `origin`, is that of the row of `parent`, arg 1; with them all
               // pairs of which either text errs
  kJoin,       // for each row of `parent`, the dataset rows found by `lookup`
  kFixed,      // `width` rows for each row of `parent`
  kZip,        // pairs of rows of `origin` and `second` at equal positions
  kConcat,     // for each row of `parent`, its rows on `origin`, then those on `second`
  kSplit,      // the parts of a string
  kExtracted,  // what a pattern finds in a string
  kOrdered,    // rows of `origin` by ascending `mask`, equal ones as they stand; without a mask, the last row first
  kFlattened,  // rows of `origin`, whose parents' parent is `parent`
  kCounted,    // as many rows as the int column `mask` of `parent` says
  kTable,      // the rows of a decision table, which row indexes speak of; no node stands on it
  kTableHits,  // for each row of `parent`, the rows of a table that a call (`lookup`) finds
};

struct Level {
  LevelKind kind = LevelKind::kConstant;
  int source = kBatchSource;
  LevelId parent = -1;
  LevelId origin = -1;  // kSelection, kSegments, kMatched, kZip, kConcat, kJoin: the level whose rows these are
  LevelId second = -1;
  NodeId mask = kNoNode;
  NodeId build = kNoNode;                                    // the kLevel node; kNoNode where the rows are given
  int ingest_level = 0;                                      // kRoot, kRepeated
  const google::protobuf::FieldDescriptor* field = nullptr;  // kRepeated
  uint32_t max_items = 0;                                    // kRepeated, as declared: 0 is not
  int lookup = -1;  // kJoin: of Program::lookups; kTableHits: of table_calls; kTable: of tables
  int width = 0;
  uint8_t stage = 0;
};

// A literal or parameter, one value.
struct ConstantValue {
  Physical type = Physical::kBool;
  bool flag = false;
  int64_t int64 = 0;  // kInt64, kDecimal64, kDate
  uint64_t uint64 = 0;
  double real = 0;
  int128 wide = 0;  // kDecimal128
  Timestamp timestamp = {};
  Duration duration = {};
  std::string text;
};

// A join: dataset rows by key. Key expressions are the args of the node or level.
struct Lookup {
  int dataset = -1;
  std::vector<int> key_slots;     // columns of the dataset's root level, one per key
  std::vector<NodeId> key_nodes;  // instead of these: one per key, on the dataset's root level or constant
  int valid_from_slot = -1;       // kDate columns; -1 if the dataset is not dated
  int valid_to_slot = -1;
  std::vector<int> order_slots;  // many: ascending, then by row
  // Columns of the looking level.
  std::vector<NodeId> keys;
  NodeId day = kNoNode;
  // many: rows whose `within_slot` timestamp is at most `within_hours` before mine, and that come before mine by
  // (timestamp, id).
  int within_slot = -1;
  int within_id_slot = -1;
  NodeId within_time = kNoNode;
  NodeId within_id = kNoNode;
  NodeId within_hours = kNoNode;
  NodeId last = kNoNode;  // many: of the rows found so many at most, from the end
};

// What a node looks up, for a row, for the rows of a level or to count them; else nullptr.
const Lookup* LookupOf(const struct Program& program, const Node& node);

// A decision table with what it is asked about, columns of one level or constants.
struct TableCall {
  int table = 0;                   // of Program::tables
  std::vector<NodeId> inputs;      // by column of the table; kNoNode where no cell looks
  std::vector<NodeId> predicates;  // by TableCells::predicates
  std::vector<bool> is_masked;     // inputs whose values no message may show

  bool operator==(const TableCall& other) const {
    return table == other.table && inputs == other.inputs && predicates == other.predicates &&
           is_masked == other.is_masked;
  }
};

// What format() is given: columns of one level or constants.
struct FormatCall {
  std::vector<NodeId> values;
  std::vector<FormatValue::Kind> kinds;  // kString, kBytes or kText of columns of texts; of others kNone: the type says

  bool operator==(const FormatCall& other) const { return values == other.values && kinds == other.kinds; }
};

// An output of a table for one call: its constants stand in the table.
struct TableAnswer {
  int table = 0;
  int output = 0;
  std::vector<NodeId> expressions;  // by OutputColumn::expressions

  bool operator==(const TableAnswer& other) const {
    return table == other.table && output == other.output && expressions == other.expressions;
  }
};

// What the plan reads of one source.
struct SourcePlan {
  std::string name;  // "" for the batch, else the dataset
  const google::protobuf::Descriptor* message = nullptr;
  std::shared_ptr<const Projection> projection;
};

struct Program {
  std::vector<Node> nodes;
  std::vector<Level> levels;
  std::vector<ConstantValue> constants;
  std::vector<Lookup> lookups;
  std::vector<std::vector<NodeId>> turns;
  std::vector<std::shared_ptr<const DecisionTable>> tables;
  std::vector<TableCall> table_calls;
  std::vector<TableAnswer> table_answers;
  std::vector<FormatCall> format_calls;
  std::vector<const google::protobuf::EnumDescriptor*> enums;  // kName: by Node::index
  SourcePlan batch;
  std::vector<SourcePlan> datasets;
  Limits limits;        // of those who run it
  Calendars calendars;  // of the functions of business time
  int input_count = 0;
  std::vector<Physical> input_types;

  // Whether a node depends on reference data alone (its level belongs to a dataset): one value per snapshot.
  bool is_static(NodeId node) const { return levels[nodes[node].level].source != kBatchSource; }
};

// What the table is asked if the node looks one up, for its row or for the rows of a level of hits; else nullptr.
const TableCall* TableCallOf(const Program& program, const Node& node);

// Whether the level is the constant one, or holds the elements of lists there: no row has them to itself.
bool IsOfConstants(const Program& program, LevelId level);

// What the node is computed from, each maybe several times: its arguments, and what makes the rows it stands on.
void EachInput(const Program& program, NodeId id, absl::FunctionRef<void(NodeId)> visit);

// Everything `roots` need, in an order of evaluation; nodes computed per snapshot are left out unless `statics`.
std::vector<NodeId> Needs(const Program& program, const std::vector<NodeId>& roots, bool statics);

}  // namespace assay

#endif  // ASSAY_PLAN_PROGRAM_H_
