// The deepest expressions that the parser lets through pass every later step on a small stack: hosts call from threads
// that have no more.
#include <pthread.h>

#include <functional>
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/exec/expression_rows.h"
#include "tests/exec/sample_schema.h"

namespace assay {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr size_t kStackBytes = size_t{4} << 20;  // frames are several times as large
#else
constexpr size_t kStackBytes = size_t{512} << 10;
#endif

constexpr int kDepth = 240;  // of the 250, with some left for what stands in the middle

std::string Repeated(absl::string_view part, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text.append(part.data(), part.size());
  return text;
}

std::string Nested(absl::string_view before, absl::string_view middle, absl::string_view after, int depth) {
  return absl::StrCat(Repeated(before, depth), middle, Repeated(after, depth));
}

void* Call(void* function) {
  (*static_cast<std::function<void()>*>(function))();
  return nullptr;
}

void RunOnSmallStack(std::function<void()> function) {
  pthread_attr_t attributes;
  pthread_t thread;
  ASSERT_EQ(pthread_attr_init(&attributes), 0);
  ASSERT_EQ(pthread_attr_setstacksize(&attributes, kStackBytes), 0);
  ASSERT_EQ(pthread_create(&thread, &attributes, Call, &function), 0);
  ASSERT_EQ(pthread_join(thread, nullptr), 0);
  pthread_attr_destroy(&attributes);
}

// Both engines agree on one row; what has no column form is refused.
void Evaluate(ExpressionRows* rows, const std::string& text) {
  for (const bool fold : {false, true}) {
    std::string problem;
    const std::unique_ptr<Prepared> prepared = rows->Prepare(text, 0, fold, &problem);
    ASSERT_NE(prepared, nullptr) << text.substr(0, 60) << ": " << problem;
    const std::string plain = Canonical(rows->RunPlain(*prepared)[0]);
    const Prepared* expression = prepared.get();
    const ColumnOutcome outcome = rows->RunColumns({&expression, 1})[0];
    if (!outcome.refusal.empty()) continue;
    EXPECT_EQ(Canonical(outcome.values[0]), plain) << text.substr(0, 60);
  }
}

TEST(DeepExpressionsTest, TheDeepestExpressionsRunOnASmallStack) {
  const std::shared_ptr<const Schema> schema = SampleSchema();
  ExpressionRows rows(schema, *schema->FindMessage("assay.sample.Sample"), "sample", "items", "item");
  std::vector<std::unique_ptr<google::protobuf::Message>> messages;
  messages.emplace_back(schema->Prototype(*rows.message()).New());
  rows.SetRows(std::move(messages));
  for (const std::string& text :
       {Nested("!", "sample.flag", "", kDepth), Nested("-", "sample.i", "", kDepth),
        Nested("(", "sample.i", ")", kDepth), Nested("(1 + ", "sample.i", ")", kDepth / 2),
        Nested("", "sample.i", " + 1", kDepth), Nested("", "'a'", " + sample.s", kDepth),
        Nested("(sample.flag ? 1 : ", "sample.i", ")", kDepth / 2), Nested("sample.flag ? 1 : ", "2", "", kDepth / 2),
        Nested("size([", "1", "])", kDepth / 2), Nested("[", "sample.i", "]", kDepth),
        Nested("", "decimal('1')", " + sample.amount", kDepth), Nested("{'a': ", "sample.i", "}", kDepth / 2),
        Nested("(sample.flag && (true || ", "sample.flag", "))", kDepth / 4),
        Nested("sample.numbers.map(x, size(", "sample.numbers", "))", 15),
        Nested("sample.items.all(x, x.count > 0 && ", "true", ")", 15),
        Nested("cel.bind(x, sample.i, ", "x", ")", kDepth / 4)}) {
    RunOnSmallStack([&] { Evaluate(&rows, text); });
  }
}

}  // namespace
}  // namespace assay
