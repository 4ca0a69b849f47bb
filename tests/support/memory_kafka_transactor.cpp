#include "support/memory_kafka_transactor.hpp"

#include <utility>

namespace support {
namespace asio = boost::asio;

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
  state->answer = State::Answer::none;
  const auto all = std::make_shared<std::vector<delivery::Outgoing>>(std::move(records));
  kafka.time().after(kafka.way(), [state, all] { write(state, *all); });
  while (state->answer == State::Answer::none) co_await state->answered.wait();
  if (state->answer == State::Answer::committed) co_return state->committed;
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
  kafka.time().after(kafka.way(), [state] { finish(state); });
}

void MemoryTransactor::finish(const std::shared_ptr<State>& state) {
  auto& kafka = state->process->kafka();
  if (state->closed || !state->process->reaches()) return;
  const bool fenced = is_fenced(*state);
  if (!fenced) kafka.end(state->id, MemoryLog::Ending::commit);
  kafka.time().after(kafka.way(), [state, fenced] {
    if (state->process->dead()) return;
    state->answer = fenced ? State::Answer::fenced : State::Answer::committed;
    state->answered.ring();
  });
}

}  // namespace support
