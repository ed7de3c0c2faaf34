// Entry point: StaticNodes.
#include "plan/static_nodes.h"

#include <algorithm>

namespace assay {
namespace {

// Sorted, each once.
void AddAll(const std::vector<int>& more, std::vector<int>* to) {
  if (more.empty()) return;
  to->insert(to->end(), more.begin(), more.end());
  std::sort(to->begin(), to->end());
  to->erase(std::unique(to->begin(), to->end()), to->end());
}

std::vector<std::vector<NodeId>> ConstantsByDataset(const Program& program) {
  std::vector<std::vector<NodeId>> roots(program.datasets.size());
  for (size_t id = 0; id < program.nodes.size(); ++id) {
    const int source = program.levels[program.nodes[id].level].source;
    if (source != kBatchSource) roots[source].push_back(static_cast<NodeId>(id));
  }
  for (const Lookup& lookup : program.lookups) {
    roots[lookup.dataset].insert(roots[lookup.dataset].end(), lookup.key_nodes.begin(), lookup.key_nodes.end());
  }
  std::vector<std::vector<NodeId>> constants;
  for (const std::vector<NodeId>& of_dataset : roots) {
    std::vector<NodeId>& read = constants.emplace_back();
    for (const NodeId id : Needs(program, of_dataset, true)) {
      const Node& node = program.nodes[id];
      if (node.stage == 0 && IsOfConstants(program, node.level)) read.push_back(id);
    }
  }
  return constants;
}

}  // namespace

StaticNodes::StaticNodes(const Program& program)
    : is_of_run(program.nodes.size()),
      looks_up(program.nodes.size()),
      looks_up_itself(program.datasets.size()),
      constants(ConstantsByDataset(program)) {
  for (size_t i = 0; i < program.nodes.size(); ++i) {
    const auto id = static_cast<NodeId>(i);
    const Node& node = program.nodes[i];
    const Lookup* const lookup = LookupOf(program, node);
    const int source = program.levels[node.level].source;
    const bool is_static = source != kBatchSource;
    is_of_run[i] = node.kind == NodeKind::kInput;
    if (is_static && lookup != nullptr) looks_up[i].push_back(lookup->dataset);
    EachInput(program, id, [&](NodeId input) {
      is_of_run[i] = is_of_run[i] || is_of_run[input];
      if (is_static) AddAll(looks_up[input], &looks_up[i]);
    });
    if (is_static) {
      const std::vector<int>& found = looks_up[i];
      looks_up_itself[source] = looks_up_itself[source] || std::binary_search(found.begin(), found.end(), source);
    }
    if (!is_static && (lookup == nullptr || lookup->key_nodes.empty())) continue;
    steps.push_back(id);
    has_of_run = has_of_run || (is_of_run[i] && is_static);
    if (lookup == nullptr) continue;
    for (const NodeId key : lookup->key_nodes) has_of_run = has_of_run || is_of_run[key];
  }
}

}  // namespace assay
