#include "wire/readable_message.hpp"

#include <array>
#include <iomanip>
#include <optional>
#include <sstream>

#include <boost/algorithm/string/predicate.hpp>
#include <boost/json.hpp>
#include <google/protobuf/descriptor.h>

#include "contact/utf8.hpp"
#include "wire/keys.hpp"

namespace wire {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

enum class Secrecy : std::uint8_t { open, personal, secret };

struct Guarded {
  std::string_view field;
  Secrecy secrecy;
};

// Without the package's name.
constexpr std::array guarded_fields{
    Guarded{"Attribute.value", Secrecy::personal},
    Guarded{"ExportJob.requested_by", Secrecy::personal},
    Guarded{"Consent.given_by", Secrecy::personal},
    Guarded{"Pause.paused_by", Secrecy::personal},
    Guarded{"CancelRun.canceled_by", Secrecy::personal},
    Guarded{"ReleaseRun.released_by", Secrecy::personal},
    Guarded{"SegmentMember.profile_id", Secrecy::personal},
    Guarded{"SegmentMembers.Member.profile_id", Secrecy::personal},
    Guarded{"DecidedRange.Row.email", Secrecy::personal},
    Guarded{"DecidedRange.Row.values", Secrecy::personal},
    Guarded{"DecidedRange.Reject.profile_id", Secrecy::personal},
    Guarded{"RejectedMember.profile_id", Secrecy::personal},
    Guarded{"DeadLetter.key", Secrecy::personal},
    Guarded{"DeadLetter.payload", Secrecy::personal},
    Guarded{"StoredToken.nonce", Secrecy::secret},
    Guarded{"StoredToken.sealed_token", Secrecy::secret},
    Guarded{"TokenSecret.access_token", Secrecy::secret},
    Guarded{"TokenSecret.refresh_token", Secrecy::secret},
};

Secrecy secrecy_of(const FieldDescriptor& field) {
  std::string_view name = field.full_name();
  name.remove_prefix(field.file()->package().size() + 1);
  for (const auto& guarded : guarded_fields) {
    if (guarded.field == name) return guarded.secrecy;
  }
  return Secrecy::open;
}

std::string text_of(const FieldDescriptor& field, const std::string& bytes, PersonalData personal_data) {
  const Secrecy secrecy = secrecy_of(field);
  if (secrecy == Secrecy::secret || (secrecy == Secrecy::personal && personal_data == PersonalData::hidden)) {
    return std::to_string(bytes.size()) + " bytes";
  }
  if (field.type() == FieldDescriptor::TYPE_STRING || contact::is_valid_utf8(bytes)) return bytes;
  std::ostringstream hex;
  hex << "0x" << std::hex << std::setfill('0');
  for (const char byte : bytes) hex << std::setw(2) << static_cast<unsigned>(static_cast<unsigned char>(byte));
  return hex.str();
}

/// One value of a field; `index` where the field repeats.
class Value {
 public:
  Value(const Message& message, const FieldDescriptor& field, std::optional<int> index)
      : message_{message}, field_{field}, index_{index} {}

