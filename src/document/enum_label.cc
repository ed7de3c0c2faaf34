// What the words of the rulebook's enums mean. Entry point: FindEnumLabel.
#include <algorithm>

#include "document/field_label.h"

namespace assay {
namespace {

constexpr EnumLabel kLabels[] = {
    {"OUTCOME_NOTE", "提示", {"reported, decides nothing", "只提示，不影响结果"}},
    {"OUTCOME_CUT", "转出", {"the line, or part of it, leaves the order", "该行或其一部分转出订单"}},
    {"OUTCOME_HOLD", "暂扣", {"a role must release it", "须由指定角色放行"}},
    {"OUTCOME_REJECT", "退回", {"goes back, to be corrected", "退回更正，不可放行"}},

    {"CHECKPOINT_ENTRY", "录单", {"while the order is typed", "录入订单时"}},
    {"CHECKPOINT_REVIEW", "审核", {"the review of the day", "当日审核时"}},
    {"CHECKPOINT_PRINT", "打单", {"before the papers are printed", "打印单据前"}},
    {"CHECKPOINT_SHIP", "发货", {"before the goods leave", "发货前"}},

    {"MODE_ACTIVE", "启用", {"findings count", "结论有效"}},
    {"MODE_OBSERVE", "观察", {"findings are reported and decide nothing", "只报告，不影响结果"}},
    {"MODE_OFF", "停用", {"makes no findings", "不给出结论"}},

    {"BOUND_AT_MOST", "至多", {"at most the value released", "不高于放行时的值"}},
    {"BOUND_AT_LEAST", "至少", {"at least the value released", "不低于放行时的值"}},

    {"HIT_POLICY_UNIQUE", "唯一", {"one row fits at most", "至多一行匹配"}},
    {"HIT_POLICY_FIRST", "首个", {"the first row that fits counts", "取第一个匹配行"}},
    {"HIT_POLICY_PRIORITY", "优先", {"the row with the best outputs counts", "取输出最优的匹配行"}},
    {"HIT_POLICY_ANY", "任一", {"all rows that fit give the same", "所有匹配行结果相同"}},
    {"HIT_POLICY_COLLECT", "收集", {"all rows that fit are collected", "收集所有匹配行"}},
    {"HIT_POLICY_RULE_ORDER", "行序", {"a list in the order of rows", "按行的顺序列出"}},
    {"HIT_POLICY_OUTPUT_ORDER", "输出序", {"a list, best outputs first", "按输出优先顺序列出"}},

    {"AGGREGATION_LIST", "列表", {"a list of what they give", "列出各行输出"}},
    {"AGGREGATION_SUM", "求和", {"the sum of what they give", "输出之和"}},
    {"AGGREGATION_MIN", "最小", {"the least of what they give", "最小的输出"}},
    {"AGGREGATION_MAX", "最大", {"the largest of what they give", "最大的输出"}},
    {"AGGREGATION_COUNT", "计数", {"how many rows fit", "匹配行数"}},

    {"REASON_CODE_ALGORITHM_POINTS_BELOW", "低于基准", {"points lost to the baseline", "低于基准的分数"}},
    {"REASON_CODE_ALGORITHM_POINTS_ABOVE", "高于基准", {"points above the baseline", "高于基准的分数"}},

    {"KIND_LOTS", "批次", {"goods by lot and date", "按批次和日期的货物"}},
    {"KIND_BALANCE", "余额", {"one amount", "单一数额"}},
};

}  // namespace

const EnumLabel* FindEnumLabel(absl::string_view value) {
  const auto* found = std::find_if(std::begin(kLabels), std::end(kLabels),
                                   [&](const EnumLabel& label) { return value == label.value; });
  return found == std::end(kLabels) ? nullptr : found;
}

}  // namespace assay
