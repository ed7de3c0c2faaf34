// What the names of a rulebook's expressions mean to the planner: rows of levels, parameters, joins, ledgers, tables.
//
// Entry point: PlanInputs, made by whoever owns the expressions. Plain values; it owns none of the trees.
#ifndef ASSAY_PLAN_PLAN_INPUTS_H_
#define ASSAY_PLAN_PLAN_INPUTS_H_

#include <memory>
#include <string>
#include <vector>

#include "lang/ast.h"
#include "lang/environment.h"
#include "table/decision_table.h"

namespace assay {

// What an environment's variable is: by EnvVariable::index.
struct VariableMeaning {
  enum class Kind : uint8_t {
    kLevelRow,    // `index`: the rulebook's level (0 is the input)
    kExpression,  // `ast`: a constant (a parameter)
    kVirtual,     // `index`: a virtual field of the input's row
    kInput,       // `index`: of PlanInputs::run_inputs, one value per run
    kArgument,    // `index`: argument of the host function being planned
  };
  Kind kind = Kind::kLevelRow;
  int index = 0;
  const Ast* ast = nullptr;
};

// A part of a join's key: a field of the joined rows, or a virtual field of theirs.
struct JoinKeyPart {
  const google::protobuf::FieldDescriptor* field = nullptr;
  int virtual_field = -1;
};

struct JoinMeaning {
  int dataset = -1;
  const RowType* row = nullptr;
  std::vector<JoinKeyPart> key;
  std::vector<const Ast*> on;
  const Ast* at = nullptr;
  const google::protobuf::FieldDescriptor* valid_from = nullptr;
  const google::protobuf::FieldDescriptor* valid_to = nullptr;
  bool many = false;
  std::vector<const google::protobuf::FieldDescriptor*> order_by;
  const Ast* when = nullptr;  // over variable `when_variable`: the joined row
  int when_variable = -1;
  // Rows of the same message at most `hours` before.
  const google::protobuf::FieldDescriptor* within = nullptr;
  const google::protobuf::FieldDescriptor* within_id = nullptr;
  const Ast* within_hours = nullptr;
  const Ast* last = nullptr;  // many: of the rows found so many, from the end
};

// What a virtual field is: by VirtualField::id.
struct VirtualMeaning {
  enum class Kind : uint8_t {
    kExpression,   // `ast`
    kJoin,         // `join`
    kLedger,       // a row of ledger results: its fields are kResult
    kResult,       // a column handed in: `stage`
    kTableOutput,  // of a table's answer: output `stage`
  };
  Kind kind = Kind::kExpression;
  std::string name;
  const Ast* ast = nullptr;
  JoinMeaning join;
  int stage = 0;
  bool sensitive = false;  // kResult: of a ledger whose accounts are opened from sensitive fields
  bool unmasked = false;   // kExpression: told although sensitive fields are read for it
  const Type* type = nullptr;
};

struct PlanInputs {
  Environment env;
  std::shared_ptr<const Schema> schema;
  const google::protobuf::Descriptor* input = nullptr;
  std::vector<const RowType*> levels;  // shapes by the rulebook's level number; 0 is the input
  std::vector<VariableMeaning> variables;
  std::vector<VirtualMeaning> virtuals;
  std::vector<const Type*> run_inputs;
  std::vector<std::shared_ptr<const DecisionTable>> tables;  // by HostFunction::index
  struct Dataset {
    std::string name;
    const google::protobuf::Descriptor* message;
  };
  std::vector<Dataset> datasets;
};

}  // namespace assay

#endif  // ASSAY_PLAN_PLAN_INPUTS_H_