  boost::json::value read(PersonalData personal_data) const {
    const auto& reflection = *message_.GetReflection();
    switch (field_.cpp_type()) {
      case FieldDescriptor::CPPTYPE_INT32:
        return index_ ? reflection.GetRepeatedInt32(message_, &field_, *index_)
                      : reflection.GetInt32(message_, &field_);
      case FieldDescriptor::CPPTYPE_INT64:
        return index_ ? reflection.GetRepeatedInt64(message_, &field_, *index_)
                      : reflection.GetInt64(message_, &field_);
      case FieldDescriptor::CPPTYPE_UINT32:
        return index_ ? reflection.GetRepeatedUInt32(message_, &field_, *index_)
                      : reflection.GetUInt32(message_, &field_);
      case FieldDescriptor::CPPTYPE_UINT64:
        return index_ ? reflection.GetRepeatedUInt64(message_, &field_, *index_)
                      : reflection.GetUInt64(message_, &field_);
      case FieldDescriptor::CPPTYPE_BOOL:
        return index_ ? reflection.GetRepeatedBool(message_, &field_, *index_) : reflection.GetBool(message_, &field_);
      case FieldDescriptor::CPPTYPE_DOUBLE:
        return index_ ? reflection.GetRepeatedDouble(message_, &field_, *index_)
                      : reflection.GetDouble(message_, &field_);
      case FieldDescriptor::CPPTYPE_FLOAT:
        return index_ ? reflection.GetRepeatedFloat(message_, &field_, *index_)
                      : reflection.GetFloat(message_, &field_);
      case FieldDescriptor::CPPTYPE_ENUM:
        // A number that this release does not know gets a name too, UNKNOWN_ENUM_VALUE_….
        return boost::json::string{
            (index_ ? reflection.GetRepeatedEnum(message_, &field_, *index_) : reflection.GetEnum(message_, &field_))
                ->name()};
      case FieldDescriptor::CPPTYPE_STRING:
        return boost::json::string{text_of(
            field_,
            index_ ? reflection.GetRepeatedString(message_, &field_, *index_) : reflection.GetString(message_, &field_),
            personal_data)};
      case FieldDescriptor::CPPTYPE_MESSAGE:
        return readable(index_ ? reflection.GetRepeatedMessage(message_, &field_, *index_)
                               : reflection.GetMessage(message_, &field_),
                        personal_data);
    }
    return nullptr;
  }

 private:
  const Message& message_;
  const FieldDescriptor& field_;
  std::optional<int> index_;
};

/// Others have no date that ISO 8601 can write, and those at the ends of the type overflow as one.
bool has_date(std::int64_t milliseconds) {
  using namespace std::chrono;
  const sys_time<std::chrono::milliseconds> time{std::chrono::milliseconds{milliseconds}};
  return time >= sys_days{year{0} / 1 / 1} && time < sys_days{year{10'000} / 1 / 1};
}

std::string date_and_time(std::int64_t milliseconds) {
  using namespace std::chrono;
  const sys_time<std::chrono::milliseconds> time{std::chrono::milliseconds{milliseconds}};
  const auto day = floor<days>(time);
  const hh_mm_ss clock{time - day};
  std::ostringstream text;
  text << date(day) << 'T' << std::setfill('0') << std::setw(2) << clock.hours().count() << ':' << std::setw(2)
       << clock.minutes().count() << ':' << std::setw(2) << clock.seconds().count() << '.' << std::setw(3)
       << clock.subseconds().count() << 'Z';
  return text.str();
}

/// An absolute time; zero is left alone, since it stands for none.
bool is_time(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_INT64 && boost::algorithm::ends_with(field.name(), "_ms");
}

bool is_worth_showing(const Message& message, const FieldDescriptor& field) {
  const auto& reflection = *message.GetReflection();
  if (field.is_repeated()) return reflection.FieldSize(message, &field) > 0;
  if (field.has_presence() || field.cpp_type() == FieldDescriptor::CPPTYPE_STRING || is_time(field)) {
    return reflection.HasField(message, &field);
  }
  return true;
}

}  // namespace

boost::json::object readable(const Message& message, PersonalData personal_data) {
  boost::json::object object;
  const auto& descriptor = *message.GetDescriptor();
  const auto& reflection = *message.GetReflection();
  for (int number = 0; number < descriptor.field_count(); ++number) {
    const FieldDescriptor& field = *descriptor.field(number);
    if (!is_worth_showing(message, field)) continue;
    if (field.is_repeated()) {
      boost::json::array values;
      for (int index = 0; index < reflection.FieldSize(message, &field); ++index) {
        values.push_back(Value{message, field, index}.read(personal_data));
      }
      object[field.name()] = std::move(values);
      continue;
    }
    object[field.name()] = Value{message, field, std::nullopt}.read(personal_data);
    if (is_time(field) && has_date(reflection.GetInt64(message, &field))) {
      const std::string name = field.name().substr(0, field.name().size() - std::string_view{"_ms"}.size());
      object[name] = date_and_time(reflection.GetInt64(message, &field));
    }
  }
  return object;
}

}  // namespace wire
