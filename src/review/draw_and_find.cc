// Entry point: DrawAndFind.
#include "review/draw_and_find.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "base/status_macros.h"
#include "review/read_orders.h"

namespace assay {
namespace {

// A gift cut for want of what it goes with is settled by the second draw; more are for rules that build on each other.
constexpr int kMaxDraws = 8;

std::vector<Decimal> CutsOf(const OrderState& state) {
  std::vector<Decimal> cuts;
  cuts.reserve(state.lines.size());
  for (const LineState& line : state.lines) cuts.push_back(line.cut);
  return cuts;
}

bool AreSame(const std::vector<Decimal>& a, const std::vector<Decimal>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const Decimal& x, const Decimal& y) { return Compare(x, y) == 0; });
}

// Takes what was found after a draw off the state; the cuts among it.
std::vector<RawFinding> TakeCuts(size_t early, OrderState* state) {
  std::vector<RawFinding> cuts;
  for (size_t i = early; i < state->findings.size(); ++i) {
    RawFinding& finding = state->findings[i];
    if (finding.outcome != v1::OUTCOME_CUT || finding.observed) continue;
    finding.is_of_earlier_draw = true;
    cuts.push_back(std::move(finding));
  }
  state->findings.resize(early);
  return cuts;
}

// Adds the cuts of earlier draws to what was found now, each instead of a smaller one of its rule and row.
void AddCuts(size_t early, std::vector<RawFinding> cuts, OrderState* state) {
  absl::flat_hash_map<std::pair<int, int32_t>, size_t> places;
  for (size_t i = early; i < state->findings.size(); ++i) {
    places[{state->findings[i].rule, state->findings[i].line}] = i;
  }
  for (RawFinding& cut : cuts) {
    const auto now = places.find({cut.rule, cut.line});
    if (now == places.end()) {
      state->findings.push_back(std::move(cut));
    } else if (Compare(state->findings[now->second].cut_quantity, cut.cut_quantity) < 0) {
      state->findings[now->second] = std::move(cut);
    }
  }
}

}  // namespace

absl::Status DrawAndFind(const RunContext& context, const ReleaseBook& releases, absl::string_view bytes, int64_t owner,
                         Ledgers* ledgers, Chunk* chunk, OrderState* state, bool* are_settled) {
  const size_t early = state->findings.size();
  std::vector<RawFinding> cuts;
  releases.CutLines(state);
  *are_settled = false;
  for (int draw = 0; draw < kMaxDraws && !*are_settled; ++draw) {
    if (draw > 0) {
      ledgers->Undo(owner);
      RETURN_IF_ERROR(chunk->Load(absl::MakeConstSpan(&bytes, 1)));
    }
    const std::vector<Decimal> before = CutsOf(*state);
    ledgers->DrawOrder(context, owner, chunk, state);
    chunk->Compute(context.needs->late);
    *are_settled = chunk->is_over_budget();
    if (*are_settled) break;
    RowState* row = state;
    chunk->Findings(true, absl::MakeConstSpan(&row, 1));
    SetCuts(state);
    AddCuts(early, std::exchange(cuts, {}), state);
    releases.CutLines(state);
    *are_settled = AreSame(before, CutsOf(*state));
    if (!*are_settled) cuts = TakeCuts(early, state);
  }
  return absl::OkStatus();
}

}  // namespace assay
