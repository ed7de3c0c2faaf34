// Evaluates the rows of a file under a rulebook and prints each table of the result as CSV. Arguments: the rulebook, a
// folder with NAME.jsonl for each of its datasets, the rows; without any the requests of examples/letters. Run from the
// root of the repository.
#include "assay/evaluate.h"

#include <fstream>
#include <iostream>
#include <string>

#include "absl/strings/str_cat.h"

// Each line of the file to `take`; nothing where there is no such file.
template <typename Take>
absl::Status ForEachLine(const std::string& path, Take take) {
  std::ifstream file(path, std::ios::binary);
  absl::Status status;
  for (std::string line; status.ok() && std::getline(file, line);) {
    if (!line.empty()) status = take(line);
  }
  return status;
}

int main(int argc, char** argv) {
  const std::string path = argc > 3 ? argv[1] : "examples/letters/letters.yaml";
  const std::string folder = argc > 3 ? argv[2] : "examples/letters";
  const std::string rows = argc > 3 ? argv[3] : "examples/letters/request.jsonl";
  const auto rulebook = assay::Rulebook::LoadFile(path, *assay::EntitySchema::Standard(), nullptr);
  if (!rulebook.ok()) return std::cerr << rulebook.status().message() << "\n", 1;
  assay::ReferenceDataBuilder builder(*rulebook);
  absl::Status status;
  for (const std::string& dataset : rulebook->datasets()) {
    status.Update(ForEachLine(absl::StrCat(folder, "/", dataset, ".jsonl"), [&](const std::string& line) {
      return builder.Add(dataset, assay::RowFormat::kJson, line);
    }));
  }
  assay::RowBatch batch(*rulebook);
  status.Update(ForEachLine(rows, [&](const std::string& line) { return batch.Add(assay::RowFormat::kJson, line); }));
  const auto data = builder.Build();
  if (status.Update(data.status()); !status.ok()) return std::cerr << status.message() << "\n", 1;
  const auto result = assay::Evaluate(*rulebook, *data, batch, {.now = absl::FromUnixSeconds(1795136400)});
  if (!result.ok()) return std::cerr << result.status().message() << "\n", 1;
  for (const assay::v1::DayTable& table : assay::ResultTables(*result)) std::cout << assay::TableCsv(table);
}
