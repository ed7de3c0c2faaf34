// Walks along what mentions what. Entry points: FirstCircle, UsesOfVariables, CheckJoinCircles.
#include "rulebook/definition_circles.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "rulebook/mentions.h"

namespace assay {
namespace {

// A walk along uses that never calls itself: rulebooks may be long chains.
class Walk {
 public:
  explicit Walk(const Uses& uses) : uses_(uses) {}

  // The circle found from here on; empty if there is none.
  std::vector<int> CircleFrom(int start) {
    Enter(start);
    while (!path_.empty()) {
      Step& step = path_.back();
      if (step.next == step.end) {
        open_.erase(step.at);
        path_.pop_back();
        continue;
      }
      const int next = *step.next++;
      const auto open = open_.find(next);
      if (open != open_.end()) return MembersFrom(open->second);
      Enter(next);
    }
    return {};
  }

 private:
  struct Step {
    int at;
    std::set<int>::const_iterator next;
    std::set<int>::const_iterator end;
  };

  void Enter(int at) {
    if (!seen_.insert(at).second) return;
    const auto used = uses_.find(at);
    const std::set<int>& all = used == uses_.end() ? none_ : used->second;
    open_[at] = path_.size();
    path_.push_back({at, all.begin(), all.end()});
  }

  std::vector<int> MembersFrom(size_t place) const {
    std::vector<int> members;
    for (size_t i = place; i < path_.size(); ++i) members.push_back(path_[i].at);
    return members;
  }

  const Uses& uses_;
  const std::set<int> none_;
  std::set<int> seen_;
  std::map<int, size_t> open_;  // where on the path
  std::vector<Step> path_;
};

void AddVirtuals(const Expr& expr, std::set<int>* ids) {
  if (expr.ref.kind == Reference::Kind::kVirtualField) ids->insert(expr.ref.index);
  if (expr.operand != nullptr) AddVirtuals(*expr.operand, ids);
  for (const Expr* arg : expr.args) AddVirtuals(*arg, ids);
}

// The virtual fields that one is defined by.
std::set<int> DefinedBy(const VirtualMeaning& meaning) {
  std::vector<const Ast*> asts = meaning.join.on;
  asts.insert(asts.end(), {meaning.ast, meaning.join.at, meaning.join.within_hours, meaning.join.last});
  std::set<int> ids;
  for (const JoinKeyPart& part : meaning.join.key) {
    if (part.virtual_field >= 0) ids.insert(part.virtual_field);
  }
  for (const Ast* ast : asts) {
    if (ast != nullptr) AddVirtuals(*ast->root, &ids);
  }
  return ids;
}

}  // namespace

std::vector<int> FirstCircle(const Uses& uses) {
  Walk walk(uses);
  std::vector<int> circle;
  for (auto it = uses.begin(); it != uses.end() && circle.empty(); ++it) circle = walk.CircleFrom(it->first);
  if (circle.empty()) return circle;
  std::rotate(circle.begin(), std::min_element(circle.begin(), circle.end()), circle.end());
  circle.push_back(circle[0]);
  return circle;
}

Uses UsesOfVariables(const v1::Rulebook& book, const std::set<int>& variables, const Limits& limits) {
  Uses uses;
  for (int i : variables) {
    const Mentions mentions = MentionsOf(book.variables(i), limits);
    std::set<int>& used = uses[i];
    for (int j : variables) {
      const v1::Variable& other = book.variables(j);
      const std::string& row = other.each().empty() ? book.input().name() : other.each();
      const bool is_mentioned = mentions.contains(absl::StrCat(row, ".", other.name())) ||
                                mentions.contains(absl::StrCat("variables.", other.name()));
      if (is_mentioned) used.insert(j);
    }
  }
  return uses;
}

void CheckJoinCircles(const LoadedRulebook& loaded, const std::map<int, int>& joins, const Names& names,
                      IssueList* issues) {
  Uses uses;
  std::map<int, int> by_virtual;
  for (const auto& [join, id] : joins) by_virtual[id] = join;
  for (size_t id = 0; id < names.inputs.virtuals.size(); ++id) {
    uses[static_cast<int>(id)] = DefinedBy(names.inputs.virtuals[id]);
  }
  const std::vector<int> circle = FirstCircle(uses);
  const auto first = std::find_if(circle.begin(), circle.end(), [&](int id) { return by_virtual.contains(id); });
  if (first == circle.end()) return;
  const std::string members = absl::StrJoin(circle, " -> ", [&](std::string* out, int id) {
    out->append(names.inputs.virtuals[static_cast<size_t>(id)].name);
  });
  issues->Add(loaded.sources.MakeIssue(Severity::kError, absl::StrCat("joins[", by_virtual.at(*first), "].name"),
                                       absl::StrCat("this join is defined by itself: ", members)));
}

}  // namespace assay
