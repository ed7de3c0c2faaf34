// Messages that an expression makes: M{field: value, ?field: optional}. Their names are found as other names are, their
// fields take what CEL converts to them. Entry point: CheckScope::VisitMessage.
#include "absl/strings/str_cat.h"
#include "base/suggest.h"
#include "lang/check_scope.h"

namespace assay {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

// The message a name means in the environment's container; nullptr if there is none.
const Descriptor* FindMessage(const Environment& env, absl::string_view name) {
  if (env.schema == nullptr) return nullptr;
  for (const std::string& candidate : NameCandidates(env.container, name)) {
    if (const Descriptor* message = env.schema->MessageOrNull(candidate)) return message;
  }
  return nullptr;
}

}  // namespace

void CheckScope::VisitMessage(Expr* expr) {
  const Descriptor* message = FindMessage(env_, expr->name);
  for (size_t i = 0; i < expr->args.size(); ++i) {
    Visit(expr->args[i]);
    if (message != nullptr) VisitEntry(expr, i, *message);
  }
  if (message != nullptr) {
    expr->ref.kind = Reference::Kind::kMessage;
    expr->ref.message = message;
    expr->type = MessageValueType(env_.types, message);
    return;
  }
  std::vector<absl::string_view> names;
  if (env_.schema != nullptr) names.assign(env_.schema->message_names().begin(), env_.schema->message_names().end());
  expr->type = Fail(expr->focus, absl::StrCat("no such message: '", expr->name, "'"), Nearest(expr->name, names));
}

void CheckScope::VisitEntry(Expr* expr, size_t i, const Descriptor& message) {
  const RowType& row = *env_.types->Message(&message);
  const FieldDescriptor* field = FindField(row, expr->fields[i]);
  if (field == nullptr) {
    std::vector<absl::string_view> names;
    for (int k = 0; k < message.field_count(); ++k) names.emplace_back(message.field(k)->name());
    Fail(expr->focus, absl::StrCat("'", expr->fields[i], "' is not a field of ", message.full_name()),
         Nearest(expr->fields[i], names));
    return;
  }
  const Type* wanted = FieldType(env_, row, field);
  const bool optional = !expr->optional_entries.empty() && expr->optional_entries[i];
  Expr*& value = expr->args[i];
  if (optional) OptionalEntry(value);
  if (Coerce(value, optional ? env_.types->Optional(wanted) : wanted)) return;
  Fail(value->range,
       absl::StrCat("field '", expr->fields[i], "' is ", WithArticle(*wanted), ", this is ", WithArticle(*value->type)),
       Conversion(*value, *wanted));
}

}  // namespace assay
