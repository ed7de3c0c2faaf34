// Runs CEL's conformance suite: cel_conformance [DIR [FILE…]]. With --types in place of the files it prints the type of
// each expression instead. Every test goes through the plain evaluator; those
// that have a form over rows run as columns too, as written and with their literals outlined. It prints each failure
// and, last, "N passed, M failed, K skipped"; the exit code is 77 where there is no suite.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "interp/evaluator.h"
#include "lang/checker.h"
#include "lang/parser.h"
#include "tests/conformance/cel_suite.h"
#include "tests/conformance/cel_values.h"
#include "tests/conformance/column_run.h"

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

  size_t size() const { return values_.size(); }
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
    std::optional<Ast> ast = Parse(*source, Limits{}, &issues);
    if (!ast.has_value() || !Check(env, *source, nullptr, &*ast, &issues)) {
      CountNeither("the suite expects that it is refused");
      return Outcome(test, Value::Error(ErrorKind::kInvalidArgument, Format(issues)));
    }
    if (test.deduced_type != nullptr) {
      const std::string wanted = SuiteTypeName(*test.deduced_type);
      const std::string actual = SuiteTypeName(*ast->root->type);
      if (wanted != actual) return {false, absl::StrCat("type ", actual, ", expected ", wanted)};
    }
    if (test.check_only) {
      CountNeither("the suite asks for its type only");
      return {true, ""};
    }
    const Verdict plain = Outcome(test, Evaluate(*ast->root, activation, EvaluateOptions{}));
    if (!plain.passed) return plain;
    if (test.disable_check) {
      CountNeither("it is to run unchecked, so without types");
      return plain;
    }
    for (const bool outlined : {false, true}) {
      const Verdict columns = RunColumns(test, env, *source, activation, outlined);
      if (!columns.passed) return columns;
    }
    return plain;
  }

  // The type of the expression, in CEL's words; "" if it does not check.
  std::string TypeOf(const SuiteTest& test) {
    SuiteActivation activation(schema_.get());
    Environment env = EnvironmentOf(test, &activation);
    env.late_binding = false;
    const absl::StatusOr<SourceText> source = SourceText::Create("", test.expr);
    IssueList issues;
    std::optional<Ast> ast = source.ok() ? Parse(*source, Limits{}, &issues) : std::nullopt;
    if (!ast.has_value() || !Check(env, *source, nullptr, &*ast, &issues)) return "";
    return SuiteTypeName(*ast->root->type);
  }

  void PrintColumns() const {
    std::cout << "as columns: " << plain_ << " tests as written, " << outlined_ << " with " << literals_
              << " literals outlined\n";
    for (const bool outlined : {false, true}) {
      std::cout << (outlined ? "not with literals outlined:\n" : "not as written:\n");
      for (const auto& [reason, count] : refusals_[outlined]) std::cout << "  " << count << " x " << reason << "\n";
    }
  }

 private:
  void CountNeither(const std::string& why) {
    for (std::map<std::string, int>& reasons : refusals_) ++reasons[why];
  }

  // The test over rows, if it has a form there: the first row must be what is expected, all rows what the plain
  // evaluator says.
  Verdict RunColumns(const SuiteTest& test, const Environment& env, const SourceText& source,
                     const SuiteActivation& activation, bool outlined) {
    IssueList issues;
    std::optional<Ast> ast = Parse(source, Limits{}, &issues);
    Check(env, source, nullptr, &*ast, &issues);
    ast->text = test.expr;
    std::vector<SuiteVariable> variables(activation.size());
    for (const auto& [name, variable] : env.variables) {
      variables[static_cast<size_t>(variable.index)] = {name, variable.type, activation.Variable(variable.index)};
    }
    ColumnRun run(env, schema_, std::move(variables), *std::move(ast), outlined);
    if (outlined && run.outlined_literals() == 0) {
      ++refusals_[outlined]["it has no literal that may be outlined"];
      return {true, ""};
    }
    const absl::StatusOr<std::vector<Value>> columns = run.RunColumns();
    if (!columns.ok()) {
      ++refusals_[outlined][std::string(columns.status().message())];
      return {true, ""};
    }
    outlined ? ++outlined_ : ++plain_;
    if (outlined) literals_ += run.outlined_literals();
    const std::vector<Value> expected = run.RunPlain();
    const Verdict first = Outcome(test, columns->front());
    if (!first.passed) return {false, absl::StrCat("as columns: ", first.said)};
    for (size_t row = 0; row < expected.size(); ++row) {
      if (Matches((*columns)[row], expected[row])) continue;
      return {false,
              absl::StrCat("as columns", outlined ? ", outlined" : "", ", row ", row, ": ",
                           DebugString((*columns)[row]), ", the plain evaluator says ", DebugString(expected[row]))};
    }
    return {true, ""};
  }

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
  int plain_ = 0;
  int outlined_ = 0;
  int literals_ = 0;
  std::map<std::string, int> refusals_[2];  // why a test did not run as columns: as written, with literals outlined
};

// The first words of the lines of skipped.txt.
std::vector<std::string> SkippedPrefixes() {
  std::ifstream file(ASSAY_SOURCE_DIR "/tests/conformance/skipped.txt");
  std::vector<std::string> prefixes;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty() && line[0] != '#') prefixes.push_back(line.substr(0, line.find(' ')));
  }
  return prefixes;
}

bool IsSkipped(const SuiteTest& test, const std::vector<std::string>& prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](const std::string& prefix) { return absl::StartsWith(test.id(), prefix); });
}

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
  if (argc > 2 && absl::string_view(argv[2]) == "--types") {
    Runner runner(suite->schema());
    for (const SuiteTest& test : suite->tests()) std::cout << test.id() << "\t" << runner.TypeOf(test) << "\n";
    return 0;
  }
  const std::set<std::string> wanted(argv + std::min(argc, 2), argv + argc);
  const std::vector<std::string> prefixes = SkippedPrefixes();
  int passed = 0;
  int failed = 0;
  int skipped = 0;
  Runner runner(suite->schema());
  for (const SuiteTest& test : suite->tests()) {
    if (!wanted.empty() && wanted.count(test.file) == 0) continue;
    if (IsSkipped(test, prefixes)) {
      ++skipped;
      continue;
    }
    const Verdict verdict = runner.Run(test);
    verdict.passed ? ++passed : ++failed;
    if (!verdict.passed) std::cout << test.id() << ": " << test.expr << "\n    " << verdict.said << "\n";
  }
  runner.PrintColumns();
  std::cout << passed << " passed, " << failed << " failed, " << skipped << " skipped\n";
  return failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace assay

int main(int argc, char** argv) { return assay::Main(argc, argv); }
