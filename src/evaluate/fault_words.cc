// A table of details. Entry point: FaultInChinese.
#include "evaluate/fault_words.h"

#include <algorithm>

namespace assay {
namespace {

struct FaultWords {
  absl::string_view en;
  absl::string_view zh;
};

constexpr FaultWords kWords[] = {
    // fields
    {"is empty", "为空"},
    {"is not a decimal number", "不是十进制数"},
    {"has more fraction digits than the field", "小数位数超过字段允许"},
    {"has more digits than the field", "位数超过字段允许"},
    {"is not a date YYYY-MM-DD", "不是 YYYY-MM-DD 格式的日期"},
    {"is not a day of the calendar", "日历中没有这一天"},
    {"is not an instant of the years 1 to 9999", "不是公元 1 至 9999 年的时间"},
    {"is not an amount of money", "不是有效金额"},
    {"is not a duration within 292 years", "不是 292 年以内的时长"},
    {"an Any whose bytes are broken", "Any 的数据已损坏"},
    {"an Any of a type that the schema does not have", "Any 的类型未知"},
    {"an Any that holds nothing", "Any 为空"},
    // values
    {"the result leaves the years 1 to 9999", "结果超出公元 1 至 9999 年"},
    {"the result leaves the range of its type", "结果超出类型范围"},
    {"the result is a duration of over 292 years", "结果是超过 292 年的时长"},
    {"the sum leaves the range of its type", "合计超出类型范围"},
    {"the result needs more than 38 digits", "结果超过 38 位"},
    {"the average needs more than 38 digits", "平均值超过 38 位"},
    {"the least int has no positive twin", "最小整数没有对应的正数"},
    {"is not a time zone", "不是时区"},
    {"is not a time of day from 00:00 to 24:00", "不是 00:00 至 24:00 的时刻"},
    {"is not a regular expression", "不是正则表达式"},
    {"shifts by a negative number of bits", "移位位数为负"},
    {"optional.none() has no value", "optional.none() 没有值"},
    {"no overload for values of these types", "没有适用于这些类型的运算"},
    {"is no currency with a minor unit", "不是有最小单位的货币"},
    {"no currency with a minor unit", "不是有最小单位的货币"},
    {"is not base64", "不是 base64"},
    {"is not an integer", "不是整数"},
    {"is not a timestamp", "不是时间"},
    {"is not a number", "不是数字"},
    {"is not a duration", "不是时长"},
    {"is not a decimal number of that scale", "不是该小数位数的十进制数"},
    {"is not a bool", "不是布尔值"},
    {"is not UTF-8", "不是 UTF-8"},
    {"is no clause of format()", "不是 format() 的格式"},
    {"a value that its clause cannot write", "格式无法写出该值"},
    {"a map has each key once", "映射中的键重复"},
    {"a map's key is a bool, int, uint or string", "映射的键只能是布尔值、整数或文本"},
    {"format() has more clauses than values", "format() 的格式多于所给的值"},
    {"the regular expression has more than one group to extract", "正则表达式中可提取的分组不止一个"},
    {"in a replacement a backslash stands before a group's digit or another backslash",
     "替换文本中反斜杠之后只能是分组编号或另一反斜杠"},
    {"a position outside the string", "位置超出文本范围"},
    {"the list has no element there", "列表在该位置没有元素"},
    {"lists.range makes at most 10,000 elements", "lists.range 最多生成 10,000 个元素"},
    {"a list is flattened by no less than 0 layers", "列表展开的层数不能为负"},
    {"max of nothing", "空列表没有最大值"},
    {"min of nothing", "空列表没有最小值"},
    {"avg of nothing", "空列表没有平均值"},
    {"is no currency with a minor unit, nor a scale", "既不是有最小单位的货币，也不是小数位数"},
    {"is not a calendar", "不是工作日历"},
    {"leaves the days that the calendar knows", "超出工作日历的有效期"},
    {"no day is known", "没有已知的日期"},
    {"no limit", "没有限额"},
    {"a row is no result", "行不能作为结果"},
    {"a macro that is not available", "不可用的宏"},
    {"an expression without a meaning", "表达式无意义"},
    {"a name without a meaning", "名称无意义"},
    {"no such field", "没有这个字段"},
    {"no such message", "没有这种消息"},
    {"no such function", "没有这个函数"},
    // rows
    {"it ends in the middle of a field", "在字段中间结束"},
    {"a number takes more bytes than any may", "数字占用的字节过多"},
    {"it has a field with the number 0", "含有编号为 0 的字段"},
    {"it has a field of no known wire type", "含有未知类型的字段"},
    {"messages lie within one another more than 100 deep", "嵌套超过 100 层"},
    {"it has more elements than one row may", "元素数超过单行上限"},
    {"a group ends that was not begun", "组未开始就结束"},
    {"a string is not UTF-8", "文本不是 UTF-8"},
    {"a field has more items than it may", "字段的项数超过上限"},
};

}  // namespace

absl::string_view FaultInChinese(absl::string_view detail) {
  const auto* found = std::find_if(std::begin(kWords), std::end(kWords),
                                   [detail](const FaultWords& words) { return words.en == detail; });
  return found == std::end(kWords) ? detail : found->zh;
}

}  // namespace assay
