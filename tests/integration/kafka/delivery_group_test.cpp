#include "kafka/delivery_group.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include "integration/kafka/kafka_test.hpp"

namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class DeliveryGroup : public KafkaTest {
 protected:
  std::vector<std::int32_t> assigned(kafka::DeliveryGroup& group) {
    const auto event = run(group.next());
    return std::get<delivery::GroupAssigned>(event).partitions;
  }
  /// The first assignment with a partition in it: while another member is still leaving, the group may give none.
  std::vector<std::int32_t> assigned_in_the_end(kafka::DeliveryGroup& group) {
    std::vector<std::int32_t> taken;
    while (taken.empty()) {
      const auto event = run(group.next());
      if (const auto* more = std::get_if<delivery::GroupAssigned>(&event)) taken = more->partitions;
      group.accept();
    }
    return taken;
  }
};

TEST_F(DeliveryGroup, CommitsAndReadsBackWhatItCommitted) {
  create_topics(2);
  kafka::DeliveryGroup group{settings, hooks, context.get_executor()};
  EXPECT_THAT(assigned(group), ElementsAre(0, 1));
  group.accept();
  const auto never = run(group.committed(1));
  ASSERT_TRUE(never);
  EXPECT_EQ(*never, std::nullopt);
  EXPECT_EQ(run(group.commit(1, 42)), delivery::CommitAnswer::done);
  const auto committed = run(group.committed(1));
  ASSERT_TRUE(committed);
  EXPECT_EQ(*committed, 42);
}

TEST_F(DeliveryGroup, CommitsBeforeARebalanceIsAccepted) {
  create_topics(2);
  kafka::DeliveryGroup group{settings, hooks, context.get_executor()};
  EXPECT_THAT(assigned(group), SizeIs(2));
  EXPECT_EQ(run(group.commit(0, 7)), delivery::CommitAnswer::done);
  group.accept();
}

TEST_F(DeliveryGroup, SharesThePartitionsWithASecondMember) {
  create_topics(2);
  kafka::DeliveryGroup first{settings, hooks, context.get_executor()};
  EXPECT_THAT(assigned(first), SizeIs(2));
  first.accept();
  kafka::DeliveryGroup second{settings, hooks, context.get_executor()};
  const auto event = run(first.next());
  ASSERT_TRUE(std::holds_alternative<delivery::GroupRevoked>(event));
  EXPECT_THAT(std::get<delivery::GroupRevoked>(event).partitions, SizeIs(2));
  EXPECT_FALSE(std::get<delivery::GroupRevoked>(event).lost);
  EXPECT_EQ(run(first.commit(0, 3)), delivery::CommitAnswer::done);
  first.accept();
  EXPECT_THAT(assigned(first), SizeIs(1));
  first.accept();
  EXPECT_THAT(assigned(second), SizeIs(1));
  second.accept();
  const auto committed = run(second.committed(0));
  ASSERT_TRUE(committed);
  EXPECT_EQ(*committed, 3);
}

TEST_F(DeliveryGroup, CallsACommitStaleOnceTheGroupHasGoneOnWithoutIt) {
  create_topics(1);
  settings.max_poll_interval = settings.session_timeout;  // So long the group waits for a member in a rebalance.
  kafka::DeliveryGroup first{settings, hooks, context.get_executor()};
  EXPECT_THAT(assigned(first), SizeIs(1));
  first.accept();
  kafka::DeliveryGroup second{settings, hooks, context.get_executor()};
  ASSERT_TRUE(std::holds_alternative<delivery::GroupRevoked>(run(first.next())));
  EXPECT_THAT(assigned_in_the_end(second), SizeIs(1));
  EXPECT_EQ(run(first.commit(0, 2)), delivery::CommitAnswer::stale);
  EXPECT_EQ(run(second.commit(0, 2)), delivery::CommitAnswer::done);
}

TEST_F(DeliveryGroup, CanBeLeftWithoutAcceptingARebalance) {
  create_topics(1);
  std::optional<kafka::DeliveryGroup> first;
  first.emplace(settings, hooks, context.get_executor());
  EXPECT_THAT(assigned(*first), SizeIs(1));
  first->accept();
  kafka::DeliveryGroup second{settings, hooks, context.get_executor()};
  ASSERT_TRUE(std::holds_alternative<delivery::GroupRevoked>(run(first->next())));
  first.reset();
  EXPECT_THAT(assigned_in_the_end(second), SizeIs(1));
}

TEST_F(DeliveryGroup, IsAtItsEndOnceAnotherHasTakenItsInstance) {
  create_topics(1);
  settings.delivery_instance = "worker-0";
  kafka::DeliveryGroup first{settings, hooks, context.get_executor()};
  EXPECT_THAT(assigned(first), SizeIs(1));
  first.accept();
  kafka::DeliveryGroup second{settings, hooks, context.get_executor()};
  EXPECT_THAT(assigned(second), SizeIs(1));
  second.accept();
  run_until([&] { return !failures().empty(); });
  EXPECT_THAT(failures(), ElementsAre(testing::HasSubstr("FENCED_INSTANCE_ID")));
}

TEST_F(DeliveryGroup, CanBeLeftWhileSomebodyWaits) {
  create_topics(1);
  boost::asio::cancellation_signal cancel;
  std::exception_ptr failure;
  bool ended = false;
  {
    kafka::DeliveryGroup group{settings, hooks, context.get_executor()};
    EXPECT_THAT(assigned(group), SizeIs(1));
    group.accept();
    boost::asio::co_spawn(context, group.next(),
                          boost::asio::bind_cancellation_slot(
                              cancel.slot(), [&](const std::exception_ptr& thrown, const delivery::GroupEvent&) {
                                failure = thrown;
                                ended = true;
                              }));
    context.restart();
    context.poll();
    cancel.emit(boost::asio::cancellation_type::terminal);
    run_until([&] { return ended; });
  }
  EXPECT_THROW(std::rethrow_exception(failure), boost::system::system_error);
  EXPECT_THAT(failures(), IsEmpty());
}

}  // namespace
