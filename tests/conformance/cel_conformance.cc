// Runs CEL's conformance suite: cel_conformance [DIR [FILE…]]. Every test goes through the plain evaluator. It prints
// each failure and, last, "N passed, M failed, K skipped"; the exit code is 77 where there is no suite.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "interp/evaluator.h"
#include "lang/checker.h"
#include "lang/parser.h"
#include "tests/conformance/cel_suite.h"
#include "tests/conformance/cel_values.h"

namespace assay {
namespace {

// A variable's value by the number of its name.
class SuiteActivation : public Activation {
 public:
  explicit SuiteActivation(const Schema* schema) : schema_(schema) {}

  int Add(Value value) {
    values_.push_back(std::move(value));
    return static_cast<int>(values_.size()) - 1;
  }

  Value Variable(int index) const override { return values_[static_cast<size_t>(index)]; }
  Value VirtualField(const Value&, int) const override { return Value::Error(ErrorKind::kInvalidArgument, ""); }
  Value HostFunction(int, absl::Span<const Value>) const override {
    return Value::Error(ErrorKind::kInvalidArgument, "");
  }
  const Schema* schema() const override { return schema_; }

 private:
  const Schema* schema_;
  std::vector<Value> values_;
};

struct Verdict {
  bool passed = false;
  std::string said;  // why not
};

class Runner {
 public:
  Runner(std::shared_ptr<const Schema> schema) : schema_(std::move(schema)), functions_(&types_) {}

  Verdict Run(const SuiteTest& test) {
    SuiteActivation activation(schema_.get());
    const Environment env = EnvironmentOf(test, &activation);
    const absl::StatusOr<SourceText> source = SourceText::Create("", test.expr);
    if (!source.ok()) return Outcome(test, Value::Error(ErrorKind::kInvalidArgument, source.status().message()));
    IssueList issues;
    std::optional<Ast> ast = Parse(*source, ParseLimits{}, &issues);
    if (!ast.has_value() || !Check(env, *source, nullptr, &*ast, &issues)) {
      return Outcome(test, Value::Error(ErrorKind::kInvalidArgument, Format(issues)));
    }
    if (test.deduced_type != nullptr) {
      const std::string wanted = SuiteTypeName(*test.deduced_type);
      const std::string actual = SuiteTypeName(*ast->root->type);
      if (wanted != actual) return {false, absl::StrCat("type ", actual, ", expected ", wanted)};
    }
    if (test.check_only) return {true, ""};
    return Outcome(test, Evaluate(*ast->root, activation, EvaluateOptions{}));
  }

 private:
  Environment EnvironmentOf(const SuiteTest& test, SuiteActivation* activation) {
    Environment env;
    env.types = &types_;
    env.functions = &functions_;
    env.schema = schema_.get();
    env.container = test.container;
    env.late_binding = test.disable_check;
    for (const auto& [name, type] : test.types) {
      const auto bound = test.bindings.find(name);
      const int index =
          activation->Add(bound == test.bindings.end() ? Value::Error(ErrorKind::kInvalidArgument, "unbound")
                                                       : ValueFromSuite(*schema_, *bound->second));
      env.variables[name] = {TypeFromSuite(*schema_, functions_, &types_, *type), index};
    }
    for (const auto& [name, function] : test.functions) {
      const google::protobuf::Message& overload = *GetMessages(*function, "overloads").front();
      HostFunction& host = env.host_functions[name];
      host.index = 0;
      host.result = TypeFromSuite(*schema_, functions_, &types_, GetMessage(overload, "result_type"));
      for (const auto* param : GetMessages(overload, "params")) {
        host.args.push_back(TypeFromSuite(*schema_, functions_, &types_, *param));
      }
    }
    for (const auto& [name, value] : test.bindings) {
      if (test.types.count(name) != 0) continue;
      env.variables[name] = {types_.Simple(TypeKind::kDyn), activation->Add(ValueFromSuite(*schema_, *value))};
    }
    return env;
  }

  Verdict Outcome(const SuiteTest& test, const Value& actual) {
    if (test.is_error) return {actual.is_error(), "expected an error, got " + DebugString(actual)};
    const Value expected = test.value == nullptr ? Value::Bool(true) : ValueFromSuite(*schema_, *test.value);
    return {Matches(actual, expected), absl::StrCat("expected ", DebugString(expected), ", got ", DebugString(actual))};
  }

  std::shared_ptr<const Schema> schema_;
  TypeTable types_;
  FunctionTable functions_;
};

int Main(int argc, char** argv) {
  const char* shared = std::getenv("ASSAY_SHARED_DIR");
  const std::string folder =
      argc > 1 ? argv[1] : (shared != nullptr ? shared : std::string(ASSAY_SOURCE_DIR "/../shared")) + "/cel-spec";
  if (!std::filesystem::exists(folder + "/descriptors.binpb")) {
    std::cout << "skipped: no conformance suite at " << folder << "\n";
    return 77;
  }
  const absl::StatusOr<Suite> suite = Suite::Load(folder);
  if (!suite.ok()) {
    std::cerr << suite.status() << "\n";
    return 2;
  }
  const std::set<std::string> wanted(argv + std::min(argc, 2), argv + argc);
  int passed = 0;
  int failed = 0;
  int skipped = 0;
  Runner runner(suite->schema());
  for (const SuiteTest& test : suite->tests()) {
    if (!wanted.empty() && wanted.count(test.file) == 0) continue;
    const bool strong = test.file == "enums" && test.section.rfind("strong", 0) == 0;
    if (test.file == "network_ext" || strong) {
      ++skipped;
      continue;
    }
    const Verdict verdict = runner.Run(test);
    verdict.passed ? ++passed : ++failed;
    if (!verdict.passed) std::cout << test.id() << ": " << test.expr << "\n    " << verdict.said << "\n";
  }
  std::cout << passed << " passed, " << failed << " failed, " << skipped << " skipped\n";
  return failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace assay

int main(int argc, char** argv) { return assay::Main(argc, argv); }
