// Reads each file once, imports before the file that names them, and joins the parts.
// Entry points: LoadRulebookText, LoadRulebookBinary, LoadRulebookFile. It asks the reader for nothing outside the
// rulebook's folder.
#include "rulebook/loader.h"

#include <google/protobuf/unknown_field_set.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "base/source.h"
#include "rulebook/csv_table.h"
#include "rulebook/merge.h"
#include "rulebook/overrides.h"
#include "rulebook/proto_builder.h"
#include "rulebook/yaml_node.h"
#include "rulebook/yaml_reader.h"
#include "rulebook/yaml_text.h"

namespace assay {
namespace {

bool IsBinaryName(absl::string_view path) { return absl::EndsWith(path, ".binpb") || absl::EndsWith(path, ".pb"); }

// The folder of a path with its last '/', "" if it has none.
absl::string_view FolderOf(absl::string_view path) {
  const size_t slash = path.rfind('/');
  return slash == absl::string_view::npos ? "" : path.substr(0, slash + 1);
}

// What an import names, relative to the rulebook's folder, or why it may not be named.
struct ImportTarget {
  std::string path;
  std::string refusal;
};

ImportTarget ResolveImport(absl::string_view noun, absl::string_view importer, absl::string_view import) {
  if (import.empty()) return {"", absl::StrCat(noun, " is the name of a file; this one is empty")};
  if (absl::StrContains(import, '\\'))
    return {"", absl::StrCat("write '/' between folders in ", noun, ", not a backslash")};
  const bool is_absolute = import.front() == '/' || (import.size() > 1 && import[1] == ':');
  if (is_absolute) return {"", absl::StrCat(noun, " is relative to the file that names it; this one is absolute")};
  std::vector<absl::string_view> steps = absl::StrSplit(FolderOf(importer), '/', absl::SkipEmpty());
  for (absl::string_view step : absl::StrSplit(import, '/', absl::SkipEmpty())) {
    if (step == ".") continue;
    if (step != "..") {
      steps.push_back(step);
    } else if (steps.empty()) {
      return {"", absl::StrCat(noun, " must lie in the rulebook's folder or below; this one leads out of it")};
    } else {
      steps.pop_back();
    }
  }
  return {absl::StrJoin(steps, "/"), ""};
}

bool HasUnknownParts(const google::protobuf::Message& message);

// Whether item `i` of a field is an enum's value that this version does not know, or a message that has such parts.
bool IsUnknown(const google::protobuf::Message& message, const google::protobuf::FieldDescriptor& field, int i) {
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  if (field.cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_ENUM) {
    const int value = field.is_repeated() ? reflection.GetRepeatedEnumValue(message, &field, i)
                                          : reflection.GetEnumValue(message, &field);
    return field.enum_type()->FindValueByNumber(value) == nullptr;
  }
  if (field.cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) return false;
  return HasUnknownParts(field.is_repeated() ? reflection.GetRepeatedMessage(message, &field, i)
                                             : reflection.GetMessage(message, &field));
}

bool HasUnknownParts(const google::protobuf::Message& message) {
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  if (!reflection.GetUnknownFields(message).empty()) return true;
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const google::protobuf::FieldDescriptor* field : fields) {
    const int count = field->is_repeated() ? reflection.FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      if (IsUnknown(message, *field, i)) return true;
    }
  }
  return false;
}

// A rulebook while it is put together.
struct Assembly {
  std::vector<std::shared_ptr<const SourceText>> files;
  RulebookPart merged;
  IssueList issues;
};

// Makes the source the next file of the rulebook; its index.
int32_t AddFile(std::shared_ptr<const SourceText> source, Assembly* assembly) {
  assembly->files.push_back(std::move(source));
  return static_cast<int32_t>(assembly->files.size()) - 1;
}

std::optional<RulebookPart> ReadText(absl::string_view name, absl::string_view text, Assembly* assembly) {
  std::shared_ptr<const SourceText> source = AdmitText(name, text, &assembly->issues);
  if (source == nullptr) return std::nullopt;
  const int32_t file = AddFile(source, assembly);
  std::optional<YamlNode> tree = ReadYaml(*source, file, &assembly->issues);
  if (!tree.has_value()) return std::nullopt;
  if (tree->kind != YamlNode::Kind::kMapping) {
    const char* message = tree->kind == YamlNode::Kind::kNull
                              ? "the text is empty"
                              : "a rulebook is a mapping of keys such as name, input and rules";
    AddTextError(*source, TextRange(*tree), "", message, "", &assembly->issues);
    return std::nullopt;
  }
  RulebookPart part;
  BuildMessage(*tree, *source, &part.proto, &assembly->issues);
  part.tree = *std::move(tree);
  return part;
}

