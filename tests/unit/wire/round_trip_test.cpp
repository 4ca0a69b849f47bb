#include <string>

#include <gtest/gtest.h>
#include <segment_export/v1/arrives.pb.h>
#include <segment_export/v1/internal.pb.h>
#include <segment_export/v1/leaves.pb.h>

#include "unit/wire/bytes.hpp"
#include "unit/wire/filler.hpp"
#include "wire/control.hpp"
#include "wire/credentials.hpp"
#include "wire/decided.hpp"
#include "wire/input.hpp"
#include "wire/journal.hpp"
#include "wire/result.hpp"

namespace wire {
namespace {

namespace pb = segment_export::v1;

/// Bytes with every field set -> domain value -> bytes: what a conversion forgets is missing at the end.
template <class Message, class Decode, class Encode>
void expect_round_trips(int kinds, Decode decode, Encode encode_again) {
  for (int kind = 0; kind < kinds; ++kind) {
    Message message;
    Filler{}.fill(message, kind);
    const std::string bytes = message.SerializeAsString();
    const auto value = decode(bytes);
    ASSERT_TRUE(value) << value.error().detail << "\n" << message.DebugString();
    EXPECT_EQ(hex(encode_again(*value)), hex(bytes)) << message.DebugString();
  }
}

const auto encode_any = [](const auto& value) {
  return std::visit([](const auto& kind) { return encode(kind); }, value);
};

TEST(RoundTrip, KeepsEveryFieldOfAJob) {
  expect_round_trips<pb::ExportMessage>(
      1, [](const std::string& bytes) { return InputReader{}.read(bytes); },
      [](const InputMessage& message) { return encode_job(std::get<run::ExportJob>(message)); });
}

TEST(RoundTrip, KeepsEveryFieldOfAControlRecord) {
  expect_round_trips<pb::ControlMessage>(6, decode_control,
                                         [](const run::ControlRecord& record) { return encode(record); });
}

TEST(RoundTrip, KeepsEveryFieldOfADecidedRecord) {
  expect_round_trips<pb::DecidedMessage>(3, decode_decided, encode_any);
}

TEST(RoundTrip, KeepsEveryFieldOfAJournalRecord) {
  expect_round_trips<pb::JournalMessage>(5, decode_journal,
                                         [](const run::JournalRecord& record) { return encode(record); });
}

TEST(RoundTrip, KeepsEveryFieldOfAStoredToken) {
  expect_round_trips<pb::StoredToken>(1, decode_token, [](const run::StoredToken& token) { return encode(token); });
}

TEST(RoundTrip, KeepsEveryFieldOfATokenSecret) {
  expect_round_trips<pb::TokenSecret>(1, decode_secret, [](const run::TokenSecret& secret) { return encode(secret); });
}

TEST(RoundTrip, KeepsEveryFieldOfAResultEvent) {
  expect_round_trips<pb::ResultEvent>(3, decode_result, [](const run::ResultEvent& event) { return encode(event); });
}

TEST(RoundTrip, KeepsEveryFieldOfARejectRecord) { expect_round_trips<pb::RejectMessage>(2, decode_reject, encode_any); }

TEST(RoundTrip, KeepsEveryReasonByItsName) {
  for (int index = 0; index < pb::Reason_descriptor()->value_count(); ++index) {
    const auto& value = *pb::Reason_descriptor()->value(index);
    pb::RejectMessage message;
    message.mutable_member()->mutable_instance();
    message.mutable_member()->mutable_position();
    message.mutable_member()->set_reason(static_cast<pb::Reason>(value.number()));
    const auto decoded = decode_reject(message.SerializeAsString());
    ASSERT_TRUE(decoded) << value.name();
    const auto reason = std::get<run::RejectedMember>(*decoded).reason;
    if (value.number() == 0) {
      EXPECT_EQ(reason, run::Reason::none);
    } else {
      EXPECT_EQ(run::name(reason), value.name());
    }
  }
}

TEST(RoundTrip, KeepsEveryStatusByItsName) {
  for (int index = 1; index < pb::RunStatus_descriptor()->value_count(); ++index) {
    const auto& value = *pb::RunStatus_descriptor()->value(index);
    pb::ResultEvent message;
    message.mutable_changed()->set_status(static_cast<pb::RunStatus>(value.number()));
    const auto decoded = decode_result(message.SerializeAsString());
    ASSERT_TRUE(decoded) << value.name();
    EXPECT_EQ(run::name(std::get<run::RunChanged>(decoded->what).status), value.name());
  }
}

TEST(RoundTrip, KeepsWhatIsNotThere) {
  run::RunState run;
  run.instance.run_id.value = "run-1";
  EXPECT_EQ(std::get<run::RunState>(decode_journal(encode(run::JournalRecord{run})).value()), run);
  run::ResultEvent event;
  event.what = run::RunCompleted{};
  EXPECT_EQ(decode_result(encode(event)).value(), event);
  event.what = run::RunChanged{};
  EXPECT_EQ(decode_result(encode(event)).value(), event);
  EXPECT_EQ(decode_token(encode(run::StoredToken{})).value(), run::StoredToken{});
  const run::RunSealed sealed{};
  EXPECT_EQ(decode_decided(encode(sealed)).value(), run::Decided{sealed});
  const run::DecidedRange range{};
  EXPECT_EQ(decode_decided(encode(range)).value(), run::Decided{range});
}

}  // namespace
}  // namespace wire
