#include <array>
#include <limits>

#include <gtest/gtest.h>
#include <protozero/pbf_writer.hpp>
#include <segment_export/v1/arrives.pb.h>

#include "wire/input.hpp"

namespace wire {
namespace {

namespace pb = segment_export::v1;
using Kind = Unreadable::Kind;

constexpr std::array attributes{contact::Attribute{"EMail", "a@example.com"}, contact::Attribute{"FirstName", ""}};

TEST(InputReader, ReadsAMemberAsViewsOfTheRecord) {
  const std::string record = encode_member("run-1", "segment-1", "profile-1", attributes);
  InputReader reader;
  const auto message = reader.read(record);
  const auto& members = std::get<Members>(message.value());
  EXPECT_EQ(members.run_id, "run-1");
  EXPECT_EQ(members.segment_id, "segment-1");
  ASSERT_EQ(members.members.size(), 1U);
  EXPECT_EQ(members.members[0].profile_id, "profile-1");
  EXPECT_TRUE(std::ranges::equal(members.members[0].attributes, attributes));
  const char* const value = members.members[0].attributes[0].value.data();
  EXPECT_TRUE(value > record.data() && value < record.data() + record.size());
}

TEST(InputReader, ReadsManyMembersOfOneRecord) {
  MembersWriter writer{"run-1", "segment-1"};
  writer.add("one", attributes);
  writer.add("two", {});
  writer.add("three", std::span{attributes}.first(1));
  const std::string record = writer.finish();
  InputReader reader;
  const auto message = reader.read(record);
  const auto& members = std::get<Members>(message.value());
  ASSERT_EQ(members.members.size(), 3U);
  EXPECT_EQ(members.members[0].attributes.size(), 2U);
  EXPECT_EQ(members.members[1].profile_id, "two");
  EXPECT_TRUE(members.members[1].attributes.empty());
  EXPECT_EQ(members.members[2].attributes[0], attributes[0]);
}

TEST(InputReader, ReadsASegmentsEnd) {
  InputReader reader;
  const std::string counted = encode_segment_end("run-1", "segment-1", 0);
  EXPECT_EQ(std::get<SegmentEnd>(reader.read(counted).value()).members_sent, 0U);
  const std::string silent = encode_segment_end("run-1", "segment-1", std::nullopt);
  EXPECT_EQ(std::get<SegmentEnd>(reader.read(silent).value()).members_sent, std::nullopt);
}

TEST(InputReader, ReadsATick) { EXPECT_TRUE(std::holds_alternative<Tick>(InputReader{}.read(encode_tick()).value())); }

TEST(InputReader, TakesTheLastOfARepeatedField) {
  std::string record;
  protozero::pbf_writer writer{record};
  {
    protozero::pbf_writer end{writer, 4};
    end.add_string(1, "first");
    end.add_string(2, "segment-1");
    end.add_string(1, "last");
  }
  EXPECT_EQ(std::get<SegmentEnd>(InputReader{}.read(record).value()).run_id, "last");
}

TEST(InputReader, MarksAMemberAboveItsBoundsAndReadsTheOthers) {
  const std::vector<contact::Attribute> most(200, attributes[0]);
  const std::vector<contact::Attribute> too_many(201, attributes[0]);
  MembersWriter writer{"run-1", "segment-1"};
  writer.add(std::string(256, 'p'), most);
  writer.add("two", too_many);
  writer.add(std::string(257, 'p'), attributes);
  const std::string record = writer.finish();
  InputReader reader;
  const auto message = reader.read(record);
  const auto members = std::get<Members>(message.value()).members;
  EXPECT_FALSE(members[0].out_of_bounds);
  EXPECT_TRUE(members[1].out_of_bounds);
  EXPECT_TRUE(members[2].out_of_bounds);
}

Kind refusal(const std::string& record) {
  const auto message = InputReader{}.read(record);
  return message ? throw std::logic_error{"it was read"} : message.error().kind;
}

TEST(InputReader, RefusesIdentifiersThatAreEmptyOrTooLong) {
  EXPECT_EQ(refusal(encode_member("", "s", "p", {})), Kind::out_of_bounds);
  EXPECT_EQ(refusal(encode_member("r", "", "p", {})), Kind::out_of_bounds);
  EXPECT_EQ(refusal(encode_member(std::string(257, 'r'), "s", "p", {})), Kind::out_of_bounds);
  EXPECT_EQ(refusal(encode_segment_end("r", std::string(257, 's'), 1)), Kind::out_of_bounds);
  EXPECT_TRUE(InputReader{}.read(encode_member(std::string(256, 'r'), "s", "p", {})).has_value());
}

TEST(InputReader, RefusesTextThatIsNotUtf8) {
  EXPECT_EQ(refusal(encode_member("r\xff", "s", "p", {})), Kind::malformed);
  EXPECT_EQ(refusal(encode_segment_end("r", "s\xc3", 1)), Kind::malformed);
}

TEST(InputReader, TakesBytesThatAreNotUtf8InAttributes) {
  const std::array broken{contact::Attribute{"EMail", "\xff\xfe"}};
  EXPECT_TRUE(InputReader{}.read(encode_member("r", "s", "p\xff", broken)).has_value());
}

TEST(InputReader, RefusesWhatHoldsNoOrSeveralKinds) {
  EXPECT_EQ(refusal(""), Kind::malformed);
  EXPECT_EQ(refusal("{\"json\": true}"), Kind::malformed);
  EXPECT_EQ(refusal(encode_tick() + encode_tick()), Kind::malformed);
  EXPECT_EQ(refusal(encode_tick() + encode_segment_end("r", "s", 1)), Kind::malformed);
}

TEST(InputReader, TellsAKindOfALaterReleaseFromRubbish) {
  std::string record;
  protozero::pbf_writer{record}.add_message(6, std::string{});
  EXPECT_EQ(refusal(record), Kind::unknown_kind);
}

TEST(InputReader, ThrowsWhereAValueIsTakenThatIsNotThere) {
  EXPECT_THROW(InputReader{}.read("").value(), std::logic_error);
}

TEST(MembersWriter, KnowsTheSizeOfItsRecord) {
  MembersWriter writer{"run-1", "segment-1"};
  for (int count = 0; count < 300; ++count) {
    writer.add("profile", attributes);
    MembersWriter copy = writer;
    ASSERT_EQ(copy.bytes(), copy.finish().size());
  }
  EXPECT_EQ(writer.members(), 300U);
}

TEST(MembersWriter, IsEmptyAfterARecord) {
  MembersWriter writer{"run-1", "segment-1"};
  const std::size_t empty = writer.bytes();
  writer.add("profile", attributes);
  writer.finish();
  EXPECT_EQ(writer.members(), 0U);
  EXPECT_EQ(writer.bytes(), empty);
  InputReader reader;
  const std::string record = writer.finish();
  const auto message = reader.read(record);
  EXPECT_EQ(std::get<Members>(message.value()).segment_id, "segment-1");
}

}  // namespace
}  // namespace wire
