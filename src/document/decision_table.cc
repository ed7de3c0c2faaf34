// Head, rows and the row for all other cases. Entry point: WriteDecisionTable.
#include "document/decision_table.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace assay {
namespace {

// The columns that a table has beside its inputs and outputs.
struct Margin {
  bool effective = false;
  bool annotation = false;
};

void WriteColumn(const v1::TableColumn& column, bool gives, ValueWriter* values, HtmlWriter* html) {
  gives ? html->Put("<th class=\"gives\">") : html->Put("<th>");
  html->Put("<code>%</code><small>%", {column.name(), column.type()});
  if (column.has_decimal()) {
    html->Put("(%, %)", {absl::StrCat(column.decimal().precision()), absl::StrCat(column.decimal().scale())});
  }
  html->Put("</small>");
  for (const std::string& value : column.values()) {  // best first
    html->Put("<small>");
    values->Expression(value);
    html->Put("</small>");
  }
  html->Put("</th>");
}

void WriteTitle(const Words& words, int columns, bool gives, HtmlWriter* html) {
  gives ? html->Put("<th class=\"gives\"") : html->Put("<th");
  html->Put(" colspan=\"%\">", {absl::StrCat(columns)});
  html->Say(words);
  html->Put("</th>");
}

void WriteHead(const v1::Table& table, const Margin& margin, ValueWriter* values, HtmlWriter* html) {
  html->Put("<thead><tr><th rowspan=\"2\">");
  html->Say(Words{"Row", "行"});
  html->Put("</th>");
  if (table.inputs_size() > 0) WriteTitle({"Inputs", "输入"}, table.inputs_size(), false, html);
  if (table.outputs_size() > 0) WriteTitle({"Outputs", "输出"}, table.outputs_size(), true, html);
  if (margin.effective) WriteTitle({"In force", "有效期"}, 1, false, html);
  if (margin.annotation) WriteTitle({"Remark", "备注"}, 1, false, html);
  html->Put("</tr><tr>");
  for (const v1::TableColumn& column : table.inputs()) WriteColumn(column, false, values, html);
  for (const v1::TableColumn& column : table.outputs()) WriteColumn(column, true, values, html);
  if (margin.effective) html->Put("<th></th>");
  if (margin.annotation) html->Put("<th></th>");
  html->Put("</tr></thead>\n");
}

void WriteRowEnd(const v1::TableRow& row, const Margin& margin, ValueWriter* values, HtmlWriter* html) {
  if (margin.effective) {
    html->Put("<td>");
    values->Effective(row.effective());
    html->Put("</td>");
  }
  if (margin.annotation) {
    html->Put("<td>");
    html->Say(row.annotation());
    html->Put("</td>");
  }
  html->Put("</tr>\n");
}

void WriteRow(const v1::Table& table, int index, const Margin& margin, ValueWriter* values, HtmlWriter* html) {
  const v1::TableRow& row = table.rows(index);
  html->Put("<tr><td><code>%</code></td>", {row.id().empty() ? absl::StrCat(index + 1) : row.id()});
  for (int i = 0; i < row.cells_size(); ++i) {
    i < table.inputs_size() ? html->Put("<td>") : html->Put("<td class=\"gives\">");
    values->Expression(row.cells(i));
    html->Put("</td>");
  }
  WriteRowEnd(row, margin, values, html);
}

void WriteDefault(const v1::Table& table, const Margin& margin, ValueWriter* values, HtmlWriter* html) {
  html->Put("<tr><td colspan=\"%\">", {absl::StrCat(table.inputs_size() + 1)});
  html->Say(Words{"Otherwise", "其他情况"});
  html->Put(" <code>%</code></td>", {table.default_().id()});
  for (const std::string& cell : table.default_().cells()) {
    html->Put("<td class=\"gives\">");
    values->Expression(cell);
    html->Put("</td>");
  }
  WriteRowEnd(table.default_(), margin, values, html);
}

// The policy, which a table need not state.
v1::Table PolicyOf(const v1::Table& table) {
  v1::Table policy;
  policy.set_hit_policy(table.hit_policy() == v1::HIT_POLICY_UNSPECIFIED ? v1::HIT_POLICY_UNIQUE : table.hit_policy());
  return policy;
}

}  // namespace

void WriteDecisionTable(const v1::Table& table, const std::string& path, ValueWriter* values, HtmlWriter* html) {
  const auto& rows = table.rows();
  const Margin margin = {std::any_of(rows.begin(), rows.end(), [](const auto& row) { return row.has_effective(); }),
                         std::any_of(rows.begin(), rows.end(), [](const auto& row) { return row.has_annotation(); })};
  values->Fields(PolicyOf(table), path, {});
  values->Fields(table, path, {"name", "description", "hit_policy", "inputs", "outputs", "rows", "default"});
  html->Put("<div class=\"scroll\"><table>");
  WriteHead(table, margin, values, html);
  html->Put("<tbody>\n");
  for (int i = 0; i < table.rows_size(); ++i) WriteRow(table, i, margin, values, html);
  if (table.has_default_()) WriteDefault(table, margin, values, html);
  html->Put("</tbody></table></div>\n");
  values->PlaceIfElsewhere(path, absl::StrCat(path, ".rows[0]"));
}

}  // namespace assay
