// Makes random expressions from the table of forms and from the fields of the rows in reach. Entry points:
// ExpressionGenerator::AddName, Make. Comprehensions and fields are in expression_ranges.cc.
#include "tests/exec/expression_generator.h"

#include "absl/strings/str_cat.h"
#include "tests/exec/expression_forms.h"

namespace assay {
namespace {

constexpr double kLeafEarly = 0.1;

// "LLd" as a shape.
Shape ParseShape(absl::string_view text, char any) {
  Shape shape;
  while (text[static_cast<size_t>(shape.lists)] == 'L') ++shape.lists;
  shape.letter = text[static_cast<size_t>(shape.lists)];
  if (shape.letter == 'e') shape.letter = any;
  return shape;
}

bool Gives(const Form& form, const Shape& shape) {
  const Shape result = ParseShape(form.result, shape.letter);
  return result.letter == shape.letter && result.lists == shape.lists;
}

Generated Written(const Shape& shape, absl::string_view text) { return {shape, {std::string(text)}, {}}; }

Generated SimplestLiteral(const Shape& shape) {
  const std::string text(Literals(shape.letter)[0]);
  return Written(shape, shape.lists == 0 ? text : absl::StrCat("[", text, "]"));
}

void CollectDescendants(const Generated& of, const Shape& shape, std::vector<const Generated*>* found) {
  for (const Generated& part : of.parts) {
    if (part.shape == shape) found->push_back(&part);
    CollectDescendants(part, shape, found);
  }
}

// Every tree made by one cut at `at` or below; `root` is the whole.
void CollectReductions(const Generated& root, Generated* at, std::vector<Generated>* reductions) {
  const Generated original = *at;
  std::vector<const Generated*> descendants;
  CollectDescendants(original, original.shape, &descendants);
  for (const Generated* descendant : descendants) {
    *at = *descendant;
    reductions->push_back(root);
  }
  if (original.shape.letter != 'R' && original.shape.lists < 2) {
    *at = SimplestLiteral(original.shape);
    if (Text(*at) != Text(original)) reductions->push_back(root);
  }
  *at = original;
  for (Generated& part : at->parts) CollectReductions(root, &part, reductions);
}

}  // namespace

std::string Text(const Generated& expression) {
  std::string text = expression.pieces[0];
  for (size_t i = 0; i < expression.parts.size(); ++i) {
    absl::StrAppend(&text, Text(expression.parts[i]), expression.pieces[i + 1]);
  }
  return text;
}

std::vector<Generated> Reductions(const Generated& expression) {
  std::vector<Generated> reductions;
  Generated root = expression;
  CollectReductions(root, &root, &reductions);
  return reductions;
}

void ExpressionGenerator::AddName(std::string name, const google::protobuf::Descriptor* message) {
  names_.push_back({std::move(name), {'R', 0, message}});
}

Generated ExpressionGenerator::Literal(const Shape& shape) {
  const absl::Span<const absl::string_view> literals = Literals(shape.letter);
  std::string text;
  const size_t count = shape.lists == 0 ? 1 : 1 + Pick(random_, 3);
  for (size_t i = 0; i < count; ++i) {
    absl::StrAppend(&text, i == 0 ? "" : ", ", literals[Pick(random_, literals.size())]);
  }
  for (int i = 0; i < shape.lists; ++i) text = absl::StrCat("[", text, "]");
  return Written(shape, text);
}

// A name, a field or a literal.
Generated ExpressionGenerator::Leaf(const Shape& shape) {
  std::vector<const Name*> fitting;
  for (const Name& name : names_) {
    if (name.shape == shape) fitting.push_back(&name);
  }
  if (!fitting.empty() && Chance(random_, 0.6)) return Written(shape, fitting[Pick(random_, fitting.size())]->text);
  std::optional<Generated> field = Chance(random_, 0.8) ? FieldOfShape(shape, 0) : std::nullopt;
  return field.has_value() ? *std::move(field) : Literal(shape);
}

// The part that "$…" at form[*at] asks for; *at moves behind it.
Generated ExpressionGenerator::MakePart(absl::string_view form, size_t* at, char any, int depth) {
  const Shape shape = ParseShape(form.substr(*at + 1), any);
  *at += 2 + static_cast<size_t>(shape.lists);
  const bool written_out = absl::string_view("nmczp").find(shape.letter) != absl::string_view::npos;
  return written_out ? Literal(shape) : Make(shape, depth - 1);
}

Generated ExpressionGenerator::FromForm(const Shape& shape, absl::string_view form, int depth) {
  Generated made = {shape, {""}, {}};
  for (size_t at = 0; at < form.size();) {
    if (form[at] != '$') {
      made.pieces.back().push_back(form[at++]);
      continue;
    }
    made.parts.push_back(MakePart(form, &at, shape.letter, depth));
    made.pieces.push_back("");
  }
  return made;
}

Generated ExpressionGenerator::Make(const Shape& shape, int depth) {
  if (depth <= 0 || Chance(random_, kLeafEarly)) return Leaf(shape);
  std::optional<Generated> special;
  const double choice = static_cast<double>(Pick(random_, 100)) / 100;
  if (choice < 0.20)
    special = FieldOfShape(shape, depth);
  else if (choice < 0.25)
    special = AboutField(shape, depth);
  else if (choice < 0.31)
    special = AboutEnum(shape, depth);
  else if (choice < 0.35)
    special = AboutMap(shape, depth);
  else if (choice < 0.50 && shape.lists == 1)
    special = FilterOf(shape, depth);
  else if (choice < 0.85 && shape.lists == 1)
    special = MapOver(shape, depth);
  else if (choice < 0.60 && shape == Shape{})
    special = Quantifier(depth);
  if (special.has_value()) return *std::move(special);
  std::vector<const Form*> forms;
  for (const absl::Span<const Form> some : {Forms(), ListForms(), TimeForms()}) {
    for (const Form& form : some) {
      if (Gives(form, shape)) forms.push_back(&form);
    }
  }
  if (forms.empty()) return Leaf(shape);
  return FromForm(shape, forms[Pick(random_, forms.size())]->text, depth);
}

}  // namespace assay
