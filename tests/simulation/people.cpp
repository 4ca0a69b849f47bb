#include "simulation/people.hpp"

#include <chrono>
#include <set>

#include "simulation/vendor.hpp"
#include "wire/control.hpp"
#include "wire/credentials.hpp"

namespace simulation {
namespace {

using namespace std::chrono_literals;
namespace topic = support::topic;

constexpr auto between_looks = 20s;

}  // namespace

void People::begin() {
  for (const auto& connection : parts_.plan.connections) {
    grants_[connection.id] = 1;
    publish_connection(connection);
    publish_token(connection);
  }
  for (std::size_t run = 0; run < parts_.plan.runs.size(); ++run) {
    time().after(parts_.plan.runs[run].begins, [this, run] { publish(run, 0); });
  }
  for (const auto& order : parts_.plan.orders) {
    time().after(order.at, [this, &order] { give_order(order); });
  }
  look_after_grants();
}

void People::publish(std::size_t run, std::size_t record) {
  const auto& planned = parts_.plan.runs[run];
  const auto& run_id = planned.job.run_id.value;
  const auto& stored = parts_.kafka.append(topic::exports, {run_id, planned.records[record], {}});
  const bool opens = record == 0 || record == planned.repeat_begins;
  if (opens) {
    const auto partition = parts_.kafka.partition_of(topic::exports, run_id);
    parts_.books.published(planned, {planned.job.run_id, partition, stored.offset}, stored.appended_at);
  }
  if (record + 1 == planned.records.size()) {
    ++published_;
    return parts_.trace.line("upstream", "has published", run_id);
  }
  time().after(random_.between({}, planned.pause_most), [this, run, record] { publish(run, record + 1); });
}

void People::give_order(const PlannedOrder& order) {
  using Kind = PlannedOrder::Kind;
  const auto& run = parts_.plan.runs[order.run];
  const auto& instance = parts_.books.instances(run).front();
  switch (order.kind) {
    case Kind::cancel:
      parts_.trace.line("a person", "cancels", run.job.run_id.value);
      return tell(run::CancelRun{instance, "somebody", "a mistake"});
    case Kind::release:
      parts_.trace.line("a person", "releases", run.job.run_id.value);
      return tell(run::ReleaseRun{instance, "somebody"});
    case Kind::pause:
      return pause(order);
  }
}

void People::pause(const PlannedOrder& order) {
  const auto& job = parts_.plan.runs[order.run].job;
  const auto& id = order.scope == run::PauseScope::connection ? job.connection_id.value
                   : order.scope == run::PauseScope::export_  ? job.export_id.value
                                                              : job.application.value;
  parts_.trace.line("a person", "pauses", id);
  const run::ControlRecord pause{run::Pause{order.scope, id, "somebody", "a look"}};
  tell(pause);
  time().after(order.lasts, [this, pause] { parts_.kafka.append(topic::control, {wire::key_of(pause), {}, {}}); });
}

void People::look_after_grants() {
  std::set<std::string> connections;
  const auto unauthorised = parts_.books.take_unauthorised();
  for (const auto& run : parts_.plan.runs) {
    if (unauthorised.contains(run.job.run_id.value)) connections.insert(run.job.connection_id.value);
  }
  for (const auto& connection : parts_.plan.connections) {
    if (connections.contains(connection.id)) sign_in(connection);
  }
  time().after(between_looks, [this] { look_after_grants(); });
}

void People::sign_in(const PlannedConnection& connection) {
  parts_.tally.saw("a person signed in again");
  parts_.trace.line("a person", "signs in", connection.id);
  add_grant(parts_.core, connection, ++grants_[connection.id], time().now());
  publish_token(connection);
  publish_connection(connection);
}

void People::publish_connection(const PlannedConnection& planned) {
  run::Connection connection;
  connection.id = {planned.id};
  connection.name = planned.id;
  connection.application = {planned.application};
  connection.grant_id = grant_of(planned);
  connection.consent = run::Consent{"somebody", time().now(), "yes"};
  connection.created_at = time().now();
  tell(connection);
}

void People::publish_token(const PlannedConnection& planned) {
  run::StoredToken token;
  token.name = {{planned.application}, {planned.id}, grant_of(planned), 0};
  const auto key = wire::key_of(token.name);
  const run::TokenSecret secret{
      {}, refresh_token_of(planned.id, grants_.at(planned.id)), "contact_data account_read offline_access"};
  token.sealed = cipher_.seal(wire::encode(secret), key);
  token.stored_at = time().now();
  parts_.kafka.append(topic::credentials, {key, wire::encode(token), {}});
}

run::GrantId People::grant_of(const PlannedConnection& connection) const {
  return {"grant-" + connection.id + "-" + std::to_string(grants_.at(connection.id))};
}

void People::tell(const run::ControlRecord& record) {
  parts_.kafka.append(topic::control, {wire::key_of(record), wire::encode(record), {}});
}

}  // namespace simulation
