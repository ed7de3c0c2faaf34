// The name table of the rounding modes. Entry points: RoundingName, RoundingFromName. It never rounds: rounding.h does.
#include "base/rounding.h"

namespace assay {
namespace {

struct NamedRounding {
  Rounding mode = Rounding::kHalfUp;
  absl::string_view name;
};

constexpr NamedRounding kNames[] = {
    {Rounding::kHalfUp, "HALF_UP"}, {Rounding::kHalfEven, "HALF_EVEN"}, {Rounding::kUp, "UP"},
    {Rounding::kDown, "DOWN"},      {Rounding::kCeiling, "CEILING"},    {Rounding::kFloor, "FLOOR"},
};

}  // namespace

absl::string_view RoundingName(Rounding mode) {
  for (const NamedRounding& row : kNames) {
    if (row.mode == mode) return row.name;
  }
  return "";
}

std::optional<Rounding> RoundingFromName(absl::string_view name) {
  for (const NamedRounding& row : kNames) {
    if (row.name == name) return row.mode;
  }
  return std::nullopt;
}

}  // namespace assay
