#include <random>

#include <google/protobuf/unknown_field_set.h>
#include <gtest/gtest.h>
#include <protozero/pbf_writer.hpp>
#include <segment_export/v1/arrives.pb.h>

#include "unit/wire/bytes.hpp"
#include "unit/wire/generated_reader.hpp"
#include "wire/input.hpp"

namespace wire {
namespace {

namespace pb = segment_export::v1;

struct Tally {
  int read = 0;
  int refused = 0;
};

/// Both read the same or both refuse; a job may also be refused for its bounds.
void compare(InputReader& reader, const std::string& payload, Tally& tally) {
  const auto mine = reader.read(payload);
  const auto theirs = read_by_generated_classes(payload);
  ++(mine ? tally.read : tally.refused);
  if (theirs && theirs->kind == InputContent::Kind::job && !mine) return;
  ASSERT_EQ(mine.has_value(), theirs.has_value()) << hex(payload) << (mine ? "" : "\n" + mine.error().detail);
  if (mine) ASSERT_TRUE(content_of(*mine) == *theirs) << hex(payload);
}

class Generator {
 public:
  explicit Generator(std::uint64_t seed) : random_{seed} {}

  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(random_() % bound); }
  bool one_in(std::size_t count) { return below(count) == 0; }

  std::string record() {
    std::string record;
    protozero::pbf_writer writer{record};
    switch (below(8)) {
      case 0:
        writer.add_message(pb::ExportMessage::kEnd, end());
        break;
      case 1:
        writer.add_message(pb::ExportMessage::kTick, unknown());
        break;
      case 2:
        writer.add_message(pb::ExportMessage::kJob, job());
        break;
      case 3:
      case 4:
      case 5:
        writer.add_message(pb::ExportMessage::kMembers, members());
        break;
      default:
        writer.add_message(pb::ExportMessage::kMember, member());
        break;
    }
    if (one_in(2)) record += unknown();
    return record;
  }

 private:
  std::string text() {
    static const std::vector<std::string> texts{"r", "run-1", "söme", "\xe2\x82\xac", "", std::string(256, 'x')};
    return texts[one_in(4) ? below(texts.size()) : below(2)];
  }

  std::string blob() {
    std::string bytes;
    for (std::size_t count = below(9); count > 0; --count) bytes += static_cast<char>(random_());
    return bytes;
  }

  std::string unknown() {
    google::protobuf::UnknownFieldSet fields;
    for (std::size_t count = below(3); count > 0; --count) {
      const int number = one_in(3) ? 19'000 + static_cast<int>(below(999)) : 6 + static_cast<int>(below(100'000));
      switch (below(5)) {
        case 0:
          fields.AddVarint(number, random_() >> below(64));
          break;
        case 1:
          fields.AddFixed32(number, static_cast<std::uint32_t>(random_()));
          break;
        case 2:
          fields.AddFixed64(number, random_());
          break;
        case 3:
          fields.AddLengthDelimited(number, blob());
          break;
        default:
          fields.AddGroup(number)->AddGroup(7)->AddLengthDelimited(3, blob());
          break;
      }
    }
    std::string bytes;
    fields.SerializeToString(&bytes);
    return bytes;
  }

  /// Run and segment, sometimes twice or of the wrong type, as no generated class would write them.
  std::string header() {
    std::string bytes;
    protozero::pbf_writer writer{bytes};
    for (std::size_t count = one_in(4) ? 2 : 1; count > 0; --count) {
      writer.add_string(1, text());
      writer.add_string(2, one_in(40) ? "\xff" : text());
      if (one_in(8)) writer.add_uint64(1, 5);
      if (one_in(8)) bytes += unknown();
    }
    return bytes;
  }

  std::string end() {
    std::string bytes = header();
    for (std::size_t count = below(3); count > 0; --count) {
      protozero::pbf_writer{bytes}.add_uint64(3, random_() >> below(64));
    }
    return bytes;
  }

  std::string job() {
    pb::ExportJob job;
    job.set_run_id(text());
    job.set_export_id(text());
    job.add_list_ids(text());
    return job.SerializeAsString() + unknown();
  }

  std::string member() {
    std::string bytes = header();
    add_profile(bytes, 3, 4);
    return bytes;
  }

  std::string members() {
    std::string bytes = header();
    for (std::size_t count = below(4); count > 0; --count) {
      std::string member;
      add_profile(member, 1, 2);
      protozero::pbf_writer{bytes}.add_message(3, member);
    }
    return bytes;
  }

  void add_profile(std::string& bytes, protozero::pbf_tag_type id_field, protozero::pbf_tag_type attribute_field) {
    for (std::size_t count = below(3); count > 0; --count) {
      protozero::pbf_writer{bytes}.add_bytes(id_field, one_in(20) ? std::string(256 + below(2), 'p') : blob());
    }
    for (std::size_t count = one_in(40) ? 200 + below(2) : below(4); count > 0; --count) {
      std::string attribute;
      for (std::size_t part = below(4); part > 0; --part) {
        protozero::pbf_writer{attribute}.add_bytes(static_cast<protozero::pbf_tag_type>(1 + below(2)), blob());
      }
      if (one_in(4)) attribute += unknown();
      protozero::pbf_writer{bytes}.add_message(attribute_field, attribute);
    }
    if (one_in(4)) bytes += unknown();
  }

  std::mt19937_64 random_;
};

