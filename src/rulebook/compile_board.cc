// The board of an evaluation: which outputs it shows, and which say what is listed and in which order. Entry point:
// Compiler::CompileBoard.
#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "base/suggest.h"
#include "rulebook/compiler.h"

namespace assay {

int Compiler::RowOutput(const std::string& name, const std::string& path, const CompiledOutput** compiled) {
  *compiled = nullptr;
  std::vector<absl::string_view> known;
  int found = -1;
  for (const v1::Output& output : book_->proto.outputs()) {
    if (output.name() == name && !output.each().empty()) {
      Error(path,
            absl::StrCat("a board lists the input's rows, and this is an output of ", output.each(), ": '", name, "'"),
            "");
      return -1;
    }
    if (!output.each().empty()) continue;
    if (output.name() == name) found = static_cast<int>(known.size());
    known.emplace_back(output.name());
  }
  if (found < 0) Error(path, absl::StrCat("no such output: '", name, "'"), Nearest(name, known));
  for (const CompiledOutput& output : book_->outputs) {
    if (output.proto->name() == name) *compiled = &output;
  }
  return found;
}

void Compiler::CheckOrder(const std::string& path, const CompiledOutput& output) {
  constexpr TypeKind kKinds[] = {TypeKind::kInt,  TypeKind::kUint,      TypeKind::kDecimal,
                                 TypeKind::kDate, TypeKind::kTimestamp, TypeKind::kDuration};
  const bool may_lack = output.type->is(TypeKind::kOptional) || output.type->is(TypeKind::kNullable);
  const Type& type = may_lack ? *output.type->element : *output.type;
  const bool is_ordered = type.enum_type == nullptr && std::any_of(std::begin(kKinds), std::end(kKinds),
                                                                   [&](TypeKind kind) { return type.is(kind); });
  if (is_ordered) return;
  Error(path,
        absl::StrCat("a board is in the order of an int, a uint, a decimal, a date, a timestamp or a duration, not of ",
                     TypeName(*output.type)),
        "");
}

void Compiler::CompileBoard() {
  const v1::Board& proto = book_->proto.evaluation().board();
  CompiledBoard& board = book_->evaluation.board;
  const CompiledOutput* output = nullptr;
  board.exists = true;
  if (proto.title().en().empty() && proto.title().zh().empty())
    Error("evaluation.board", "a board needs a title: {en: …, zh: …}", "");
  if (proto.columns().empty())
    Error("evaluation.board", "a board needs columns: names of outputs of the input's rows", "");
  std::set<std::string> seen;
  for (int i = 0; i < proto.columns_size(); ++i) {
    const std::string& name = proto.columns(i);
    const std::string path = absl::StrCat("evaluation.board.columns[", i, "]");
    if (!seen.insert(name).second) Error(path, absl::StrCat("a board has each column once: '", name, "'"), "");
    if (RowOutput(name, path, &output) < 0 || output == nullptr) continue;
    const v1::LocalizedText& heading = output->proto->description();
    if (heading.en().empty() && heading.zh().empty())
      Error(path, absl::StrCat("a column is headed by its output's description, and there is none: '", name, "'"), "");
  }
  const auto not_told = [&](const std::string& path) {
    if (output->sensitive)
      Error(path, "what is masked is not told by a list either: state 'unmasked' of the output", "");
  };
  if (!proto.listed().empty()) board.listed = RowOutput(proto.listed(), "evaluation.board.listed", &output);
  if (board.listed >= 0 && output != nullptr) {
    if (!output->type->is(TypeKind::kBool))
      Error("evaluation.board.listed",
            absl::StrCat("this says whether a row is listed: a bool, not ", TypeName(*output->type)), "");
    not_told("evaluation.board.listed");
  }
  if (!proto.order().empty()) board.order = RowOutput(proto.order(), "evaluation.board.order", &output);
  if (board.order >= 0 && output != nullptr) {
    CheckOrder("evaluation.board.order", *output);
    not_told("evaluation.board.order");
  }
}

}  // namespace assay
