// Runs of decoded bytes and their source, found by binary search. Entry points: TextMap::Add*, Locate.
// Neighbouring verbatim runs are one run, so a text without escapes costs one run a line.
#include "rulebook/text_map.h"

#include <algorithm>

namespace assay {

void TextMap::AddVerbatim(SourceRange source) {
  if (source.begin == source.end) return;
  const bool continues =
      !runs_.empty() && runs_.back().kind == Kind::kVerbatim && runs_.back().source.end == source.begin;
  if (continues) {
    runs_.back().source.end = source.end;
  } else {
    runs_.push_back({size_, source, Kind::kVerbatim});
  }
  size_ += source.end - source.begin;
}

void TextMap::AddReplaced(int32_t decoded, SourceRange source) {
  if (decoded == 0) return;
  runs_.push_back({size_, source, Kind::kReplaced});
  size_ += decoded;
}

void TextMap::AddBreak(SourceRange source) {
  runs_.push_back({size_, source, Kind::kBreak});
  ++size_;
}

void TextMap::Truncate(int32_t size) {
  while (!runs_.empty() && runs_.back().decoded >= size) runs_.pop_back();
  if (!runs_.empty() && runs_.back().kind == Kind::kVerbatim) {
    Run& last = runs_.back();
    last.source.end = std::min(last.source.end, last.source.begin + (size - last.decoded));
  }
  size_ = std::min(size_, size);
}

SourceRange TextMap::Locate(SourceRange decoded) const {
  if (size_ == 0) return {};
  const int32_t from = std::clamp(decoded.begin, 0, size_);
  const int32_t to = std::clamp(decoded.end, from, size_);
  const int32_t begin = from == size_ ? EndOfText() : BeginOf(from);
  return {begin, to == from ? begin : std::max(begin, EndOf(to - 1))};
}

const TextMap::Run& TextMap::RunAt(int32_t decoded) const {
  const auto after = std::upper_bound(runs_.begin(), runs_.end(), decoded,
                                      [](int32_t offset, const Run& run) { return offset < run.decoded; });
  return *(after - 1);
}

int32_t TextMap::BeginOf(int32_t decoded) const {
  const Run& run = RunAt(decoded);
  return run.kind == Kind::kVerbatim ? run.source.begin + (decoded - run.decoded) : run.source.begin;
}

int32_t TextMap::EndOf(int32_t decoded) const {
  const Run& run = RunAt(decoded);
  return run.kind == Kind::kVerbatim ? run.source.begin + (decoded - run.decoded) + 1 : run.source.end;
}

int32_t TextMap::EndOfText() const {
  const auto last = std::find_if(runs_.rbegin(), runs_.rend(), [](const Run& run) { return run.kind != Kind::kBreak; });
  return last == runs_.rend() ? runs_.front().source.begin : last->source.end;
}

}  // namespace assay
