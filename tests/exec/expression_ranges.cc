// Fields, enums, maps and comprehensions of random expressions. Entry points: the private makers of
// ExpressionGenerator that Make calls.
#include "absl/strings/str_cat.h"
#include "lang/environment.h"
#include "tests/exec/expression_forms.h"
#include "tests/exec/expression_generator.h"

namespace assay {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

constexpr int kMaxPath = 2;

char LetterOf(ScalarKind kind) {
  switch (kind) {
    case ScalarKind::kBool:
      return 'b';
    case ScalarKind::kInt:
    case ScalarKind::kEnum:
      return 'i';
    case ScalarKind::kUint:
      return 'u';
    case ScalarKind::kDouble:
      return 'f';
    case ScalarKind::kString:
      return 's';
    case ScalarKind::kBytes:
      return 'y';
    case ScalarKind::kDecimal:
      return 'd';
    case ScalarKind::kDate:
      return 'D';
    case ScalarKind::kTimestamp:
      return 't';
    case ScalarKind::kDuration:
      return 'r';
    case ScalarKind::kMessage:
      break;
  }
  return 'R';
}

bool IsEnum(const FieldDescriptor* field) { return field->cpp_type() == FieldDescriptor::CPPTYPE_ENUM; }

// 'STANDARD', or now and then 'ORDER_KIND_STANDARD'.
std::string EnumLiteral(const google::protobuf::EnumDescriptor& type, RandomEngine* random) {
  const auto& value = *type.value(static_cast<int>(Pick(random, static_cast<size_t>(type.value_count()))));
  return absl::StrCat("'", Chance(random, 0.2) ? value.name() : EnumShortName(type, value.number()), "'");
}

}  // namespace

void ExpressionGenerator::CollectFields(const Descriptor& message, const std::string& prefix, int depth,
                                        std::vector<Field>* fields) {
  for (int i = 0; i < message.field_count(); ++i) {
    const FieldDescriptor* field = message.field(i);
    const FieldInfo info = schema_.Describe(*field);
    if (info.nullable) continue;
    const std::string path = prefix + field->name();
    if (info.is_map) {
      const FieldDescriptor* value = field->message_type()->map_value();
      const Shape shape = {LetterOf(schema_.Describe(*value).kind), 0, value->message_type()};
      const char key = LetterOf(schema_.Describe(*field->message_type()->map_key()).kind);
      if (shape.letter != 'R') fields->push_back({path, {shape.letter, 0, nullptr}, field, key});
      continue;
    }
    const char letter = LetterOf(info.kind);
    const Descriptor* type = letter == 'R' ? field->message_type() : nullptr;
    fields->push_back({path, {letter, info.repeated ? 1 : 0, type}, field, 0});
    if (letter == 'R' && !info.repeated && depth < kMaxPath) CollectFields(*type, path + ".", depth + 1, fields);
  }
}

const std::vector<ExpressionGenerator::Field>& ExpressionGenerator::FieldsOf(const Descriptor* message) {
  auto found = fields_.find(message);
  if (found != fields_.end()) return found->second;
  std::vector<Field>& fields = fields_[message];
  CollectFields(*message, "", 1, &fields);
  return fields;
}

template <typename Fits>
std::optional<ExpressionGenerator::Place> ExpressionGenerator::FindPlace(int depth, Fits fits) {
  std::vector<Place> places;
  const std::vector<Name> names = names_;  // making a part adds to them for a while
  for (const Name& name : names) {
    if (name.shape.letter != 'R' || name.shape.lists > 1) continue;
    if (name.shape.lists == 1 && depth <= 0) continue;
    Generated row = {{'R', 0, name.shape.message}, {name.text}, {}};
    if (name.shape.lists == 1) {
      row.pieces = {name.text + "[", "]"};
      row.parts = {Literal({'i', 0, nullptr})};
    }
    for (const Field& field : FieldsOf(name.shape.message)) {
      if (fits(field)) places.push_back({row, &field});
      if (depth <= 0 || field.key != 0 || field.shape.letter != 'R' || field.shape.lists != 1) continue;
      // One more way down: an element of a repeated message.
      Generated element = {field.shape.element(), {"", absl::StrCat(".", field.path, "["), "]"}, {row}};
      element.parts.push_back(Chance(random_, 0.7) ? Literal({'i', 0, nullptr}) : Make({'i', 0, nullptr}, depth - 2));
      for (const Field& below : FieldsOf(field.shape.message)) {
        if (fits(below)) places.push_back({element, &below});
      }
    }
  }
  if (places.empty()) return std::nullopt;
  return std::move(places[Pick(random_, places.size())]);
}

