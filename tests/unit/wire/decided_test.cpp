#include "wire/decided.hpp"

#include <google/protobuf/stubs/logging.h>
#include <gtest/gtest.h>
#include <protozero/pbf_writer.hpp>
#include <segment_export/v1/internal.pb.h>

#include "unit/wire/bytes.hpp"

namespace wire {
namespace {

namespace pb = segment_export::v1;
using Kind = Unreadable::Kind;

const run::RunInstance instance{.run_id = {"run-1"}, .partition = 3, .job_offset = 1000};

run::DecidedRange range_of(std::size_t rows, std::size_t rejects) {
  run::DecidedRange range{.instance = instance,
                          .prev = {1999, 4},
                          .first = {2000, 0},
                          .last = {9000, 17},
                          .rows = {},
                          .rejects = {},
                          .rule_set = "rules-1"};
  for (std::size_t index = 0; index < rows; ++index) {
    range.rows.push_back({.position = {2000 + static_cast<std::int64_t>(index), static_cast<std::uint32_t>(index % 3)},
                          .email = "p" + std::to_string(index) + "@example.com",
                          .values = {"", "value", ""}});
  }
  for (std::size_t index = 0; index < rejects; ++index) {
    run::Reject reject;
    reject.position = {2000 + static_cast<std::int64_t>(index), 7};
    if (index % 2 == 0) reject.segment = static_cast<std::uint32_t>(index);
    reject.profile_id = "profile\xff";
    reject.reason = index % 2 == 0 ? run::Reason::invalid_email : run::Reason::unknown_segment;
    reject.rule = index % 2 == 0 ? "label_hyphen" : "";
    range.rejects.push_back(reject);
  }
  return range;
}

/// Rejects before rows, since intake meets them mixed.
RangeWriter writer_of(const run::DecidedRange& range) {
  RangeWriter writer{range.instance, range.prev, range.first, range.rule_set};
  for (const auto& reject : range.rejects) writer.add_reject(reject);
  for (const auto& row : range.rows) {
    writer.add_row(row.position, {.email = *contact::EmailAddress::parse(row.email), .values = row.values});
  }
  return writer;
}

TEST(RangeWriter, WritesTheBytesOfTheEncodedRange) {
  for (const std::size_t rows : {0U, 1U, 2U, 300U}) {
    for (const std::size_t rejects : {0U, 1U, 5U}) {
      const auto range = range_of(rows, rejects);
      EXPECT_EQ(hex(writer_of(range).finish(range.last)), hex(encode(range))) << rows << " " << rejects;
    }
  }
}

TEST(RangeWriter, WritesPositionsThatAreZero) {
  run::DecidedRange range;
  range.instance.run_id.value = "run-1";
  range.prev = range.first = range.last = {0, 0};
  const auto record = writer_of(range).finish(range.last);
  EXPECT_EQ(hex(record), hex(encode(range)));
  EXPECT_EQ(decode_link(record).value().prev, (run::Position{0, 0}));
}

TEST(RangeWriter, KnowsItsRecordsSizeNeverTooSmallAndHardlyTooLarge) {
  for (const std::size_t rows : {0U, 1U, 100U, 2000U}) {
    for (const run::Position last : {run::Position{0, 0}, run::Position{INT64_MAX, UINT32_MAX}}) {
      auto writer = writer_of(range_of(rows, 3));
      const std::size_t expected = writer.bytes();
      const std::size_t actual = writer.finish(last).size();
      EXPECT_GE(expected, actual);
      EXPECT_LE(expected, actual + 20);
    }
  }
}

TEST(RangeWriter, CountsWhatItHolds) {
  const auto writer = writer_of(range_of(4, 2));
  EXPECT_EQ(writer.rows(), 4U);
  EXPECT_EQ(writer.rejects(), 2U);
  EXPECT_EQ(writer.prev(), (run::Position{1999, 4}));
  EXPECT_EQ(writer.first(), (run::Position{2000, 0}));
}

TEST(DecidedLink, IsTheRangeWithoutItsRows) {
  const auto range = range_of(7, 3);
  const auto link = decode_link(encode(range)).value();
  EXPECT_EQ(link.kind, DecidedLink::Kind::range);
  EXPECT_EQ(link.instance, range.instance);
  EXPECT_EQ(link.prev, range.prev);
  EXPECT_EQ(link.first, range.first);
  EXPECT_EQ(link.last, range.last);
  EXPECT_EQ(link.rows, 7U);
  EXPECT_EQ(link.rejects, 3U);
  EXPECT_EQ(link.rule_set, "rules-1");
}

TEST(DecidedLink, LooksNotIntoRows) {
  auto range = range_of(1, 0);
  range.rows[0].email = "\xff";
  const google::protobuf::LogSilencer silent;
  const auto payload = encode(range);
  EXPECT_EQ(decode_link(payload).value().rows, 1U);
  EXPECT_FALSE(decode_decided(payload));
}

TEST(DecidedLink, OfAnOpeningEndsAtTheJob) {
  run::RunOpened opened;
  opened.instance = instance;
  opened.rule_set = "rules-1";
  const auto link = decode_link(encode(opened)).value();
  EXPECT_EQ(link.kind, DecidedLink::Kind::opened);
  EXPECT_EQ(link.instance, instance);
  EXPECT_EQ(link.last, (run::Position{1000, 0}));
  EXPECT_EQ(link.rule_set, "rules-1");
}

TEST(DecidedLink, OfASealFollowsTheRunsLastPosition) {
  run::RunSealed sealed;
  sealed.instance = instance;
  sealed.prev = {4000, 2};
  sealed.rule_set = "rules-1";
  const auto link = decode_link(encode(sealed)).value();
  EXPECT_EQ(link.kind, DecidedLink::Kind::sealed);
  EXPECT_EQ(link.instance, instance);
  EXPECT_EQ(link.prev, (run::Position{4000, 2}));
  EXPECT_EQ(link.rule_set, "rules-1");
}

TEST(DecidedRecord, IsRefusedWithoutItsPlaceInTheChain) {
  for (const int field : {pb::DecidedRange::kInstanceFieldNumber, pb::DecidedRange::kPrevFieldNumber,
                          pb::DecidedRange::kFirstFieldNumber, pb::DecidedRange::kLastFieldNumber}) {
    pb::DecidedMessage message;
    ASSERT_TRUE(message.ParseFromString(encode(range_of(1, 1))));
    auto& range = *message.mutable_range();
    range.GetReflection()->ClearField(&range, range.GetDescriptor()->FindFieldByNumber(field));
    EXPECT_EQ(decode_decided(message.SerializeAsString()).error().kind, Kind::malformed) << field;
    EXPECT_EQ(decode_link(message.SerializeAsString()).error().kind, Kind::malformed) << field;
  }
}

TEST(DecidedRecord, OfALaterReleaseIsAnUnknownKind) {
  std::string later;
  protozero::pbf_writer{later}.add_message(4, std::string{});
  EXPECT_EQ(decode_decided(later).error().kind, Kind::unknown_kind);
  EXPECT_EQ(decode_link(later).error().kind, Kind::unknown_kind);
  EXPECT_EQ(decode_decided("").error().kind, Kind::malformed);

  pb::DecidedMessage message;
  ASSERT_TRUE(message.ParseFromString(encode(run::RunSealed{})));
  message.mutable_sealed()->set_cause(static_cast<pb::RunSealed::Cause>(77));
  EXPECT_EQ(decode_decided(message.SerializeAsString()).error().kind, Kind::unknown_kind);
}

TEST(DecidedRecord, CutOffAnywhereIsNeverReadAsAnother) {
  const auto payload = encode(range_of(2, 1));
  for (std::size_t length = 0; length < payload.size(); ++length) {
    EXPECT_FALSE(decode_decided(std::string_view{payload}.substr(0, length))) << length;
    EXPECT_FALSE(decode_link(std::string_view{payload}.substr(0, length))) << length;
  }
}

}  // namespace
}  // namespace wire
