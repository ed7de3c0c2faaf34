// Random well-typed expressions over the rows of one message type, as trees of text that can be cut down again.
// Entry points: ExpressionGenerator::Make, Text, Reductions. Most of what it makes passes the checker; what does not
// (decimals of over 38 digits after the point) is to be thrown away.
#ifndef ASSAY_TESTS_EXEC_EXPRESSION_GENERATOR_H_
#define ASSAY_TESTS_EXEC_EXPRESSION_GENERATOR_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "schema/schema.h"
#include "tests/exec/random_messages.h"

namespace assay {

// What an expression gives, by one letter: b bool, i int, u uint, f double, s string, y bytes, d decimal, D date,
// t timestamp, r duration, R a row of `message`; `lists` of them inside each other.
struct Shape {
  char letter = 'b';
  int lists = 0;
  const google::protobuf::Descriptor* message = nullptr;

  bool operator==(const Shape& other) const {
    return letter == other.letter && lists == other.lists && message == other.message;
  }
  Shape element() const { return {letter, lists - 1, message}; }
  Shape list() const { return {letter, lists + 1, message}; }
};

// pieces[0] parts[0] pieces[1] parts[1] … pieces[n].
struct Generated {
  Shape shape;
  std::vector<std::string> pieces;
  std::vector<Generated> parts;
};

std::string Text(const Generated& expression);

// The same expression with one sub-expression replaced by a part of its own shape, or by a literal: simpler ones.
std::vector<Generated> Reductions(const Generated& expression);

class ExpressionGenerator {
 public:
  // `random` outlives the generator.
  ExpressionGenerator(const Schema* schema, RandomEngine* random) : schema_(*schema), random_(random) {}

  // A name that expressions may use.
  void AddName(std::string name, const google::protobuf::Descriptor* message);
  void ClearNames() { names_.clear(); }

  // At most `depth` operations inside each other, comprehensions counting twice.
  Generated Make(const Shape& shape, int depth);

 private:
  struct Name {
    std::string text;
    Shape shape;
  };
  // A field that can be read from a row, by its path.
  struct Field {
    std::string path;  // "id", "detail.price"
    Shape shape;       // of a map: its values
    const google::protobuf::FieldDescriptor* field = nullptr;
    char key = 0;  // of a map: the letter of its keys; else 0
  };
  // A field and a row to read it from.
  struct Place {
    Generated row;
    const Field* field = nullptr;
  };

  const std::vector<Field>& FieldsOf(const google::protobuf::Descriptor* message);
  void CollectFields(const google::protobuf::Descriptor& message, const std::string& prefix, int depth,
                     std::vector<Field>* fields);

  Generated Leaf(const Shape& shape);
  Generated Literal(const Shape& shape);
  Generated FromForm(const Shape& shape, absl::string_view form, int depth);
  Generated MakePart(absl::string_view form, size_t* at, char any, int depth);

  // A row of a name, or an element of a list of rows, with a field that `fits`; nothing if no name has one.
  template <typename Fits>
  std::optional<Place> FindPlace(int depth, Fits fits);
  std::optional<Generated> FieldOfShape(const Shape& shape, int depth);
  std::optional<Generated> AboutField(const Shape& shape, int depth);
  std::optional<Generated> AboutEnum(const Shape& shape, int depth);
  std::optional<Generated> AboutMap(const Shape& shape, int depth);

  // A list or a map, and its comprehensions.
  struct RangeOf {
    Generated range;
    char key = 0;  // of a map; else 0
  };
  RangeOf Range(int depth);
  Generated Quantifier(int depth);
  Generated MapOver(const Shape& shape, int depth);
  std::optional<Generated> FilterOf(const Shape& shape, int depth);
  // range.macro(names, part…): one variable or two; the bodies see them.
  Generated Macro(const Shape& shape, RangeOf range, const char* macro, absl::Span<const Shape> bodies, int depth);
  // A test of the loop whose variables are the names from `own` on: a text of the element is one from around the loop.
  Generated EqualTexts(size_t own, int depth);

  const Schema& schema_;
  RandomEngine* random_;
  std::vector<Name> names_;
  std::map<const google::protobuf::Descriptor*, std::vector<Field>> fields_;
  int next_name_ = 0;
};

}  // namespace assay

#endif  // ASSAY_TESTS_EXEC_EXPRESSION_GENERATOR_H_
