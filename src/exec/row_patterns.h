// The pattern of each row: one that the rulebook writes out was compiled when it loaded, others are compiled once for
// each of the last few texts. Internal to exec; one thread, one run of a kernel.
// Entry point: RowPatterns::At.
#ifndef ASSAY_EXEC_ROW_PATTERNS_H_
#define ASSAY_EXEC_ROW_PATTERNS_H_

#include <memory>
#include <string>

#include "base/pattern.h"
#include "exec/executable.h"
#include "exec/recent_texts.h"

namespace assay {

class RowPatterns {
 public:
  // The patterns are argument `i` of the node.
  RowPatterns(Frame* frame, const Node& node, int i)
      : frame_(frame), texts_(ArgOf<absl::string_view>(*frame, node, i)) {
    const Node& pattern = frame->program->nodes[node.args[i]];
    is_written_ = pattern.kind == NodeKind::kConstant;
    if (is_written_) written_ = frame->executable->regex(frame->program->constants[pattern.index].text);
  }

  // nullptr for a text that is no pattern, and once the run is over its budget.
  const RE2* At(size_t row) {
    if (is_written_) return written_;
    return recent_.Find(texts_[row], [this](absl::string_view text) { return Compiled(text); }).get();
  }

 private:
  std::unique_ptr<const RE2> Compiled(absl::string_view text) {
    if (frame_->is_over_budget) return nullptr;
    std::string why;
    auto compiled = CompilePattern(text, frame_->program->limits.max_pattern_size, &why);
    frame_->Take(static_cast<uint64_t>(PatternCost(text, compiled.get())));
    return compiled;
  }

  Frame* frame_;
  Arg<absl::string_view> texts_;
  bool is_written_ = false;
  const RE2* written_ = nullptr;
  RecentTexts<std::unique_ptr<const RE2>> recent_;
};

}  // namespace assay

#endif  // ASSAY_EXEC_ROW_PATTERNS_H_
