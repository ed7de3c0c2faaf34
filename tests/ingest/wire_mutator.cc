// Takes messages apart into fields and puts them together differently. Entry points: WireText, MutateWire.
#include "tests/ingest/wire_mutator.h"

#include <algorithm>
#include <cstdlib>

#include "google/protobuf/descriptor.pb.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/wire_format_lite.h"

namespace assay {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedInputStream;

// A field's value without its tag; of groups, the fields within, without the end tag.
struct Field {
  uint32_t number;
  int wire;
  uint64_t value;     // varint, fixed
  std::string bytes;  // length-delimited, groups
};

using Fields = std::vector<Field>;

Fields Split(absl::string_view bytes);

std::string GroupBody(CodedInputStream* input, uint32_t number, absl::string_view all, int begin) {
  for (;;) {
    const int end = input->CurrentPosition();
    const uint32_t tag = input->ReadTag();
    if (tag == (number << 3 | 4)) return std::string(all.substr(begin, end - begin));
    if (tag == 0 || !WireFormatLite::SkipField(input, tag)) std::abort();
  }
}

Fields Split(absl::string_view bytes) {
  CodedInputStream input(reinterpret_cast<const uint8_t*>(bytes.data()), static_cast<int>(bytes.size()));
  Fields fields;
  for (uint32_t tag = input.ReadTag(); tag != 0; tag = input.ReadTag()) {
    Field field{tag >> 3, static_cast<int>(tag & 7), 0, ""};
    uint32_t narrow = 0;
    bool ok = true;
    if (field.wire == 0) ok = input.ReadVarint64(&field.value);
    if (field.wire == 1) ok = input.ReadLittleEndian64(&field.value);
    if (field.wire == 2) ok = input.ReadVarint32(&narrow) && input.ReadString(&field.bytes, static_cast<int>(narrow));
    if (field.wire == 3) field.bytes = GroupBody(&input, field.number, bytes, input.CurrentPosition());
    if (field.wire == 5) ok = input.ReadLittleEndian32(&narrow);
    if (field.wire == 5) field.value = narrow;
    if (!ok) std::abort();
    fields.push_back(std::move(field));
  }
  return fields;
}

void AppendVarint(uint64_t value, int padding, std::string* out) {
  int count = 0;
  for (; value >= 0x80; value >>= 7, ++count) out->push_back(static_cast<char>(value | 0x80));
  for (; padding > 0 && count < 9; --padding, ++count, value = 0) out->push_back(static_cast<char>(value | 0x80));
  out->push_back(static_cast<char>(value));
}

class Mutator {
 public:
  explicit Mutator(Random& random) : random_(random) {}

  std::string Mutate(absl::string_view bytes, const Descriptor& type) {
    Fields fields = Split(bytes);
    for (size_t i = 0; i < fields.size(); ++i) {
      const FieldDescriptor* field = type.FindFieldByNumber(static_cast<int>(fields[i].number));
      if (field != nullptr) Change(*field, i, &fields);
    }
    if (OneIn(random_, 2)) Repack(type, &fields);
    if (OneIn(random_, 3)) AddStranger(type, &fields);
    if (OneIn(random_, 3)) AddValue(type, &fields);
    if (OneIn(random_, 2)) Shuffle(&fields);
    return Join(fields);
  }

 private:
  // Messages: changed within, at times in two parts. Others: at times twice.
  void Change(const FieldDescriptor& field, size_t at, Fields* fields) {
    const bool is_message = field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
    if (is_message && (*fields)[at].wire == WireOf(field)) {
      (*fields)[at].bytes = Mutate((*fields)[at].bytes, *field.message_type());
      if (OneIn(random_, 4)) SplitInTwo(at, fields);
    } else if (!is_message && OneIn(random_, 8)) {
      const Field copy = (*fields)[at];
      fields->insert(fields->begin() + static_cast<ptrdiff_t>(Below(random_, at + 1)), copy);
    }
  }

  void SplitInTwo(size_t at, Fields* fields) {
    const Fields within = Split((*fields)[at].bytes);
    const size_t cut = Below(random_, within.size() + 1);
    Field first = (*fields)[at];
    first.bytes = Join(Fields(within.begin(), within.begin() + static_cast<ptrdiff_t>(cut)));
    (*fields)[at].bytes = Join(Fields(within.begin() + static_cast<ptrdiff_t>(cut), within.end()));
    fields->insert(fields->begin() + static_cast<ptrdiff_t>(Below(random_, at + 1)), first);
  }

  static int WireOf(const FieldDescriptor& field) {
    return WireFormatLite::WireTypeForFieldType(static_cast<WireFormatLite::FieldType>(field.type()));
  }

  // Packed fields one by one, single values packed.
  void Repack(const Descriptor& type, Fields* fields) {
    Fields repacked;
    for (Field& field : *fields) {
      const FieldDescriptor* known = type.FindFieldByNumber(static_cast<int>(field.number));
      if (known == nullptr || !known->is_packable() || OneIn(random_, 3)) {
        repacked.push_back(std::move(field));
      } else if (field.wire == 2) {
        Unpack(*known, field.bytes, &repacked);
      } else if (field.wire == WireOf(*known)) {
        std::string value;
        AppendValue(field, &value);
        repacked.push_back({field.number, 2, 0, value});
      }
    }
    *fields = std::move(repacked);
  }