std::optional<RulebookPart> ReadBinary(absl::string_view name, absl::string_view bytes, Assembly* assembly) {
  absl::StatusOr<SourceText> source = SourceText::Create(std::string(name), "");
  if (!source.ok()) return std::nullopt;  // cannot be: the text is empty
  const int32_t file = AddFile(std::make_shared<const SourceText>(*std::move(source)), assembly);
  RulebookPart part;
  if (bytes.size() > kMaxYamlBytes) {
    AddFileError(name, absl::StrCat("a rulebook may have ", kMaxYamlBytes, " bytes; this one has ", bytes.size()),
                 &assembly->issues);
    return std::nullopt;
  }
  if (!part.proto.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    AddFileError(name, "not a serialized assay.v1.Rulebook", &assembly->issues);
    return std::nullopt;
  }
  if (HasUnknownParts(part.proto)) {
    AddFileError(name, "fields or values that this version does not know; use the version the rulebook was made for",
                 &assembly->issues);
  }
  part.tree = AbsentTree(part.proto, file);
  return part;
}

std::optional<LoadedRulebook> Finish(Assembly assembly, IssueList* issues) {
  SourceMap sources(std::move(assembly.files), std::move(assembly.merged.tree));
  CheckDuplicates(assembly.merged.proto, sources, &assembly.issues);
  ApplyOverrides(&assembly.merged.proto, &sources, &assembly.issues);
  const bool is_good = !assembly.issues.has_errors();
  issues->Append(std::move(assembly.issues));
  if (!is_good) return std::nullopt;
  return LoadedRulebook{std::move(assembly.merged.proto), std::move(sources), Limits{}};
}

// A rulebook that is one text or one message, and so has no folder to import from.
std::optional<LoadedRulebook> FinishAlone(std::optional<RulebookPart> part, Assembly assembly, IssueList* issues) {
  if (part.has_value()) {
    const bool has_imports = part->proto.imports_size() != 0;
    const int tables = part->proto.tables_size();
    AppendRulebook(*std::move(part), &assembly.merged);
    if (has_imports) {
      const SourceMap sources(assembly.files, assembly.merged.tree);
      assembly.issues.Add(
          sources.MakeIssue(Severity::kError, "imports", "'imports' need files; load the rulebook from its file"));
    }
    for (int i = 0; i < tables; ++i) {
      if (assembly.merged.proto.tables(i).file().empty()) continue;
      const SourceMap sources(assembly.files, assembly.merged.tree);
      assembly.issues.Add(sources.MakeIssue(Severity::kError, absl::StrCat("tables[", i, "].file"),
                                            "a table's file needs a folder; load the rulebook from its file"));
    }
  }
  return Finish(std::move(assembly), issues);
}

// Loads files behind their imports.
class ImportLoader {
 public:
  // `folder` is the rulebook's, with its '/'; all paths below are relative to it.
  ImportLoader(absl::string_view folder, const FileReader& reader, Assembly* assembly)
      : folder_(folder), reader_(reader), assembly_(assembly) {}

  // `import` is what names the file, nullptr for the rulebook itself.
  void Load(const std::string& path, const YamlNode* import) {
    absl::StatusOr<std::string> bytes = reader_(absl::StrCat(folder_, path));
    if (!bytes.ok()) return AddError(import, absl::StrCat("cannot be read: ", bytes.status().message()), path);
    const std::string name = absl::StrCat(folder_, path);
    std::optional<RulebookPart> part =
        IsBinaryName(path) ? ReadBinary(name, *bytes, assembly_) : ReadText(name, *bytes, assembly_);
    if (!part.has_value()) return;
    chain_.push_back(path);
    FollowImports(path, *part);
    chain_.pop_back();
    ReadTables(path, &*part);
    AppendRulebook(*std::move(part), &assembly_->merged);
  }

 private:
  void FollowImports(const std::string& importer, const RulebookPart& part) {
    const YamlMember* member = FindMember(part.tree, "imports");
    if (member == nullptr) return;
    for (int i = 0; i < part.proto.imports_size(); ++i) {
      const YamlNode& import = member->value.items[i];
      ImportTarget target = ResolveImport("an import", importer, part.proto.imports(i));
      if (!target.refusal.empty()) {
        AddError(&import, target.refusal, part.proto.imports(i));
      } else {
        Follow(target.path, import);
      }
    }
  }

