// The things of a rulebook that a page is about (rules, tables, parameters …), each with its name, its anchor on the
// page and the place it was written at.
// Entry point: ThingIndex. Read-only once built; it points into the rulebook, which outlives it.
#ifndef ASSAY_DOCUMENT_THING_H_
#define ASSAY_DOCUMENT_THING_H_

#include <google/protobuf/message.h>

#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "document/section.h"
#include "rulebook/loader.h"

namespace assay {

struct Thing {
  const Section* section = nullptr;
  const google::protobuf::Message* message = nullptr;
  std::string path;  // in the rulebook: rules[3]
  std::string name;
  std::string each;    // its level, "" for the input's and for things without one
  std::string anchor;  // no two things have one
  const v1::LocalizedText* text = nullptr;
};

class ThingIndex {
 public:
  explicit ThingIndex(const LoadedRulebook& rulebook);

  const std::deque<Thing>& things() const { return things_; }
  std::vector<const Thing*> InSection(const Section& section) const;

  // By list and name, of several the first; nullptr if there is none.
  const Thing* Find(absl::string_view list, absl::string_view name) const;

  // All of them: the versions of a rule.
  absl::Span<const Thing* const> FindAll(absl::string_view list, absl::string_view name) const;

  // What `owner.name` means in an expression, `owner` being a name that stands alone: parameters.cap, line.price.
  const Thing* FindMember(absl::string_view owner, absl::string_view name) const;

  // A file of the rulebook, relative to its folder.
  std::string ShortName(absl::string_view file) const;

  // The file that what is at `path` was written in, "" if it is not known.
  std::string FileOf(absl::string_view path) const;

  // "file:line" of what is written at `path`, the file by its short name.
  std::string PlaceOf(absl::string_view path) const;

 private:
  void AddAll(const Section& section);
  void Add(const Section& section, const google::protobuf::Message& message, std::string path, std::string name);

  const LoadedRulebook& rulebook_;
  std::string folder_;
  std::deque<Thing> things_;  // addresses stay
  std::map<std::string, int> anchors_;
  std::map<std::pair<std::string, std::string>, std::vector<const Thing*>> by_name_;  // by list and name
  std::map<std::pair<std::string, std::string>, const Thing*> by_level_;              // by level and name
  std::map<std::string, std::string> levels_;                                         // by what expressions call a row
};

}  // namespace assay

#endif  // ASSAY_DOCUMENT_THING_H_
