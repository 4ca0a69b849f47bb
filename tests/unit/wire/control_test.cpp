#include "wire/control.hpp"

#include <gtest/gtest.h>

namespace wire {
namespace {

using Kind = Unreadable::Kind;

run::Connection connection_of(std::string id) {
  run::Connection connection;
  connection.id.value = std::move(id);
  return connection;
}

TEST(ControlRecord, OfAConnectionKeepsWhetherThereIsConsent) {
  const run::ControlRecord without = connection_of("main");
  EXPECT_EQ(decode_control(encode(without)).value(), without);
  auto connection = connection_of("main");
  connection.consent = run::Consent{};
  EXPECT_EQ(decode_control(encode(run::ControlRecord{connection})).value(), run::ControlRecord{connection});
}

TEST(ControlRecord, IsRefusedForAnIdentifierThatIsEmptyOrTooLong) {
  EXPECT_EQ(decode_control(encode(run::ControlRecord{connection_of("")})).error().kind, Kind::out_of_bounds);
  EXPECT_EQ(decode_control(encode(run::ControlRecord{connection_of(std::string(257, 'c'))})).error().kind,
            Kind::out_of_bounds);
  EXPECT_EQ(decode_control(encode(run::ControlRecord{run::Pause{}})).error().kind, Kind::out_of_bounds);
  EXPECT_EQ(decode_control(encode(run::ControlRecord{run::Request{}})).error().kind, Kind::out_of_bounds);
  EXPECT_EQ(decode_control(encode(run::ControlRecord{run::CancelRun{}})).error().kind, Kind::out_of_bounds);
  EXPECT_EQ(decode_control(encode(run::ControlRecord{run::ReleaseRun{}})).error().kind, Kind::out_of_bounds);
}

TEST(ControlRecord, IsAtMost256KiB) {
  auto connection = connection_of("main");
  connection.consent = run::Consent{.given_by = "p", .given_at = {}, .text = std::string(200'000, 't')};
  EXPECT_TRUE(decode_control(encode(run::ControlRecord{connection})));
  connection.consent->text.assign(270'000, 't');
  EXPECT_EQ(decode_control(encode(run::ControlRecord{connection})).error().kind, Kind::out_of_bounds);
}

}  // namespace
}  // namespace wire