  void Follow(const std::string& path, const YamlNode& import) {
    const auto again = std::find(chain_.begin(), chain_.end(), path);
    if (again != chain_.end()) {
      std::vector<std::string> cycle(again, chain_.end());
      cycle.push_back(path);
      return AddError(&import, "imports lead back to a file they come from", absl::StrJoin(cycle, " -> "));
    }
    if (loaded_.contains(path)) return;
    if (chain_.size() > static_cast<size_t>(kMaxImportDepth)) {
      return AddError(&import, absl::StrCat("imports are nested deeper than ", kMaxImportDepth), path);
    }
    if (assembly_->files.size() >= kMaxRulebookFiles) {
      return AddError(&import, absl::StrCat("a rulebook may have ", kMaxRulebookFiles, " files"), path);
    }
    loaded_.insert(path);
    Load(path, &import);
  }

  // Puts the rows of tables that stand in files of their own in their place.
  void ReadTables(const std::string& path, RulebookPart* part) {
    for (int i = 0; i < part->proto.tables_size(); ++i) {
      v1::Table* table = part->proto.mutable_tables(i);
      YamlNode& node = MutableMember(&part->tree, "tables")->value.items[static_cast<size_t>(i)];
      if (!table->file().empty()) ReadTable(path, table, &node);
      table->clear_file();
    }
  }

  void ReadTable(const std::string& path, v1::Table* table, YamlNode* node) {
    const YamlMember* member = FindMember(*node, "file");
    const YamlNode& place = member == nullptr ? *node : member->value;
    const ImportTarget target = ResolveImport("a table's file", path, table->file());
    if (!target.refusal.empty()) return AddError(&place, target.refusal, table->file());
    if (table->rows_size() > 0) return AddError(&place, "a table has rows or a file, not both", table->file());
    if (assembly_->files.size() >= kMaxRulebookFiles) {
      return AddError(&place, absl::StrCat("a rulebook may have ", kMaxRulebookFiles, " files"), target.path);
    }
    const std::string name = absl::StrCat(folder_, target.path);
    absl::StatusOr<std::string> bytes = reader_(name);
    if (!bytes.ok()) return AddError(&place, absl::StrCat("cannot be read: ", bytes.status().message()), target.path);
    std::shared_ptr<const SourceText> source = AdmitCsv(name, *bytes, &assembly_->issues);
    if (source == nullptr) return;
    std::shared_ptr<const CsvRecords> records = ReadCsvRows(*source, table, &assembly_->issues);
    if (records == nullptr) return;
    YamlMember rows;
    rows.key = place;
    rows.key.text = "rows";
    rows.value.kind = YamlNode::Kind::kSequence;
    rows.value.file = AddFile(std::move(source), assembly_);
    rows.value.records = std::move(records);
    node->members.push_back(std::move(rows));
  }

  void AddError(const YamlNode* import, absl::string_view message, absl::string_view what) {
    if (import == nullptr) return AddFileError(absl::StrCat(folder_, what), std::string(message), &assembly_->issues);
    const SourceText& source = *assembly_->files[import->file];
    if (import->kind == YamlNode::Kind::kAbsent) {
      return AddFileError(source.name(), absl::StrCat(message, ": '", what, "'"), &assembly_->issues);
    }
    AddTextError(source, TextRange(*import), "", absl::StrCat(message, ": '", what, "'"), "", &assembly_->issues);
  }

  absl::string_view folder_;
  const FileReader& reader_;
  Assembly* assembly_;
  std::vector<std::string> chain_;           // the files being loaded, each importing the next
  absl::flat_hash_set<std::string> loaded_;  // imports that are merged already, or failed
};

}  // namespace

std::optional<LoadedRulebook> LoadRulebookText(absl::string_view name, absl::string_view text, IssueList* issues) {
  Assembly assembly;
  std::optional<RulebookPart> part = ReadText(name, text, &assembly);
  return FinishAlone(std::move(part), std::move(assembly), issues);
}

std::optional<LoadedRulebook> LoadRulebookBinary(absl::string_view name, absl::string_view bytes, IssueList* issues) {
  Assembly assembly;
  std::optional<RulebookPart> part = ReadBinary(name, bytes, &assembly);
  return FinishAlone(std::move(part), std::move(assembly), issues);
}

std::optional<LoadedRulebook> LoadRulebookFile(absl::string_view path, const FileReader& reader, IssueList* issues) {
  Assembly assembly;
  const absl::string_view folder = FolderOf(path);
  ImportLoader(folder, reader, &assembly).Load(std::string(path.substr(folder.size())), nullptr);
  return Finish(std::move(assembly), issues);
}

}  // namespace assay
