#include "support/memory_kafka_transactor.hpp"

#include <utility>

namespace support {
namespace asio = boost::asio;

namespace {

/// As the setting kafka.transaction-deadline has it.
constexpr auto deadline = std::chrono::seconds{10};

}  // namespace

std::string_view topic_of(delivery::Outgoing::To to) {
  switch (to) {
    case delivery::Outgoing::To::journal:
      return topic::deliveries;
    case delivery::Outgoing::To::results:
      return topic::results;
    case delivery::Outgoing::To::rejects:
      return topic::rejects;
    case delivery::Outgoing::To::credentials:
      return topic::credentials;
  }
  return {};
}

MemoryTransactor::MemoryTransactor(std::shared_ptr<KafkaProcess> process, std::int32_t partition) {
  auto& kafka = process->kafka();
  const auto id = "delivery-" + std::to_string(partition);
  const auto epoch = kafka.fence(id);
  state_ = std::shared_ptr<State>(new State{.process = std::move(process),
                                            .partition = partition,
                                            .id = id,
                                            .epoch = epoch,
                                            .answered = Bell{kafka.time().loop().get_executor()}});
}

MemoryTransactor::~MemoryTransactor() {
  // What is on its way may still arrive.
  state_->closed = state_->process->kafka().random().chance(0.5);
}

bool MemoryTransactor::is_fenced(const State& state) {
  return state.process->kafka().epoch(state.id).number != state.epoch;
}

asio::awaitable<delivery::Result<delivery::Committed>> MemoryTransactor::commit(
    std::vector<delivery::Outgoing> records) {
  const auto state = state_;
  auto& kafka = state->process->kafka();
  co_await state->process->live();
  state->process->count_message();
  co_await state->process->live();
  state->answer = State::Answer::none;
  const auto all = std::make_shared<std::vector<delivery::Outgoing>>(std::move(records));
  if (!kafka.strikes(&KafkaFaults::lost_transactions, "a transaction never came")) {
    kafka.time().after(kafka.way(), [state, all] { write(state, *all); });
  }
  kafka.time().after(deadline, [state, number = ++state->commits] {
    if (state->answer != State::Answer::none || state->commits != number) return;
    state->process->kafka().count("the outcome of a transaction stayed unknown");
    state->answer = State::Answer::unknown;
    state->answered.ring();
  });
  while (state->answer == State::Answer::none) co_await state->answered.wait();
  co_await state->process->live();
  if (state->answer == State::Answer::committed) co_return state->committed;
  if (state->answer == State::Answer::unknown) {
    const delivery::Error unknown{delivery::NextStep::stop, run::Reason::none, "no answer by the deadline", {}};
    co_return unknown;
  }
  const delivery::Error fenced{delivery::NextStep::stop, run::Reason::none, "fenced by another owner", {}};
  co_return fenced;
}

void MemoryTransactor::write(const std::shared_ptr<State>& state, const std::vector<delivery::Outgoing>& records) {
  auto& kafka = state->process->kafka();
  if (state->closed || !state->process->reaches()) return;
  if (is_fenced(*state)) return finish(state);
  kafka.begin(state->id);
  auto& epoch = kafka.epoch(state->id);
  for (const auto& record : records) {
    const auto name = topic_of(record.to);
    const bool journal = record.to == delivery::Outgoing::To::journal;
    const auto partition = journal ? state->partition : kafka.partition_of(name, record.key);
    epoch.partitions.emplace(name, partition);
    MemoryRecord plain{record.key, record.value, record.trace_parent};
    const auto& stored = kafka.log(name, partition).append(std::move(plain), epoch.open);
    if (journal) state->committed.appended_at = stored.appended_at;
  }
  if (kafka.strikes(&KafkaFaults::lost_transactions, "a transaction was left open")) return;
  kafka.time().after(kafka.way(), [state] { finish(state); });
}

void MemoryTransactor::finish(const std::shared_ptr<State>& state) {
  auto& kafka = state->process->kafka();
  if (state->closed || !state->process->reaches()) return;
  const bool fenced = is_fenced(*state);
  if (fenced) kafka.count("a fenced owner wrote");
  if (!fenced) kafka.end(state->id, MemoryLog::Ending::commit);
  if (!fenced && kafka.strikes(&KafkaFaults::lost_answers, "the answer of a commit was lost")) return;
  kafka.time().after(kafka.way(), [state, fenced] {
    if (state->process->dead() || state->answer != State::Answer::none) return;
    state->answer = fenced ? State::Answer::fenced : State::Answer::committed;
    state->answered.ring();
  });
}

}  // namespace support
