// Rows of levels by declared sizes, and elements of loops by rows. Entry point: EstimateCost.
#include "plan/cost.h"

#include <algorithm>
#include <limits>

#include "absl/strings/str_cat.h"

namespace assay {
namespace {

constexpr int64_t kMost = std::numeric_limits<int64_t>::max() / 2;

int64_t Plus(int64_t a, int64_t b) { return std::min(kMost, a + b); }

int64_t Times(int64_t a, int64_t b) {
  int64_t product = 0;
  return __builtin_mul_overflow(a, b, &product) ? kMost : std::min(kMost, product);
}

class Estimator {
 public:
  explicit Estimator(const Program& program)
      : program_(program), rows_(program.levels.size(), -1), each_(rows_), seen_(program.nodes.size(), false) {}

  CostEstimate Estimate(const std::vector<NodeId>& roots) {
    for (NodeId root : roots) Need(root);
    while (!open_.empty()) {
      const NodeId id = open_.back();
      open_.pop_back();
      if (program_.is_static(id)) continue;
      estimate_.elements = Plus(estimate_.elements, ElementsOf(program_.nodes[id]));
      EachInput(program_, id, [this](NodeId input) { Need(input); });
    }
    return std::move(estimate_);
  }

 private:
  void Need(NodeId id) {
    if (id == kNoNode || seen_[id]) return;
    seen_[id] = true;
    open_.push_back(id);
  }

  int64_t ElementsOf(const Node& node) {
    return node.kind == NodeKind::kAggregate || node.kind == NodeKind::kLevel ? Rows(node.index) : 0;
  }

  // Of the level, for one row of the input.
  int64_t Rows(LevelId id) {
    if (rows_[id] >= 0) return rows_[id];
    const Level& level = program_.levels[id];
    const bool is_top = level.kind == LevelKind::kConstant || level.kind == LevelKind::kRoot;
    return rows_[id] = is_top ? 1 : Times(Rows(level.parent), Each(id));
  }

  // For one row of the parent. Remembered: a list added to itself, and that to itself, is asked for twice each time.
  int64_t Each(LevelId id) {
    if (each_[id] < 0) each_[id] = EachOf(program_.levels[id]);
    return each_[id];
  }

  int64_t EachOf(const Level& level) {
    switch (level.kind) {
      case LevelKind::kRepeated:
        if (level.max_items != 0) return level.max_items;
        estimate_.undeclared.push_back(level.field);
        return program_.limits.default_max_items;
      case LevelKind::kSelection:
      case LevelKind::kSegments:
      case LevelKind::kOrdered:
        return Each(level.origin);
      case LevelKind::kFixed:
        return level.width;
      case LevelKind::kFlattened:
        return Times(Each(program_.levels[level.origin].parent), Each(level.origin));
      case LevelKind::kCounted:
        return kMaxRange;
      case LevelKind::kZip:
        return std::min(Each(level.origin), Each(level.second));
      case LevelKind::kConcat:
        return Plus(Each(level.origin), Each(level.second));
      default:
        return kJoinedRows;  // kJoin, kMatched, kSplit
    }
  }

  const Program& program_;
  std::vector<int64_t> rows_;  // by level; -1 until asked for
  std::vector<int64_t> each_;  // likewise
  std::vector<bool> seen_;     // by node
  std::vector<NodeId> open_;
  CostEstimate estimate_;
};

}  // namespace

CostEstimate EstimateCost(const Program& program, const std::vector<NodeId>& roots) {
  CostEstimate estimate = Estimator(program).Estimate(roots);
  std::vector<const google::protobuf::FieldDescriptor*> distinct;
  for (const auto* field : estimate.undeclared) {
    if (std::find(distinct.begin(), distinct.end(), field) == distinct.end()) distinct.push_back(field);
  }
  estimate.undeclared = std::move(distinct);
  return estimate;
}

std::string CostRefusal(const Program& program, const std::vector<NodeId>& roots) {
  const CostEstimate estimate = EstimateCost(program, roots);
  const Limits& limits = program.limits;
  if (estimate.elements <= limits.max_expression_cost) return "";
  std::string undeclared;
  for (const auto* field : estimate.undeclared) {
    absl::StrAppend(&undeclared, undeclared.empty() ? " of " : ", ", field->full_name());
  }
  return absl::StrCat("an expression may go over ", limits.max_expression_cost,
                      " elements for one row of the input; declare the max_items", undeclared,
                      " in 'fields', or put fewer loops inside each other; estimated: ", estimate.elements,
                      estimate.elements == kMost ? " or more" : "");
}

}  // namespace assay
