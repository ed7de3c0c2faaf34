// What an expression stands for while it is planned: a column, rows, or a list of
// which only the shape is known. Lists are never built unless a result needs them.
#ifndef ASSAY_PLAN_SYMBOL_H_
#define ASSAY_PLAN_SYMBOL_H_

#include <memory>
#include <vector>

#include "lang/type.h"
#include "plan/program.h"

namespace assay {

// A value for each row of `level`.
struct Symbol {
  enum class Kind : uint8_t {
    kScalar,    // column `node`
    kRow,       // a row of level `rows`: the one named by row index column `node`, or with kNoNode the level's own row
    kList,      // the rows of level `elements` (a child of `level`), each standing for `element`
    kMap,       // the same with `key` and `element`
    kOptional,  // `element`, where the bool column `node` holds; what it is elsewhere means nothing
    kNull,      // the literal null
  };
  Kind kind = Kind::kScalar;
  LevelId level = kConstantLevel;
  NodeId node = kNoNode;
  const Type* type = nullptr;

  // kRow
  LevelId rows = kConstantLevel;
  const RowType* row_type = nullptr;
  std::vector<const google::protobuf::FieldDescriptor*> path;  // singular submessages of the row
  std::shared_ptr<const std::vector<Symbol>> arguments;        // of a table's row: what the table was asked about

  // kOptional: `element`. kList, kMap. Where `guard` errs, the list itself is an error.
  LevelId elements = kConstantLevel;
  NodeId guard = kNoNode;
  std::shared_ptr<const Symbol> key;
  std::shared_ptr<const Symbol> element;
};

}  // namespace assay

#endif  // ASSAY_PLAN_SYMBOL_H_
