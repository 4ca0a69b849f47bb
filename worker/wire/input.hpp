#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "contact/mapping.hpp"
#include "run/export_job.hpp"
#include "wire/unreadable.hpp"

namespace wire {

/// One profile of a record, as views of the record's bytes; not checked yet.
struct Member {
  std::string_view profile_id;
  std::span<const contact::Attribute> attributes;
  bool out_of_bounds = false;  ///< Too many attributes, or a profile id that is too long.
};

/// Members of one segment; from a SegmentMember record there is one.
struct Members {
  std::string_view run_id;
  std::string_view segment_id;
  std::span<const Member> members;
};

struct SegmentEnd {
  std::string_view run_id;
  std::string_view segment_id;
  std::optional<std::uint64_t> members_sent{};
};

struct Tick {};

using InputMessage = std::variant<run::ExportJob, Members, SegmentEnd, Tick>;

/// Reads records of `segment-exports`, members without a copy.
///
/// Owns: the buffers behind the spans of the last message, which are valid until the next read.
/// A test holds this reader against the generated classes: both read the same or refuse the same.
class InputReader {
 public:
  Result<InputMessage> read(std::string_view payload);

 private:
  enum class Holds : std::uint8_t { one_member, many_members };

  Result<InputMessage> read_members(std::string_view message, Holds holds);
  void start_member();
  void read_member(std::string_view message);
  void finish_members();

  std::vector<contact::Attribute> attributes_;
  std::vector<std::size_t> first_attributes_;  ///< Of each member; spans only once attributes_ grows no more.
  std::vector<Member> members_;
};

/// Writes what upstream writes; for the command line and tests.
std::string encode_job(const run::ExportJob& job);
std::string encode_member(std::string_view run_id, std::string_view segment_id, std::string_view profile_id,
                          std::span<const contact::Attribute> attributes);
std::string encode_segment_end(std::string_view run_id, std::string_view segment_id,
                               std::optional<std::uint64_t> members_sent);
std::string encode_tick();

/// Builds a SegmentMembers record member by member, so that the caller sees when it is full.
class MembersWriter {
 public:
  MembersWriter(std::string_view run_id, std::string_view segment_id);

  void add(std::string_view profile_id, std::span<const contact::Attribute> attributes);
  std::size_t bytes() const;
  std::size_t members() const { return count_; }

  /// The whole record; the writer is empty afterwards.
  std::string finish();

 private:
  std::string run_id_;
  std::string segment_id_;
  std::string body_;
  std::size_t count_ = 0;
};

}  // namespace wire