std::optional<Generated> ExpressionGenerator::FieldOfShape(const Shape& shape, int depth) {
  std::optional<Place> place =
      FindPlace(depth, [&](const Field& field) { return field.key == 0 && field.shape == shape; });
  if (!place.has_value()) return std::nullopt;
  return Generated{shape, {"", absl::StrCat(".", place->field->path)}, {std::move(place->row)}};
}

// has(row.field), and text(row.field) of an annotated one.
std::optional<Generated> ExpressionGenerator::AboutField(const Shape& shape, int depth) {
  const bool has = shape == Shape{};
  if (!has && !(shape == Shape{'s', 0, nullptr})) return std::nullopt;
  std::optional<Place> place = FindPlace(depth, [&](const Field& field) {
    return has || (field.shape.lists == 0 && field.key == 0 && schema_.Describe(*field.field).is_annotated_text());
  });
  if (!place.has_value()) return std::nullopt;
  return Generated{shape, {has ? "has(" : "text(", absl::StrCat(".", place->field->path, ")")}, {place->row}};
}

// Comparisons of enums with names, and names of enums.
std::optional<Generated> ExpressionGenerator::AboutEnum(const Shape& shape, int depth) {
  const bool test = shape == Shape{};
  if (!test && !(shape == Shape{'s', 0, nullptr})) return std::nullopt;
  std::optional<Place> place = FindPlace(
      depth, [](const Field& field) { return IsEnum(field.field) && field.shape.lists == 0 && field.key == 0; });
  if (!place.has_value()) return std::nullopt;
  const std::string path = absl::StrCat(".", place->field->path);
  if (!test) return Generated{shape, {"name(", path + ")"}, {place->row}};
  const google::protobuf::EnumDescriptor& type = *place->field->field->enum_type();
  const std::string name = EnumLiteral(type, random_);
  switch (Pick(random_, 4)) {
    case 0:
      return Generated{shape, {"(", absl::StrCat(path, " == ", name, ")")}, {place->row}};
    case 1:
      return Generated{shape, {absl::StrCat("(", name, " != "), path + ")"}, {place->row}};
    case 2:
      return Generated{shape,
                       {"((", " ? ", absl::StrCat(path, " : ", name, ") == ", EnumLiteral(type, random_), ")")},
                       {Make({}, depth - 2), place->row}};
    default:
      return Generated{
          shape, {"(", absl::StrCat(path, " in [", name, ", ", EnumLiteral(type, random_), "])")}, {place->row}};
  }
}

std::optional<Generated> ExpressionGenerator::AboutMap(const Shape& shape, int depth) {
  const bool test = shape == Shape{};
  const bool size = shape == Shape{'i', 0, nullptr} && Chance(random_, 0.5);
  std::optional<Place> place =
      FindPlace(depth, [&](const Field& field) { return field.key != 0 && (test || size || field.shape == shape); });
  if (!place.has_value()) return std::nullopt;
  const std::string path = absl::StrCat(".", place->field->path);
  if (size) return Generated{shape, {"size(", path + ")"}, {place->row}};
  Generated key = Make({place->field->key, 0, nullptr}, depth - 2);
  const bool member = test && (place->field->shape.letter != 'b' || Chance(random_, 0.5));
  if (member) return Generated{shape, {"(", " in ", path + ")"}, {std::move(key), place->row}};
  return Generated{shape, {"", path + "[", "]"}, {place->row, std::move(key)}};
}

