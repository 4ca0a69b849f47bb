#include "cli/receipt_json.hpp"

#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>

#include "unit/cli/sample_receipt.hpp"

namespace cli {
namespace {

TEST(ReceiptJson, HoldsTheWholeReceipt) {
  EXPECT_EQ(
      boost::json::serialize(receipt_json(sample_event(), sample_completed())),
      R"({"run_id":"run-1","instance":{"run_id":"run-1","partition":2,"job_offset":40},"export_id":"cli-1",)"
      R"("export_name":"Spring","connection_id":"demo","status":"COMPLETED_WITH_WARNINGS","reason":null,)"
      R"("warnings":[{"reason":"ROWS_REJECTED","class":"DATA","detail":"3 members were invalid"}],"remedy":"",)"
      R"("receipt":{"decided":{"received":10,"accepted":6,"invalid":3,"duplicate":1,"over_cap":0,"undecodable":0},)"
      R"("delivered":{"imported":6,"unsubscribed":0,"refused":0,"failed":0,"unknown":0,"not_sent":0},)"
      R"("segments":[{"id":"loyal","name":"Loyal","decided":{"received":10,"accepted":6,"invalid":3,"duplicate":1,)"
      R"("over_cap":0,"undecodable":0},"expected_members":10,"members_sent":null}],)"
      R"("reasons":[{"reason":"INVALID_EMAIL","rule":"missing_at","members":3},)"
      R"({"reason":"DUPLICATE","rule":"","members":1}],)"
      R"("batches":[{"batch_id":"b1","attempt":2,"activity_id":"activity-1","rows":6,"bytes":282,)"
      R"("delivered":{"imported":6,"unsubscribed":0,"refused":0,"failed":0,"unknown":0,"not_sent":0},)"
      R"("possible_duplicate":true}],"requests":4,"cap":1000,"job_at":"2026-11-25T02:15:00.000Z",)"
      R"("sealed_at":"2026-11-25T02:15:01.200Z","first_sent_at":"2026-11-25T02:15:02.800Z",)"
      R"("ended_at":"2026-11-25T02:16:05.000Z"}})");
}

TEST(ReceiptJson, NamesTheReasonOfARunThatSentNobody) {
  auto completed = sample_completed();
  completed.reason = {run::Reason::over_cap, "6 people, the cap is 3"};
  const auto object = receipt_json(sample_event(), completed);
  EXPECT_EQ(boost::json::serialize(object.at("reason")),
            R"({"reason":"OVER_CAP","class":"SIZE","detail":"6 people, the cap is 3"})");
}

TEST(ReceiptJson, NamesTheRepeatsOfItsRun) {
  boost::json::object object;
  add_repeats(object, {});
  EXPECT_TRUE(object.empty());
  const std::vector<run::RunInstance> repeats{{{"run-1"}, 2, 90}};
  add_repeats(object, repeats);
  EXPECT_EQ(boost::json::serialize(object), R"({"repeats":[{"run_id":"run-1","partition":2,"job_offset":90}]})");
}

TEST(StateJson, SaysHowFarARunIs) {
  run::RunChanged changed;
  changed.status = run::RunStatus::queued;
  changed.reason = {run::Reason::account_busy, ""};
  changed.rows_accepted = 6;
  const auto object = state_json(sample_event(), changed);
  EXPECT_EQ(object.at("status"), "QUEUED");
  EXPECT_EQ(object.at("reason").at("reason"), "ACCOUNT_BUSY");
  EXPECT_EQ(object.at("rows_accepted"), 6);
  EXPECT_TRUE(object.at("next_look_at").is_null());
}

}  // namespace
}  // namespace cli
