#include "delivery/vendor_calls.hpp"

#include <iterator>
#include <utility>

namespace delivery {
namespace asio = boost::asio;

Purpose send_purpose(const run::ExportJob& job) {
  return job.trigger == run::Trigger::on_demand ? Purpose::send_on_demand : Purpose::send;
}

Caller caller_of(const ClaimContext& context, const RunHandle& run, VendorCall call, Purpose purpose) {
  const auto& state = run->state;
  Caller caller;
  caller.purpose = purpose;
  caller.call = call;
  caller.connection = state.connection_id;
  caller.grant = state.grant_id;
  if (const auto* entry = context.directory.connection(state.connection_id)) caller.grant = entry->connection.grant_id;
  caller.on_request = [run] { ++run->state.requests; };
  return caller;
}

asio::awaitable<Result<std::vector<Activity>>> list_activities(
    ClaimContext* context, run::ApplicationId application, Caller caller,
    std::function<bool(const std::vector<Activity>&)> enough) {
  auto& api = context->api;
  auto& line = context->lines.of(application);
  caller.call = VendorCall::activities;
  std::vector<Activity> all;
  std::string next;
  do {
    auto page = co_await line.ask<ActivityPage>(
        caller, [&api, next](Call call) { return api.activities(std::move(call), next); });
    if (!page) co_return page.error();
    std::move(page->activities.begin(), page->activities.end(), std::back_inserter(all));
    next = std::move(page->next);
  } while (!next.empty() && !enough(all));
  co_return all;
}

}  // namespace delivery
