// The labels of all keys, message by message. Entry points: FindLabel, FieldsInReadingOrder.
#include "document/field_label.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace assay {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

constexpr ValueForm kExpression = ValueForm::kExpression;
constexpr ValueForm kReference = ValueForm::kReference;
constexpr ValueForm kJson = ValueForm::kJson;

// Of each message in the order in which people read its keys.
constexpr FieldLabel kLabels[] = {
    {"LocalizedText.en", {"English", "英文"}},
    {"LocalizedText.zh", {"Chinese", "中文"}},

    {"Rulebook.name", {"Name", "名称"}},
    {"Rulebook.version", {"Version", "版本"}},
    {"Rulebook.description", {"Description", "说明"}},
    {"Rulebook.input", {"Input", "输入"}},
    {"Rulebook.time_zone", {"Time zone", "时区"}},
    {"Rulebook.as_of", {"Effective as of", "生效判断日期"}, kExpression},
    {"Rulebook.imports", {"Imports", "导入"}},
    {"Rulebook.review", {"Review", "审核"}},
    {"Rulebook.evaluation", {"Evaluation", "评估"}},

    {"Input.name", {"Name", "名称"}},
    {"Input.type", {"Message type", "消息类型"}},

    {"Level.name", {"Name", "名称"}},
    {"Level.of", {"Rows of", "所属列表"}, kExpression},

    {"FieldType.path", {"Field", "字段"}},
    {"FieldType.decimal", {"Decimal", "小数位数"}},
    {"FieldType.date", {"Date", "日期"}},
    {"FieldType.sensitive", {"Masked", "脱敏"}},
    {"FieldType.max_items", {"Most items", "最多项数"}},

    {"DecimalType.precision", {"Digits", "总位数"}},
    {"DecimalType.scale", {"Digits after the point", "小数位"}},

    {"Parameter.name", {"Name", "名称"}},
    {"Parameter.description", {"What it sets", "用途"}},
    {"Parameter.default", {"Value", "取值"}, kExpression},
    {"Parameter.type", {"Type", "类型"}},
    {"Parameter.decimal", {"Decimal", "小数位数"}},
    {"Parameter.allowed_values", {"Allowed values", "允许值"}},

    {"Dataset.name", {"Name", "名称"}},
    {"Dataset.type", {"Message type", "消息类型"}},
    {"Dataset.key", {"Key", "键"}},
    {"Dataset.valid", {"In force between", "有效期字段"}},
    {"Dataset.many", {"Rows may share a key", "键可重复"}},

    {"Join.name", {"Name", "名称"}},
    {"Join.each", {"For each", "对每个"}, kReference, "levels"},
    {"Join.dataset", {"Dataset", "数据集"}, kReference, "datasets"},
    {"Join.key", {"Key", "键"}},
    {"Join.on", {"Found by", "查找依据"}, kExpression},
    {"Join.at", {"In force on", "有效日期"}, kExpression},
    {"Join.when", {"Only where", "仅当"}, kExpression},
    {"Join.within", {"Within", "时间范围"}},
    {"Join.many", {"All rows that fit", "取全部匹配行"}},
    {"Join.order_by", {"Ordered by", "排序"}},
    {"Join.last", {"At most the last", "最多取最后几行"}, kExpression},

    {"Within.field", {"Time", "时间"}},
    {"Within.hours", {"Hours before", "之前小时数"}, kExpression},

    {"Variable.name", {"Name", "名称"}},
    {"Variable.description", {"What it is", "说明"}},
    {"Variable.each", {"For each", "对每个"}, kReference, "levels"},
    {"Variable.expression", {"Value", "取值"}, kExpression},
    {"Variable.unmasked", {"Shown although it reads sensitive fields", "读取敏感字段但可显示"}},

    {"Rule.id", {"Rule", "规则"}},
    {"Rule.title", {"Title", "标题"}},
    {"Rule.message", {"Message", "提示信息"}},
    {"Rule.mode", {"Mode", "模式"}},
    {"Rule.each", {"For each", "对每个"}, kReference, "levels"},
    {"Rule.when", {"Considered when", "前提"}, kExpression},
    {"Rule.condition", {"Condition", "条件"}, kExpression},
    {"Rule.outcome", {"Outcome", "结果"}},
    {"Rule.at", {"At checkpoints", "各环节的结果"}},
    {"Rule.outcome_by", {"Outcome by", "结果取决于"}, kExpression},
    {"Rule.reason", {"Reason", "原因"}, kReference, "reason_codes"},
    {"Rule.reason_by", {"Reason by", "原因取决于"}, kExpression},
    {"Rule.route", {"Who acts", "处理人"}, kReference, "roles"},
    {"Rule.expected", {"Expected", "应为"}, kExpression},
    {"Rule.actual", {"Actual", "实际"}, kExpression},
    {"Rule.difference", {"Difference", "差异"}, kExpression},
    {"Rule.cut", {"Quantity cut", "转出数量"}, kExpression},
    {"Rule.values", {"Values in the message", "信息中的值"}, kExpression},
    {"Rule.bound", {"A release grants", "放行范围"}},
    {"Rule.release_days", {"A release holds for (days)", "放行有效天数"}},
    {"Rule.on_error", {"If a value cannot be had", "取不到值时"}},
    {"Rule.task", {"To be done", "待办"}},
    {"Rule.effective", {"In force", "有效期"}},

    {"Task.owner", {"By whom", "负责人"}, kExpression},
    {"Task.due", {"By when", "期限"}, kExpression},
    {"Task.priority", {"Priority", "优先级"}, kExpression},
    {"Task.subject", {"About", "对象"}, kExpression},

    {"Effective.from", {"From", "自"}},
    {"Effective.to", {"To", "至"}},

    {"Applicability.rules", {"Rules", "规则"}, kReference, "rules"},
    {"Applicability.when", {"Where", "适用条件"}, kExpression},
    {"Applicability.outcome", {"Outcome instead", "改为结果"}},

    {"Table.name", {"Name", "名称"}},
    {"Table.description", {"What it decides", "说明"}},
    {"Table.hit_policy", {"Hit policy", "命中策略"}},
    {"Table.aggregation", {"Aggregation", "聚合"}},
    {"Table.inputs", {"Inputs", "输入"}},
    {"Table.outputs", {"Outputs", "输出"}},
    {"Table.rows", {"Rows", "行"}},
    {"Table.file", {"File", "文件"}},
    {"Table.default", {"Otherwise", "其他情况"}},
    {"Table.effective", {"In force", "有效期"}},

    {"TableColumn.name", {"Name", "名称"}},
    {"TableColumn.type", {"Type", "类型"}},
    {"TableColumn.decimal", {"Decimal", "小数位数"}},
    {"TableColumn.values", {"Best first", "优先顺序"}, kExpression},

    {"TableRow.id", {"Row", "行"}},
    {"TableRow.cells", {"Cells", "单元格"}, kExpression},
    {"TableRow.effective", {"In force", "有效期"}},
    {"TableRow.annotation", {"Remark", "备注"}},

    {"Scorecard.name", {"Name", "名称"}},
    {"Scorecard.description", {"What it grades", "说明"}},
    {"Scorecard.inputs", {"Inputs", "输入"}},
    {"Scorecard.initial_score", {"Initial score", "初始分"}, kExpression},
    {"Scorecard.characteristics", {"Characteristics", "特征"}},
    {"Scorecard.bands", {"Bands", "分段"}},
    {"Scorecard.reason_code_algorithm", {"Reasons are ranked by", "原因排序依据"}},

    {"Characteristic.name", {"Characteristic", "特征"}},
    {"Characteristic.description", {"What is looked at", "说明"}},
    {"Characteristic.input", {"Input tested", "判断输入"}},
    {"Characteristic.weight", {"Weight", "权重"}, kExpression},
    {"Characteristic.baseline_score", {"Baseline score", "基准分"}, kExpression},
    {"Characteristic.reason_code", {"Reason", "原因"}, kReference, "reason_codes"},
    {"Characteristic.attributes", {"Attributes", "属性"}},

    {"Attribute.id", {"Attribute", "属性"}},
    {"Attribute.predicate", {"Predicate", "条件"}, kExpression},
    {"Attribute.partial_score", {"Partial score", "得分"}, kExpression},
    {"Attribute.reason_code", {"Reason", "原因"}, kReference, "reason_codes"},

    {"Band.grade", {"Grade", "等级"}},
    {"Band.floor", {"From score", "起始分"}, kExpression},

    {"Ledger.name", {"Name", "名称"}},
    {"Ledger.kind", {"Kind", "类型"}},
    {"Ledger.each", {"For each", "对每个"}, kReference, "levels"},
    {"Ledger.key", {"Account", "账户"}, kExpression},
    {"Ledger.amount", {"Amount", "数量"}, kExpression},
    {"Ledger.draws_when", {"Draws when", "占用条件"}, kExpression},
    {"Ledger.opening", {"Opening amount", "期初数量"}, kExpression},
    {"Ledger.unlimited_when", {"Unlimited when", "不设限条件"}, kExpression},
    {"Ledger.date", {"Wanted on", "需求日期"}, kExpression},
    {"Ledger.lots", {"Lots on hand", "在库批次"}},
    {"Ledger.receipts", {"Planned receipts", "计划入库"}},
    {"Ledger.commitments", {"Commitments", "已承诺"}},
    {"Ledger.reserve", {"Stays on the shelf", "保留数量"}, kExpression},
    {"Ledger.backorder_when", {"Backorders when", "欠货条件"}, kExpression},
    {"Ledger.backorder_until", {"Backorders until", "欠货截止日"}, kExpression},
    {"Ledger.undated_when", {"Waits undated when", "无期等待条件"}, kExpression},
    {"Ledger.all_or_nothing_when", {"All or nothing when", "整单条件"}, kExpression},
    {"Ledger.fair_share_when", {"Shared pro rata when", "按比例分配条件"}, kExpression},
    {"Ledger.fair_share_unit", {"Shared in whole", "分配单位"}, kExpression},
    {"Ledger.keeps_when_held", {"Kept for held orders when", "扣留订单保留条件"}, kExpression},
    {"Ledger.fallbacks", {"Else from", "备选仓库"}},
    {"Ledger.daily_use", {"Daily use", "日均用量"}, kExpression},
    {"Ledger.cover_days", {"Excess beyond days of cover", "超储天数"}, kExpression},
    {"Ledger.phasing_out_when", {"Phasing out when", "淘汰条件"}, kExpression},
    {"Ledger.decimal", {"Decimal", "小数位数"}},

    {"Fallback.warehouse", {"Warehouse", "仓库"}, kExpression},
    {"Fallback.key", {"Account", "账户"}, kExpression},
    {"Fallback.lots", {"Lots on hand", "在库批次"}},
    {"Fallback.receipts", {"Planned receipts", "计划入库"}},
    {"Fallback.commitments", {"Commitments", "已承诺"}},
    {"Fallback.reserve", {"Stays on the shelf", "保留数量"}, kExpression},

    {"Supply.of", {"List", "列表"}, kExpression},
    {"Supply.as", {"An element is", "元素名"}},
    {"Supply.when", {"Counts when", "计入条件"}, kExpression},
    {"Supply.eligible", {"May be taken when", "可取条件"}, kExpression},
    {"Supply.quantity", {"Quantity", "数量"}, kExpression},
    {"Supply.date", {"Due", "到期日"}, kExpression},
    {"Supply.id", {"Called", "标识"}, kExpression},
    {"Supply.near_when", {"Near its expiry when", "大日期条件"}, kExpression},
    {"Supply.order", {"Promised to order", "承诺给订单"}, kExpression},
    {"Supply.lot", {"Lot promised", "承诺批次"}, kExpression},

    {"Review.id", {"Order", "订单号"}, kExpression},
    {"Review.revision", {"Revision", "版本号"}, kExpression},
    {"Review.lines", {"Lines", "订单行"}, kReference, "levels"},
    {"Review.line_id", {"Line", "行号"}, kExpression},
    {"Review.quantity", {"Quantity", "数量"}, kExpression},
    {"Review.unit", {"Unit", "单位"}, kExpression},
    {"Review.product", {"Product", "产品"}, kExpression},
    {"Review.product_line", {"Product line", "产品线"}, kExpression},
    {"Review.warehouse", {"Warehouse", "仓库"}, kExpression},
    {"Review.partner", {"Partner", "合作商"}, kExpression},
    {"Review.district", {"District", "区域"}, kExpression},
    {"Review.submitter", {"Submitter", "提交人"}, kExpression},
    {"Review.amount", {"Amount", "金额"}, kExpression},
    {"Review.currency", {"Currency", "币种"}, kExpression},
    {"Review.confirmed_amount", {"Confirmed amount", "确认金额"}, kExpression},
    {"Review.priority", {"Priority", "优先级"}, kExpression},
    {"Review.stock", {"Stock ledger", "库存台账"}, kReference, "ledgers"},
    {"Review.backorder_reason", {"Reason of backorders", "欠货原因"}, kReference, "reason_codes"},
    {"Review.short_reason", {"Reason of shortage", "缺货原因"}, kReference, "reason_codes"},
    {"Review.releases", {"Releases", "放行记录"}, kReference, "datasets"},
    {"Review.exemptions", {"Exemptions", "豁免记录"}, kReference, "datasets"},
    {"Review.own_exemptions", {"Exemptions kept elsewhere", "其他处的豁免记录"}, kExpression},
    {"Review.staff", {"Staff", "人员"}, kReference, "datasets"},
    {"Review.hold_due", {"A hold is answered by", "暂扣答复时限"}, kExpression},
    {"Review.unevaluable_rule", {"Rule for missing values", "取不到值的规则"}, kReference, "rules"},
    {"Review.release_rule", {"Rule for void releases", "放行失效的规则"}, kReference, "rules"},
    {"Review.revision_rule", {"Rule for revisions", "版本号的规则"}, kReference, "rules"},
    {"Review.firm_reason", {"Reason of firm orders", "已锁定订单的原因"}, kReference, "reason_codes"},
    {"Review.class_keys", {"Keys of a class", "同级所依优先级个数"}},
    {"Review.firm_outcome", {"Outcome over firm orders", "已锁定订单的变更结果"}, kExpression},
    {"Review.firm_reason_by", {"Reason over firm orders", "已锁定订单的变更原因"}, kExpression},

    {"Evaluation.id", {"Row", "行标识"}, kExpression},
    {"Evaluation.verdicts", {"Verdict by the worst outcome", "按最重结果的结论"}},
    {"Evaluation.row_ids", {"Names of other rows", "各层级的行标识"}, kExpression},
    {"Evaluation.unevaluable_rule", {"Rule for missing values", "取不到值的规则"}, kReference, "rules"},
    {"Evaluation.words", {"What people read for a word", "显示用语"}},
    {"Evaluation.board", {"Rows listed one by one", "逐行清单"}},

    {"Board.title", {"Title", "标题"}},
    {"Board.columns", {"Columns", "列"}, kReference, "outputs"},
    {"Board.listed", {"Listed where true", "列出条件"}, kReference, "outputs"},
    {"Board.order", {"In the order of", "排序依据"}, kReference, "outputs"},

    {"BusinessCalendar.id", {"Name", "名称"}},
    {"BusinessCalendar.time_zone", {"Time zone", "时区"}},
    {"BusinessCalendar.valid_from", {"Known from", "起始日"}},
    {"BusinessCalendar.valid_to", {"Known to", "截止日"}},
    {"BusinessCalendar.hours", {"Weekly hours", "每周工时"}},
    {"BusinessCalendar.rest", {"Breaks", "休息"}},
    {"BusinessCalendar.holidays", {"Holidays", "节假日"}},
    {"BusinessCalendar.make_up_days", {"Make-up days", "调休上班日"}},

    {"WorkingHours.weekdays", {"Weekdays (1 is Monday)", "星期（1 为周一）"}},
    {"WorkingHours.opens", {"Opens", "开始"}},
    {"WorkingHours.closes", {"Closes", "结束"}},

    {"Holiday.day", {"Day", "日期"}},
    {"Holiday.until", {"Until", "至"}},
    {"Holiday.name", {"Holiday", "节假日"}},

    {"MakeUpDay.day", {"Day", "日期"}},
    {"MakeUpDay.replaces", {"Has the hours of weekday", "按星期几的工时"}},
    {"MakeUpDay.hours", {"Hours", "工时"}},

    {"Output.name", {"Name", "名称"}},
    {"Output.each", {"For each", "对每个"}, kReference, "levels"},
    {"Output.expression", {"Value", "取值"}, kExpression},
    {"Output.description", {"What it is", "说明"}},
    {"Output.on_error", {"If it cannot be had", "取不到值时"}},
    {"Output.unmasked", {"Shown although it reads sensitive fields", "读取敏感字段但可显示"}},

    {"ReasonCode.code", {"Code", "代码"}},
    {"ReasonCode.text", {"Reason", "原因"}},
    {"ReasonCode.route", {"Who acts", "处理人"}, kReference, "roles"},
    {"ReasonCode.releasable", {"Can be released", "可放行"}},
    {"ReasonCode.cure", {"What would cure it", "如何解决"}},

    {"Role.name", {"Name", "名称"}},
    {"Role.title", {"Title", "职务"}},
    {"Role.reports_to", {"Reports to", "上报"}, kReference, "roles"},

    {"TestCase.name", {"Name", "名称"}},
    {"TestCase.like", {"Given as in", "条件同"}, kReference, "tests"},
    {"TestCase.input", {"Given", "输入"}, kJson},
    {"TestCase.without", {"Without", "去掉"}},
    {"TestCase.datasets", {"Reference data", "参考数据"}, kJson, "datasets"},
    {"TestCase.others", {"Other rows of the run", "同次运行的其他行"}, kJson},
    {"TestCase.now", {"Clock", "时刻"}},
    {"TestCase.checkpoint", {"Checkpoint", "环节"}},
    {"TestCase.only", {"Only rules", "仅看规则"}, kReference, "rules"},
    {"TestCase.findings", {"Expected findings", "应有结论"}},
    {"TestCase.values", {"Expected values", "应有取值"}},
    {"TestCase.disposition", {"Expected disposition", "应有处置"}},
    {"TestCase.verdict", {"Expected verdict", "应有评估结论"}},
    {"TestCase.outputs", {"Expected outputs", "应有输出"}},
    {"TestCase.tasks", {"Expected tasks", "应有待办"}},

    {"ExpectedFinding.rule", {"Rule", "规则"}, kReference, "rules"},
    {"ExpectedFinding.line", {"Line", "行"}},
    {"ExpectedFinding.outcome", {"Outcome", "结果"}},
    {"ExpectedFinding.actual", {"Actual", "实际"}},
    {"ExpectedFinding.expected", {"Expected", "应为"}},

    {"ExpectedValue.expression", {"Expression", "表达式"}, kExpression},
    {"ExpectedValue.value", {"Value", "取值"}},

    {"ExpectedOutput.name", {"Output", "输出"}, kReference, "outputs"},
    {"ExpectedOutput.line", {"Line", "行"}},
    {"ExpectedOutput.value", {"Value", "取值"}},

    {"ExpectedTask.rule", {"Rule", "规则"}, kReference, "rules"},
    {"ExpectedTask.line", {"Line", "行"}},
    {"ExpectedTask.owner", {"By whom", "负责人"}},
    {"ExpectedTask.due", {"By when", "期限"}},
    {"ExpectedTask.priority", {"Priority", "优先级"}},
    {"ExpectedTask.subject", {"About", "对象"}},

    {"Override.rule", {"Rule", "规则"}, kReference, "rules"},
    {"Override.mode", {"New mode", "新模式"}},
    {"Override.message", {"New message", "新信息"}},
    {"Override.parameter", {"Parameter", "参数"}, kReference, "parameters"},
    {"Override.default", {"New value", "新取值"}, kExpression},
};

// "Rule.condition".
std::string NameOf(const FieldDescriptor& field) {
  return std::string(absl::StripPrefix(field.full_name(), absl::StrCat(field.file()->package(), ".")));
}

}  // namespace

const FieldLabel* FindLabel(const FieldDescriptor& field) {
  const std::string name = NameOf(field);
  const auto* found = std::find_if(std::begin(kLabels), std::end(kLabels),
                                   [&](const FieldLabel& label) { return name == label.field; });
  return found == std::end(kLabels) ? nullptr : found;
}

std::vector<const FieldDescriptor*> FieldsInReadingOrder(const Descriptor& type) {
  std::vector<std::pair<const FieldLabel*, const FieldDescriptor*>> fields;
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldLabel* label = FindLabel(*type.field(i));
    fields.emplace_back(label == nullptr ? std::end(kLabels) : label, type.field(i));
  }
  std::stable_sort(fields.begin(), fields.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<const FieldDescriptor*> ordered;
  ordered.reserve(fields.size());
  for (const auto& [label, field] : fields) ordered.push_back(field);
  return ordered;
}

}  // namespace assay
