// Entry point: DrawAndFind.
#include "review/draw_and_find.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/status_macros.h"

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

bool IsFound(const RawFinding& finding, absl::Span<const RawFinding> findings) {
  return std::any_of(findings.begin(), findings.end(),
                     [&](const RawFinding& other) { return other.rule == finding.rule && other.line == finding.line; });
}

// Takes what was found after a draw off the state, and keeps the cuts; the newest of a rule and line counts.
void KeepCuts(size_t early, std::vector<RawFinding>* kept, OrderState* state) {
  std::vector<RawFinding> cuts;
  for (size_t i = early; i < state->findings.size(); ++i) {
    RawFinding& finding = state->findings[i];
    if (finding.outcome != v1::OUTCOME_CUT || finding.observed) continue;
    finding.is_of_earlier_draw = true;
    cuts.push_back(std::move(finding));
  }
  for (RawFinding& finding : *kept) {
    if (!IsFound(finding, cuts)) cuts.push_back(std::move(finding));
  }
  *kept = std::move(cuts);
  state->findings.resize(early);
}

}  // namespace

absl::Status DrawAndFind(const RunContext& context, absl::string_view bytes, int64_t owner, Ledgers* ledgers,
                         Chunk* chunk, OrderState* state, bool* are_settled) {
  const size_t early = state->findings.size();
  std::vector<RawFinding> kept;
  *are_settled = false;
  for (int draw = 0; draw < kMaxDraws && !*are_settled; ++draw) {
    if (draw > 0) {
      ledgers->Undo(owner);
      KeepCuts(early, &kept, state);
    }
    const std::vector<Decimal> before = CutsOf(*state);
    RETURN_IF_ERROR(chunk->Load(absl::MakeConstSpan(&bytes, 1)));
    ledgers->DrawOrder(context, owner, chunk, state);
    chunk->Compute(context.late);
    if (!chunk->is_over_budget()) chunk->Findings(true, absl::MakeSpan(state, 1));
    *are_settled = chunk->is_over_budget() || AreSame(before, CutsOf(*state));
  }
  const absl::Span<const RawFinding> found = absl::MakeConstSpan(state->findings).subspan(early);
  std::vector<RawFinding> more;
  for (RawFinding& finding : kept) {
    if (!IsFound(finding, found)) more.push_back(std::move(finding));
  }
  std::move(more.begin(), more.end(), std::back_inserter(state->findings));
  return absl::OkStatus();
}

}  // namespace assay
