#include "unit/wire/filler.hpp"

#include <stdexcept>

#include <google/protobuf/descriptor.h>

namespace wire {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

void Filler::fill(Message& message, int oneof_member) {
  const auto& descriptor = *message.GetDescriptor();
  for (int number = 0; number < descriptor.field_count(); ++number) {
    const FieldDescriptor& field = *descriptor.field(number);
    const auto* oneof = field.real_containing_oneof();
    if (oneof != nullptr && oneof->field(oneof_member % oneof->field_count()) != &field) continue;
    if (field.is_repeated()) {
      add(message, field, 0);
      add(message, field, 1);
    } else {
      set(message, field);
    }
  }
}

void Filler::set(Message& message, const FieldDescriptor& field) {
  const auto& reflection = *message.GetReflection();
  ++count_;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return reflection.SetInt32(&message, &field, static_cast<std::int32_t>(count_));
    case FieldDescriptor::CPPTYPE_UINT32:
      return reflection.SetUInt32(&message, &field, 0x8000'0000U + count_);
    case FieldDescriptor::CPPTYPE_INT64:
      return reflection.SetInt64(&message, &field, (std::int64_t{1} << 40) + count_);
    case FieldDescriptor::CPPTYPE_UINT64:
      return reflection.SetUInt64(&message, &field, (std::uint64_t{1} << 50) + count_);
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection.SetBool(&message, &field, true);
    case FieldDescriptor::CPPTYPE_ENUM:
      return reflection.SetEnumValue(&message, &field, enumerator(field));
    case FieldDescriptor::CPPTYPE_STRING:
      return reflection.SetString(&message, &field, text(field));
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return fill(*reflection.MutableMessage(&message, &field), 0);
    default:
      throw std::logic_error{"no filling for " + field.full_name()};
  }
}

void Filler::add(Message& message, const FieldDescriptor& field, int index) {
  const auto& reflection = *message.GetReflection();
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
    ++count_;
    reflection.AddString(&message, &field, text(field));
  } else {
    fill(*reflection.AddMessage(&message, &field), index);
  }
}

std::string Filler::text(const FieldDescriptor& field) {
  if (text_) {
    if (auto given = text_(field); !given.empty()) return given;
  }
  if (field.name() == "standard_field") return "first_name";
  std::string value = field.name() + "-" + std::to_string(count_);
  if (field.name() == "body_sha256") value.resize(32, '.');
  return value;
}

int Filler::enumerator(const FieldDescriptor& field) {
  // The class follows from the reason, so both are fixed.
  const auto& type = *field.enum_type();
  if (field.containing_type()->name() == "ReasonNote") {
    return type.FindValueByName(type.name() == "Reason" ? "DAILY_QUOTA" : "CLASS_LIMIT")->number();
  }
  const int chosen = 1 + static_cast<int>(count_ % static_cast<std::uint32_t>(type.value_count() - 1));
  return type.value(chosen)->number();
}

}  // namespace wire
