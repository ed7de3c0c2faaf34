// The review section. Entry point: Compiler::CompileReview.
#include "absl/strings/str_cat.h"
#include "rulebook/compiler.h"

namespace assay {

void Compiler::CompileReview() {
  const v1::Review& proto = book_->proto.review();
  CompiledReview& review = book_->review;
  review.exists = true;
  review.lines = proto.lines().empty() ? -1 : Level(proto.lines(), "review.lines");
  const auto order = [&](const char* name, const std::string& text) {
    return Value(absl::StrCat("review.", name), text, 0, nullptr);
  };
  review.id = order("id", proto.id());
  review.revision = order("revision", proto.revision());
  review.amount = order("amount", proto.amount());
  review.currency = order("currency", proto.currency());
  review.confirmed_amount = order("confirmed_amount", proto.confirmed_amount());
  review.submitter = order("submitter", proto.submitter());
  review.partner = order("partner", proto.partner());
  review.district = order("district", proto.district());
  review.hold_due = Value("review.hold_due", proto.hold_due(), 0, Simple(TypeKind::kTimestamp));
  for (int i = 0; i < proto.priority_size(); ++i) {
    review.priority.push_back(Value(absl::StrCat("review.priority[", i, "]"), proto.priority(i), 0, nullptr));
  }
  if (proto.class_keys() > static_cast<uint32_t>(proto.priority_size())) {
    Error("review.class_keys",
          absl::StrCat("a class is told by 0 to ", proto.priority_size(), " keys of priority: ", proto.class_keys()),
          "");
  }
  review.firm_outcome = Value("review.firm_outcome", proto.firm_outcome(), 0, Simple(TypeKind::kString));
  review.firm_reason_by = Value("review.firm_reason_by", proto.firm_reason_by(), 0, Simple(TypeKind::kString));
  if (!review.id.exists()) Error("review", "a review needs to know the order's id", "");
  if (review.lines >= 0) {
    const auto line = [&](const char* name, const std::string& text) {
      return Value(absl::StrCat("review.", name), text, review.lines, nullptr);
    };
    review.line_id = line("line_id", proto.line_id());
    book_->row_names[review.lines] = {true, review.line_id};
    review.quantity = line("quantity", proto.quantity());
    review.unit = line("unit", proto.unit());
    review.product = line("product", proto.product());
    review.product_line = line("product_line", proto.product_line());
    review.warehouse = line("warehouse", proto.warehouse());
    if (!review.line_id.exists() || !review.quantity.exists())
      Error("review", "lines need a line_id and a quantity", "");
  }
  for (size_t i = 0; i < book_->ledgers.size(); ++i) {
    if (book_->ledgers[i].proto->name() == proto.stock()) review.stock = static_cast<int>(i);
  }
  if (!proto.stock().empty() && review.stock < 0)
    Error("review.stock", absl::StrCat("no such ledger: '", proto.stock(), "'"), "");
  KnownReason(proto.backorder_reason(), "review.backorder_reason");
  KnownReason(proto.short_reason(), "review.short_reason");
  KnownReason(proto.firm_reason(), "review.firm_reason");
  review.releases = ReviewDataset("releases", proto.releases(), "assay.v1.Release");
  review.exemptions = ReviewDataset("exemptions", proto.exemptions(), "assay.v1.Exemption");
  review.staff = ReviewDataset("staff", proto.staff(), "assay.v1.Staff");
  if (!proto.own_exemptions().empty()) review.own_exemptions = CompileExemptions(proto.own_exemptions());
}

CompiledExemptions Compiler::CompileExemptions(const std::string& list) {
  CompiledExemptions own;
  const std::string path = "review.own_exemptions";
  const std::pair<std::string, PlannedValue*> fields[] = {{"_.rule", &own.rule},
                                                          {"_.partner_id", &own.partner},
                                                          {"_.order_id", &own.order},
                                                          {"_.line_id", &own.line},
                                                          {"_.product_id", &own.product},
                                                          {"_.product_line", &own.product_line},
                                                          {"_.valid_from", &own.valid_from},
                                                          {"_.valid_until", &own.valid_until},
                                                          {"_.actor", &own.actor}};
  std::vector<ElementValue> values;
  for (const auto& [text, value] : fields) {
    const bool is_day = value == &own.valid_from || value == &own.valid_until;
    values.push_back({{path, &text, Simple(is_day ? TypeKind::kDate : TypeKind::kString)}, value});
  }
  const std::optional<Planner::Elements> elements =
      CompileElements({path, &list, nullptr}, "", {0, nullptr, &book_->names->inputs.env}, values);
  if (!elements.has_value()) return own;
  own.exists = true;
  own.level = elements->level;
  own.guard = elements->guard;
  return own;
}

int Compiler::ReviewDataset(const std::string& name, const std::string& dataset, const std::string& type) {
  if (dataset.empty()) return -1;
  for (int i = 0; i < book_->proto.datasets_size(); ++i) {
    if (book_->proto.datasets(i).name() != dataset) continue;
    if (book_->proto.datasets(i).type() != type)
      Error("review." + name, absl::StrCat("these rows must be ", type, ": '", dataset, "'"), "");
    return i;
  }
  Error("review." + name, absl::StrCat("no such dataset: '", dataset, "'"), "");
  return -1;
}

}  // namespace assay
