#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace contact {

/// A column of the vendor's file import that we fill; the address has its own type.
enum class StandardField : std::uint8_t {
  first_name,
  last_name,
  phone,
  job_title,
  anniversary,
  birthday_day,
  birthday_month,
  company_name,
  street,
  street2,
  city,
  state,
  zip,
  country,
};
inline constexpr std::size_t standard_field_count = 14;

/// The vendor's header name.
std::string_view name(StandardField field);
std::optional<StandardField> parse_standard_field(std::string_view name);

/// The vendor publishes two tables of lengths that differ: take the smaller of both, or the larger.
enum class BoundsReading : std::uint8_t { small, large };

/// The longest values that are sent.
///
/// Units: code points.
class FieldBounds {
 public:
  explicit constexpr FieldBounds(BoundsReading reading = BoundsReading::small) : reading_{reading} {}

  std::size_t of(StandardField field) const;
  static constexpr std::size_t of_custom_field() { return 255; }

 private:
  BoundsReading reading_;
};

}  // namespace contact
