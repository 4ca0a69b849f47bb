#include "wire/inspect.hpp"

#include <limits>
#include <memory>
#include <set>
#include <vector>

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <segment_export/v1/arrives.pb.h>
#include <segment_export/v1/internal.pb.h>
#include <segment_export/v1/leaves.pb.h>

#include "unit/wire/filler.hpp"

namespace wire {
namespace {

namespace pb = segment_export::v1;
using google::protobuf::FieldDescriptor;
using testing::HasSubstr;
using testing::Not;

struct Filled {
  Topic topic;
  std::string payload;
};

/// A canary in every field that may hold personal data or a secret. All bytes but the named ones count as such, so that
/// a new field is hidden or named here.
std::string canary(const FieldDescriptor& field) {
  static const std::set<std::string> harmless{"name", "trace_parent", "payload_sha256", "body_sha256"};
  static const std::set<std::string> personal_text{"email", "values", "access_token", "refresh_token"};
  const bool bytes = field.type() == FieldDescriptor::TYPE_BYTES && !harmless.contains(field.name());
  const bool text = field.type() == FieldDescriptor::TYPE_STRING && personal_text.contains(field.name());
  return bytes || text ? "canary" : "";
}

template <class Message>
void add(std::vector<Filled>& records, Topic topic, int kinds) {
  for (int kind = 0; kind < kinds; ++kind) {
    Message message;
    Filler{canary}.fill(message, kind);
    records.push_back({topic, message.SerializeAsString()});
  }
}

std::vector<Filled> every_record() {
  std::vector<Filled> records;
  add<pb::ExportMessage>(records, Topic::exports, 5);
  add<pb::ControlMessage>(records, Topic::control, 6);
  add<pb::DecidedMessage>(records, Topic::decided, 3);
  add<pb::JournalMessage>(records, Topic::deliveries, 5);
  add<pb::StoredToken>(records, Topic::credentials, 1);
  add<pb::ResultEvent>(records, Topic::results, 3);
  add<pb::RejectMessage>(records, Topic::rejects, 2);
  return records;
}

TEST(Inspect, HidesPersonalData) {
  int with_personal_data = 0;
  for (const auto& [topic, payload] : every_record()) {
    const auto hidden = to_json(topic, payload, PersonalData::hidden).value();
    EXPECT_THAT(hidden, Not(HasSubstr("canary")));
    if (hidden.find("\"6 bytes\"") != std::string::npos) ++with_personal_data;
  }
  EXPECT_EQ(with_personal_data, 6);
}

TEST(Inspect, ShowsPersonalDataWhereAsked) {
  for (const auto& [topic, payload] : every_record()) {
    const bool may_show = topic == Topic::exports || topic == Topic::decided || topic == Topic::rejects;
    if (payload.find("canary") == std::string::npos || !may_show) continue;
    EXPECT_THAT(to_json(topic, payload, PersonalData::shown).value(), HasSubstr("canary"));
  }
}

TEST(Inspect, NeverShowsTokens) {
  pb::StoredToken token;
  Filler{canary}.fill(token, 0);
  const auto json = to_json(Topic::credentials, token.SerializeAsString(), PersonalData::shown).value();
  EXPECT_THAT(json, Not(HasSubstr("canary")));
  EXPECT_THAT(json, HasSubstr(R"("nonce":"6 bytes","sealed_token":"6 bytes")"));
}

TEST(Inspect, WritesALineOfJsonWithTheNamesOfTheMessages) {
  pb::ResultEvent event;
  event.mutable_instance()->set_run_id("run-1");
  event.set_sequence(4);
  event.set_at_ms(1'772'355'600'007);
  event.mutable_changed()->set_status(pb::QUEUED);
  event.mutable_changed()->mutable_reason()->set_reason(pb::DAILY_QUOTA);
  event.mutable_changed()->mutable_reason()->set_reason_class(pb::CLASS_LIMIT);
  EXPECT_EQ(to_json(Topic::results, event.SerializeAsString(), PersonalData::hidden).value(),
            R"({"instance":{"run_id":"run-1","partition":0,"job_offset":0},"sequence":4,)"
            R"("at_ms":1772355600007,"at":"2026-03-01T09:00:00.007Z",)"
            R"("changed":{"status":"QUEUED","reason":{"reason":"DAILY_QUOTA","reason_class":"CLASS_LIMIT"},)"
            R"("rows_accepted":0,"rows_sent":0,"rows_ended":0}})");
}

TEST(Inspect, GivesATimeNoDateWhereItHasNone) {
  for (const std::int64_t time : {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()}) {
    pb::ResultEvent event;
    event.set_at_ms(time);
    event.mutable_changed();
    const auto json = to_json(Topic::results, event.SerializeAsString(), PersonalData::hidden).value();
    EXPECT_THAT(json, HasSubstr("\"at_ms\":" + std::to_string(time)));
    EXPECT_THAT(json, Not(HasSubstr("\"at\":")));
  }
}

TEST(Inspect, WritesBytesThatAreNoTextAsHex) {
  pb::RejectMessage message;
  message.mutable_dead_letter()->set_payload_sha256("\xff\x01");
  EXPECT_THAT(to_json(Topic::rejects, message.SerializeAsString(), PersonalData::hidden).value(),
              HasSubstr(R"("payload_sha256":"0xff01")"));
}

TEST(Inspect, RefusesWhatIsNoRecordOfTheTopic) {
  EXPECT_EQ(to_json(Topic::exports, "no record", PersonalData::shown).error().kind, Unreadable::Kind::malformed);
  EXPECT_EQ(to_json(Topic::exports, "", PersonalData::shown).error().kind, Unreadable::Kind::malformed);
}

}  // namespace
}  // namespace wire
