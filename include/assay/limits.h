// What a rulebook, a row and a run may cost: bounds for texts and rows from anyone. One struct, with its defaults;
// given when a rulebook loads, it holds for all that is done with it. docs/language.md, "Limits", says how to choose.
#ifndef ASSAY_LIMITS_H_
#define ASSAY_LIMITS_H_

#include <cstdint>

namespace assay {

struct Limits {
  // -- Of one expression. What is beyond is an error of the rulebook, at its place.
  // ------------------------------------

  // Of brackets and `? :` inside each other, and of the tree: a + a + a is a tree of depth 3. Chains of && or || are
  // balanced, so they count by the logarithm of their length. Every pass over a tree may recurse this deep.
  int32_t max_depth = 250;

  // Of the tree: values, names, operators, calls; with those a macro drops again.
  int32_t max_nodes = 100'000;

  // Of the text.
  int32_t max_code_points = 100'000;

  // Of macros that loop, in each other's conditions: xs.all(x, ys.exists(y, …)) is 2. cel.bind does not count.
  int32_t max_comprehension_depth = 16;

  // Of a regular expression: bytes of its text, and instructions of the program that RE2 makes of it. A pattern from a
  // row that is beyond is an error value there.
  int32_t max_pattern_size = 10'000;

  // Elements that the expression's loops may go over for one row of the input, estimated before any row is seen, those
  // of loops inside each other multiplied. A list counts with its field's max_items, or default_max_items without one;
  // rows joined by one key, and parts of a text, as 10.
  int64_t max_expression_cost = 1'000'000'000'000'000;
  int32_t default_max_items = 1'000;

  // -- Of one row of the input. A row beyond is held with one finding; the others go on.
  // -------------------------------

  // Of all its lists together, as far as the rulebook reads them. The bound of one list is its field's max_items.
  int32_t max_row_elements = 1'000'000;

  // Values computed, counted as above over the elements there are, and one more for every sixteen bytes of texts read
  // or made by functions. A snapshot's values of its own rows may take as many for each dataset.
  int32_t max_row_cost = 100'000'000;

  // -- Of the part of a batch that is computed at once; a batch is cut into as many parts as it takes.
  // -----------------

  int32_t max_chunk_cost = 10'000'000;
};

}  // namespace assay

#endif  // ASSAY_LIMITS_H_