TEST(TwoReaders, ReadRandomMessagesTheSame) {
  InputReader reader;
  Tally tally;
  Generator generator{1};
  for (int count = 0; count < 5'000; ++count) ASSERT_NO_FATAL_FAILURE(compare(reader, generator.record(), tally));
  EXPECT_GT(tally.read, 1'000);
  EXPECT_GT(tally.refused, 100);
}

TEST(TwoReaders, AgreeOnEveryTruncation) {
  InputReader reader;
  Tally tally;
  Generator generator{2};
  for (int count = 0; count < 200; ++count) {
    const std::string record = generator.record();
    for (std::size_t length = 0; length < record.size(); ++length) {
      ASSERT_NO_FATAL_FAILURE(compare(reader, record.substr(0, length), tally));
    }
  }
  EXPECT_GT(tally.refused, 1'000);
}

TEST(TwoReaders, AgreeOnRecordsWithWrongBytes) {
  InputReader reader;
  Tally tally;
  Generator generator{3};
  for (int count = 0; count < 400; ++count) {
    const std::string record = generator.record();
    if (record.empty() || record.size() > 400) continue;
    for (int change = 0; change < 100; ++change) {
      std::string changed = record;
      const std::size_t at = generator.below(changed.size());
      switch (generator.below(4)) {
        case 0:
          changed.erase(at, 1);
          break;
        case 1:
          changed.insert(at, 1, static_cast<char>(generator.below(256)));
          break;
        case 2:
          changed[at] = static_cast<char>(changed[at] ^ (1 << generator.below(8)));
          break;
        default:
          changed[at] = static_cast<char>(generator.below(256));
          break;
      }
      ASSERT_NO_FATAL_FAILURE(compare(reader, changed, tally));
    }
  }
  EXPECT_GT(tally.read, 1'000);
  EXPECT_GT(tally.refused, 1'000);
}

/// `groups` within each other, after a member's id.
std::string nested_groups(std::size_t groups) { return std::string(groups, '\x3b') + std::string(groups, '\x3c'); }

TEST(TwoReaders, AgreeOnHowDeepGroupsMayNest) {
  InputReader reader;
  Tally tally;
  for (std::size_t depth = 94; depth < 104; ++depth) {
    const std::string groups = nested_groups(depth);
    ASSERT_NO_FATAL_FAILURE(compare(reader, encode_segment_end("r", "s", 1) + groups, tally));

    std::string member;
    protozero::pbf_writer{member}.add_string(1, "p");
    std::string attribute;
    protozero::pbf_writer{attribute}.add_string(1, "name");
    for (int place = 0; place < 3; ++place) {
      std::string in_attribute = attribute + (place == 0 ? groups : "");
      std::string in_member = member + (place == 1 ? groups : "");
      protozero::pbf_writer{in_member}.add_message(2, in_attribute);
      std::string body = (place == 2 ? groups : "");
      protozero::pbf_writer writer{body};
      writer.add_string(1, "r");
      writer.add_string(2, "s");
      writer.add_message(3, in_member);
      std::string record;
      protozero::pbf_writer{record}.add_message(3, body);
      ASSERT_NO_FATAL_FAILURE(compare(reader, record, tally));
    }
  }
  EXPECT_GT(tally.read, 0);
  EXPECT_GT(tally.refused, 0);
}

TEST(TwoReaders, AgreeOnLongFormsOfTagsLengthsAndNumbers) {
  InputReader reader;
  Tally tally;
  const std::string end = encode_segment_end("r", "s", std::nullopt);
  using namespace std::string_literals;
  for (const std::string& unknown : {
           "\xb8\x80\x80\x80\x00\x01"s,       // A tag of five bytes,
           "\xb8\x80\x80\x80\x80\x00\x01"s,   // of six.
           "\xba\x80\x80\x80\x70\x01x"s,      // Bits above the 32nd.
           "\x3a\x81\x80\x80\x80\x00x"s,      // A length of five bytes,
           "\x3a\x81\x80\x80\x80\x80\x00x"s,  // of six,
           "\x3a\x81\x80\x80\x80\x10x"s,      // above 32 bits,
           "\x3a\xff\xff\xff\xff\x07x"s,      // of 2 GiB.
           "\x38\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"s,
           "\x38\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f"s,
           "\x38\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"s,
           "\x00"s,
           "\x01\x00\x00\x00\x00\x00\x00\x00\x00"s,
           "\x02\x00"s,
           "\x3e\x00"s,
           "\x3f\x00"s,
           "\x3c"s,
           "\x3b\x44"s,
           "\x3b"s,
       }) {
    ASSERT_NO_FATAL_FAILURE(compare(reader, end + unknown, tally)) << hex(unknown);
  }
  EXPECT_GT(tally.read, 3);
  EXPECT_GT(tally.refused, 3);
}

}  // namespace
}  // namespace wire
