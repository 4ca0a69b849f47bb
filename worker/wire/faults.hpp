#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "wire/unreadable.hpp"

namespace wire {

/// The first thing wrong with a record, noted beside its conversion, so that conversions stay plain expressions.
class Faults {
 public:
  void note(Unreadable::Kind kind, std::string_view what) {
    if (!first_) first_ = Unreadable{kind, std::string{what}};
  }
  void malformed(std::string_view what) { note(Unreadable::Kind::malformed, what); }
  void out_of_bounds(std::string_view what) { note(Unreadable::Kind::out_of_bounds, what); }

  bool empty() const { return !first_; }

  template <class T>
  Result<T> value_or_fault(T value) const {
    if (first_) return *first_;
    return value;
  }

 private:
  std::optional<Unreadable> first_;
};

}  // namespace wire
