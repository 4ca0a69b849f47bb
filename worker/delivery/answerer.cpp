#include "delivery/answerer.hpp"

#include <utility>

#include "wire/result.hpp"

namespace delivery {
namespace asio = boost::asio;

asio::awaitable<void> Answerer::run() {
  for (;;) {
    const auto now = context_.writer.now();
    for (const auto& [id, asked] : context_.directory.requests()) {
      const bool ours = context_.outbox.partition_of(asked.request.application) == context_.partition;
      if (!ours || context_.draining || now >= asked.at + question_expires_after || !begun_.insert(id).second) continue;
      context_.tasks.spawn(answer(asked.request));
    }
    co_await context_.changed.wait();
  }
}

asio::awaitable<void> Answerer::answer(run::Request request) {
  run::RequestAnswer given;
  const auto* entry = context_.directory.connection(request.connection_id);
  if (entry == nullptr || entry->connection.application != request.application) {
    given.reason = {run::Reason::no_connection, "the application has no such connection"};
  } else {
    auto asked = co_await ask(request, *entry);
    if (!asked && context_.writer.over()) co_return;
    if (asked) {
      given = std::move(*asked);
      given.ok = true;
    } else {
      given.reason = {asked.error().reason, asked.error().detail};
    }
  }
  given.request_id = request.id;
  run::ResultEvent event;
  event.sequence = 1;
  event.at = context_.writer.now();
  event.application = request.application;
  event.connection_id = request.connection_id;
  event.what = std::move(given);
  JournalWriter::Unit unit;
  unit.push_back({Outgoing::To::results, "request/" + request.id, wire::encode(event), {}});
  context_.writer.add(std::move(unit));
}

asio::awaitable<Result<run::RequestAnswer>> Answerer::ask(run::Request request, Directory::Entry connection) {
  Caller caller;
  caller.purpose = Purpose::send_on_demand;
  caller.connection = request.connection_id;
  caller.grant = connection.connection.grant_id;
  switch (request.what) {
    case run::Question::check_connection:
      caller.call = VendorCall::account;
      co_return co_await check(std::move(caller));
    case run::Question::list_lists:
      caller.call = VendorCall::lists;
      co_return co_await list_lists(std::move(caller));
    case run::Question::list_custom_fields:
      caller.call = VendorCall::custom_fields;
      co_return co_await list_fields(std::move(caller));
  }
  Error unknown{NextStep::reject, run::Reason::none, "a question that this release does not know", {}};
  co_return unknown;
}

ApplicationLine& Answerer::line(const Caller& caller) {
  return context_.lines.of(context_.directory.connection(caller.connection)->connection.application);
}

asio::awaitable<Result<run::RequestAnswer>> Answerer::check(Caller caller) {
  auto& api = context_.api;
  auto& asked = line(caller);
  auto account = co_await asked.ask<AccountSummary>(caller, [&api](Call call) { return api.account(std::move(call)); });
  if (!account) co_return account.error();
  auto privileges = co_await asked.ask<std::vector<std::string>>(
      caller, [&api](Call call) { return api.privileges(std::move(call)); });
  if (!privileges) co_return privileges.error();
  run::RequestAnswer given;
  given.account_id = account->account_id;
  given.organization_name = account->organization_name;
  given.privileges = std::move(*privileges);
  co_return given;
}

asio::awaitable<Result<run::RequestAnswer>> Answerer::list_lists(Caller caller) {
  auto& api = context_.api;
  auto& asked = line(caller);
  run::RequestAnswer given;
  std::string next;
  do {
    auto page =
        co_await asked.ask<ListPage>(caller, [&api, next](Call call) { return api.lists(std::move(call), next); });
    if (!page) co_return page.error();
    for (const auto& list : page->lists) {
      if (!list.deleted) given.lists.push_back({list.id.value, list.name});
    }
    next = std::move(page->next);
  } while (!next.empty());
  co_return given;
}

asio::awaitable<Result<run::RequestAnswer>> Answerer::list_fields(Caller caller) {
  auto& api = context_.api;
  auto fields = co_await line(caller).ask<std::vector<CustomField>>(
      caller, [&api](Call call) { return api.custom_fields(std::move(call)); });
  if (!fields) co_return fields.error();
  run::RequestAnswer given;
  for (const auto& field : *fields) given.custom_fields.push_back({field.id, field.label});
  co_return given;
}

}  // namespace delivery
