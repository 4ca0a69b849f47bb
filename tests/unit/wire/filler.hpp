#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include <google/protobuf/message.h>

namespace wire {

/// Sets every field of a message, each to another value, so that a conversion that forgets or mixes up one is seen.
///
/// Repeated fields get two elements; of a oneof, the first element of a repeated message takes its first member, the
/// second its second, and the outermost one the member that is named.
class Filler {
 public:
  using Text = std::function<std::string(const google::protobuf::FieldDescriptor&)>;

  Filler() = default;
  /// `text` may give a field its value; empty: the filler's own.
  explicit Filler(Text text) : text_{std::move(text)} {}

  void fill(google::protobuf::Message& message, int oneof_member);

 private:
  void set(google::protobuf::Message& message, const google::protobuf::FieldDescriptor& field);
  void add(google::protobuf::Message& message, const google::protobuf::FieldDescriptor& field, int index);
  std::string text(const google::protobuf::FieldDescriptor& field);
  int enumerator(const google::protobuf::FieldDescriptor& field);

  Text text_;
  std::uint32_t count_ = 0;
};

}  // namespace wire