ExpressionGenerator::RangeOf ExpressionGenerator::Range(int depth) {
  if (Chance(random_, 0.15)) {
    std::optional<Place> map = FindPlace(0, [](const Field& field) { return field.key != 0; });
    if (map.has_value()) {
      return {{map->field->shape.list(), {"", absl::StrCat(".", map->field->path)}, {map->row}}, map->field->key};
    }
  }
  if (Chance(random_, 0.75)) {
    std::optional<Place> list =
        FindPlace(depth - 1, [](const Field& field) { return field.key == 0 && field.shape.lists == 1; });
    if (list.has_value()) {
      Generated range = {list->field->shape, {"", absl::StrCat(".", list->field->path)}, {list->row}};
      const bool filtered = depth > 1 && Chance(random_, 0.25);
      if (!filtered) return {range, 0};
      const Shape test[] = {Shape{}};
      return {Macro(range.shape, {range, 0}, "filter", test, depth - 1), 0};
    }
  }
  constexpr absl::string_view kLetters = "iiusdDtrsd";
  const Shape element = {kLetters[Pick(random_, kLetters.size())], 0, nullptr};
  const bool nested = depth > 2 && Chance(random_, 0.2);
  return {nested ? MapOver(element.list().list(), depth - 1) : Make(element.list(), depth - 1), 0};
}

Generated ExpressionGenerator::EqualTexts(size_t own, int depth) {
  const Shape text = {'s', 0, nullptr};
  const std::vector<Name> names = names_;
  const auto loop = names.begin() + static_cast<std::ptrdiff_t>(own);
  names_.assign(loop, names.end());
  Generated element = Make(text, depth - 1);
  names_.assign(names.begin(), loop);
  Generated around = Make(text, depth - 1);
  names_ = names;
  if (Chance(random_, 0.5)) std::swap(element, around);
  Generated made = {Shape{}, {"(", " == ", ")"}, {std::move(element), std::move(around)}};
  if (Chance(random_, 0.5)) return made;
  return {Shape{}, {"(", " && ", ")"}, {std::move(made), Make(Shape{}, depth - 1)}};
}

Generated ExpressionGenerator::Macro(const Shape& shape, RangeOf range, const char* macro,
                                     absl::Span<const Shape> bodies, int depth) {
  const Shape element = range.range.shape.element();
  const bool two = absl::string_view(macro) == "transformList" ||
                   (absl::string_view(macro).substr(0, 2) == "ex" && Chance(random_, 0.25));
  const std::string first = absl::StrCat("v", next_name_++);
  const std::string second = absl::StrCat("w", next_name_);
  const Shape key = {range.key, 0, nullptr};
  const size_t names = names_.size();
  if (two) {
    names_.push_back({first, range.key != 0 ? key : Shape{'i', 0, nullptr}});
    names_.push_back({second, element});
  } else {
    names_.push_back({first, range.key != 0 ? key : element});
  }
  Generated made = {shape, {"", absl::StrCat(".", macro, "(", first, two ? ", " + second : "", ", ")}, {}};
  made.parts.push_back(std::move(range.range));
  for (const Shape& body : bodies) {
    const bool is_test = body == Shape{} && !two && names > 0;
    const bool is_of_texts = is_test && Chance(random_, 0.2);
    made.parts.push_back(is_of_texts ? EqualTexts(names, depth - 1) : Make(body, depth - 1));
    made.pieces.emplace_back(", ");
  }
  made.pieces.back() = ")";
  names_.resize(names);
  return made;
}

Generated ExpressionGenerator::Quantifier(int depth) {
  constexpr const char* kMacros[] = {"all", "exists", "exists", "exists_one"};
  const Shape test[] = {Shape{}};
  return Macro(Shape{}, Range(depth - 1), kMacros[Pick(random_, 4)], test, depth);
}

Generated ExpressionGenerator::MapOver(const Shape& shape, int depth) {
  const Shape element = shape.element();
  const Shape plain[] = {element};
  const Shape tested[] = {Shape{}, element};
  if (Chance(random_, 0.2)) return Macro(shape, Range(depth - 1), "map", tested, depth);
  return Macro(shape, Range(depth - 1), Chance(random_, 0.15) ? "transformList" : "map", plain, depth);
}

std::optional<Generated> ExpressionGenerator::FilterOf(const Shape& shape, int depth) {
  const Shape test[] = {Shape{}};
  return Macro(shape, {Make(shape, depth - 1), 0}, "filter", test, depth);
}

}  // namespace assay