  static void Unpack(const FieldDescriptor& field, const std::string& packed, Fields* out) {
    CodedInputStream input(reinterpret_cast<const uint8_t*>(packed.data()), static_cast<int>(packed.size()));
    while (input.CurrentPosition() < static_cast<int>(packed.size())) {
      Field single{static_cast<uint32_t>(field.number()), WireOf(field), 0, ""};
      uint32_t narrow = 0;
      bool ok = false;
      if (single.wire == 0) ok = input.ReadVarint64(&single.value);
      if (single.wire == 1) ok = input.ReadLittleEndian64(&single.value);
      if (single.wire == 5) ok = input.ReadLittleEndian32(&narrow);
      if (single.wire == 5) single.value = narrow;
      if (!ok) std::abort();
      out->push_back(single);
    }
  }

  // A field nobody knows, or a known one in a wire type not its own.
  void AddStranger(const Descriptor& type, Fields* fields) {
    static constexpr int kWires[] = {0, 1, 2, 3, 5};
    Field stranger{static_cast<uint32_t>(1 + Below(random_, OneIn(random_, 2) ? 80 : 536870911)),
                   kWires[Below(random_, 5)], random_(), ""};
    const FieldDescriptor* known = type.FindFieldByNumber(static_cast<int>(stranger.number));
    if (known != nullptr && (stranger.wire == WireOf(*known) || (known->is_packable() && stranger.wire == 2))) return;
    if (stranger.wire == 5) stranger.value &= 0xffffffff;
    if (stranger.wire == 2) stranger.bytes = AnyText(random_);
    if (stranger.wire == 3) stranger.bytes = WireText().Varint(5, 7).Bytes(stranger.number, "x").bytes();
    fields->insert(fields->begin() + static_cast<ptrdiff_t>(Below(random_, fields->size() + 1)), stranger);
  }

  // A varint for a known field, of any size: truncation, unknown enum numbers.
  void AddValue(const Descriptor& type, Fields* fields) {
    const FieldDescriptor& field =
        *type.field(static_cast<int>(Below(random_, static_cast<uint64_t>(type.field_count()))));
    if (WireOf(field) != 0) return;
    if (type.options().map_entry() && field.type() == FieldDescriptor::TYPE_ENUM) return;
    Field value{static_cast<uint32_t>(field.number()), 0, OneIn(random_, 2) ? Below(random_, 8) : AnyNumber(random_),
                ""};
    fields->insert(fields->begin() + static_cast<ptrdiff_t>(Below(random_, fields->size() + 1)), value);
  }

  void Shuffle(Fields* fields) {
    for (size_t i = fields->size(); i > 1; --i) std::swap((*fields)[i - 1], (*fields)[Below(random_, i)]);
  }

  void AppendValue(const Field& field, std::string* out) {
    if (field.wire == 0) AppendVarint(field.value, OneIn(random_, 10) ? 3 : 0, out);
    if (field.wire == 1) out->append(reinterpret_cast<const char*>(&field.value), 8);
    if (field.wire == 5) out->append(reinterpret_cast<const char*>(&field.value), 4);
    if (field.wire == 2) AppendVarint(field.bytes.size(), OneIn(random_, 20) ? 1 : 0, out);
    out->append(field.bytes);
    if (field.wire == 3) AppendVarint(field.number << 3 | 4, 0, out);
  }

  std::string Join(const Fields& fields) {
    std::string bytes;
    for (const Field& field : fields) {
      AppendVarint(field.number << 3 | static_cast<uint32_t>(field.wire),
                   OneIn(random_, 40) && field.number < 10000 ? 1 : 0, &bytes);
      AppendValue(field, &bytes);
    }
    return bytes;
  }

  Random& random_;
};

}  // namespace

WireText& WireText::Tag(uint32_t number, int wire_type) {
  return Number(uint64_t{number} << 3 | static_cast<uint64_t>(wire_type));
}

WireText& WireText::Raw(absl::string_view bytes) {
  bytes_.append(bytes.data(), bytes.size());
  return *this;
}

WireText& WireText::Number(uint64_t value) {
  AppendVarint(value, 0, &bytes_);
  return *this;
}

WireText& WireText::Varint(uint32_t number, uint64_t value) { return Tag(number, 0).Number(value); }

WireText& WireText::Bytes(uint32_t number, absl::string_view bytes) {
  return Tag(number, 2).Number(bytes.size()).Raw(bytes);
}

WireText& WireText::Fixed32(uint32_t number, uint32_t value) {
  return Tag(number, 5).Raw(absl::string_view(reinterpret_cast<const char*>(&value), 4));
}

WireText& WireText::Fixed64(uint32_t number, uint64_t value) {
  return Tag(number, 1).Raw(absl::string_view(reinterpret_cast<const char*>(&value), 8));
}

std::string MutateWire(absl::string_view bytes, const Descriptor& type, Random& random) {
  return Mutator(random).Mutate(bytes, type);
}

}  // namespace assay
