#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <boost/system/result.hpp>

#include "contact/email_address.hpp"
#include "contact/fields.hpp"

namespace contact {

/// One attribute of a profile as it came: views of a record's bytes, not checked.
struct Attribute {
  std::string_view name;
  std::string_view value;

  bool operator==(const Attribute&) const = default;
};

struct CustomField {
  std::string reference;  ///< Name, label or id of a custom field of the account.

  bool operator==(const CustomField&) const = default;
};

using FieldTarget = std::variant<StandardField, CustomField>;

struct MappedField {
  std::string attribute;
  FieldTarget target;

  bool operator==(const MappedField&) const = default;
};

/// Which attribute feeds which field of the contact.
struct FieldMapping {
  std::string email_attribute;
  std::vector<MappedField> fields;

  bool operator==(const FieldMapping&) const = default;
};

/// What is sent about one person.
struct Row {
  EmailAddress email;
  std::vector<std::string> values;  ///< One for each of the mapping's fields, in their order; empty: no value.

  bool operator==(const Row&) const = default;
};

/// Why a member cannot be sent: the first fault found, the address before the fields, these in the mapping's order.
struct MemberFault {
  enum class Kind : std::uint8_t { missing_email, invalid_email, invalid_utf8, field_too_long };

  Kind kind;
  std::optional<EmailFault> email_rule{};  ///< Of invalid_email.
  std::optional<std::size_t> field{};      ///< Index into the mapping's fields; none: it is the address.

  bool operator==(const MemberFault&) const = default;
};

using Verdict = boost::system::result<Row, MemberFault>;

/// Turns a profile's attributes into a row, or says why not; built once for a run. A pure function of the attributes.
///
/// Only mapped attributes are looked at. Of a name that repeats the last counts, as in a protobuf map. Values become
/// one line (blanks.hpp) and are trimmed; one that is longer than its bound makes the member invalid, since nobody's
/// data are cut in silence.
class Mapper {
 public:
  Mapper(const FieldMapping& mapping, FieldBounds bounds, EmailLimits limits);

  Verdict decide(std::span<const Attribute> attributes) const;

  /// The same into a row whose memory is used again. After a fault the row holds no decision.
  std::optional<MemberFault> decide(std::span<const Attribute> attributes, std::optional<Row>& row) const;

 private:
  /// Where a field's value comes from: an index into names_.
  struct Source {
    std::size_t name;
    std::size_t max_code_points;
  };

  std::size_t intern(std::string_view name);

  std::vector<std::string> names_;  ///< Each mapped attribute once; the first is the address's.
  std::uint64_t lengths_ = 0;       ///< Bit n: a name of n bytes is mapped; most others need no comparison.
  std::vector<Source> sources_;
  EmailLimits limits_;
};

}  // namespace contact
