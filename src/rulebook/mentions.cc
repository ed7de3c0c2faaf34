// Reads by reflection, so that a field that is new is no field forgotten. Entry point: MentionsOf. A name too many
// keeps a thing that nothing uses from being told; none is missed.
#include "rulebook/mentions.h"

#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "assay/v1/rulebook.pb.h"
#include "base/source.h"
#include "lang/ast.h"
#include "lang/parser.h"

namespace assay {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

class Collector {
 public:
  explicit Collector(const Limits& limits) : limits_(limits) {}

  void Walk(const Message& message) {
    if (message.GetDescriptor() == v1::LocalizedText::descriptor()) return;
    const google::protobuf::Reflection& reflection = *message.GetReflection();
    std::vector<const FieldDescriptor*> fields;
    reflection.ListFields(message, &fields);
    for (const FieldDescriptor* field : fields) {
      const int count = field->is_repeated() ? reflection.FieldSize(message, field) : 1;
      for (int i = 0; i < count; ++i) {
        if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
          Read(field->is_repeated() ? reflection.GetRepeatedString(message, field, i)
                                    : reflection.GetString(message, field));
        } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
          Walk(field->is_repeated() ? reflection.GetRepeatedMessage(message, field, i)
                                    : reflection.GetMessage(message, field));
        }
      }
    }
  }

  Mentions mentions;

 private:
  void Read(const std::string& text) {
    if (text.empty() || !read_.insert(text).second) return;
    const absl::StatusOr<SourceText> source = SourceText::Create("", text);
    if (!source.ok()) return;
    mentions.insert(text);
    IssueList ignored;
    std::optional<Ast> ast = Parse(*source, limits_, &ignored);
    if (!ast.has_value()) ast = ParseUnaryTests(*source, limits_, &ignored);
    if (!ast.has_value()) return;  // a name, a day
    for (const Expr& expr : ast->nodes) Add(expr);
  }

  void Add(const Expr& expr) {
    if (expr.kind == ExprKind::kConstant && expr.constant.kind == TypeKind::kString) {
      mentions.insert(expr.constant.text);
    } else if (expr.kind == ExprKind::kIdent) {
      mentions.insert(expr.name);
    } else if (expr.operand != nullptr && (expr.kind == ExprKind::kSelect || expr.kind == ExprKind::kCall)) {
      mentions.insert(absl::StrCat(".", expr.name));
      if (expr.operand->kind == ExprKind::kIdent) mentions.insert(absl::StrCat(expr.operand->name, ".", expr.name));
    }
  }

  const Limits& limits_;
  absl::flat_hash_set<std::string> read_;
};

}  // namespace

Mentions MentionsOf(const Message& message, const Limits& limits) {
  Collector collector(limits);
  collector.Walk(message);
  return std::move(collector.mentions);
}

}  // namespace assay
