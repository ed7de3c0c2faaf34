// What an expression may cost before it is refused. Entry point: ParseLimits, plain values; the defaults are a public
// promise of the rule language.
#ifndef ASSAY_LANG_PARSE_LIMITS_H_
#define ASSAY_LANG_PARSE_LIMITS_H_

namespace assay {

struct ParseLimits {
  // Of brackets and `? :` inside each other, and of the tree: a + a + a is a tree of depth 3. Chains of && or || are
  // balanced, so they count by the logarithm of their length. Every pass over a tree may recurse this deep.
  int max_depth = 250;

  // Of the tree, with those a macro drops again.
  int max_nodes = 100'000;

  // Of the text.
  int max_code_points = 100'000;

  // Of macros that loop, in each other's conditions: xs.all(x, ys.exists(y, …)) is 2. cel.bind does not count.
  int max_comprehension_depth = 16;
};

}  // namespace assay

#endif  // ASSAY_LANG_PARSE_LIMITS_H_
