#include "delivery/preflight.hpp"

#include <string>
#include <utility>

#include "delivery/columns.hpp"
#include "delivery/vendor_calls.hpp"

namespace delivery {
namespace asio = boost::asio;
namespace {

/// From so many lists on, one page of the collection is cheaper than a call for each.
constexpr std::size_t lists_worth_a_page = 4;

/// Ends the run: the vendor chooses the ids of lists and takes no deletion back, so no wait would mend it.
Error missing(const run::ListId& list) {
  return {NextStep::reject, run::Reason::list_missing, "list " + list.value + " does not exist", {}};
}

}  // namespace

Preflight::Known& Preflight::fresh(const Directory::Entry& connection) {
  if (auto* known = same(connection)) return *known;
  Known known;
  known.connection_record = connection.record_offset;
  known.grant = connection.connection.grant_id;
  known.good_until = context_.clock.boot() + context_.settings.preflight_cache;
  return known_.insert_or_assign(connection.connection.id, std::move(known)).first->second;
}

Preflight::Known* Preflight::same(const Directory::Entry& connection) {
  const auto found = known_.find(connection.connection.id);
  if (found == known_.end()) return nullptr;
  auto& known = found->second;
  const bool good = known.connection_record == connection.record_offset &&
                    known.grant == connection.connection.grant_id && context_.clock.boot() < known.good_until;
  return good ? &known : nullptr;
}

asio::awaitable<Result<Clearance>> Preflight::clear(RunHandle run, Directory::Entry connection) {
  const auto opened = run->opening();
  fresh(connection);
  const auto caller = caller_of(context_, run, VendorCall::account, send_purpose(opened.job));

  const auto account_id = co_await account(caller, connection);
  if (!account_id) co_return account_id.error();
  const bool differs = (!run->state.account_id.empty() && *account_id != run->state.account_id) ||
                       (!connection.connection.account_id.empty() && *account_id != connection.connection.account_id);
  if (differs) {
    Error changed{NextStep::reject, run::Reason::connection_changed, "the grant belongs to another account", {}};
    co_return changed;
  }
  const auto checked = co_await lists(caller, connection, opened.job.list_ids);
  if (!checked) co_return checked.error();

  std::vector<CustomField> custom;
  if (has_custom_fields(opened.job.mapping)) {
    auto known_fields = co_await fields(caller, connection);
    if (!known_fields) co_return known_fields.error();
    custom = std::move(*known_fields);
  }
  auto columns = resolve_columns(opened.job.mapping, custom);
  if (!columns) co_return columns.error();

  Clearance clearance;
  clearance.account = *account_id;
  clearance.grant = connection.connection.grant_id;
  clearance.columns = std::move(*columns);
  clearance.connection_record = connection.record_offset;
  clearance.good_until = fresh(connection).good_until;
  co_return clearance;
}

asio::awaitable<Result<run::AccountId>> Preflight::account(Caller caller, Directory::Entry connection) {
  if (const auto* known = same(connection); known != nullptr && known->account) co_return *known->account;
  caller.call = VendorCall::account;
  auto& api = context_.api;
  const auto summary =
      co_await context_.lines.of(connection.connection.application).ask<AccountSummary>(caller, [&api](Call call) {
        return api.account(std::move(call));
      });
  if (!summary) co_return summary.error();
  if (auto* known = same(connection)) known->account = summary->account_id;
  co_return summary->account_id;
}

asio::awaitable<Result<void>> Preflight::lists(Caller caller, Directory::Entry connection,
                                               std::vector<run::ListId> ids) {
  if (const auto* known = same(connection))
    std::erase_if(ids, [&](const auto& id) { return known->lists.contains(id); });
  if (ids.empty()) co_return Result<void>{};
  auto& api = context_.api;
  auto& line = context_.lines.of(connection.connection.application);
  std::set<run::ListId> found;

  if (ids.size() >= lists_worth_a_page) {
    caller.call = VendorCall::lists;
    std::string next;
    do {
      auto page =
          co_await line.ask<ListPage>(caller, [&api, next](Call call) { return api.lists(std::move(call), next); });
      if (!page) co_return page.error();
      for (const auto& list : page->lists) {
        if (!list.deleted) found.insert(list.id);
      }
      next = std::move(page->next);
    } while (!next.empty());
  } else {
    caller.call = VendorCall::list;
    for (const auto& id : ids) {
      const auto list = co_await line.ask<std::optional<ContactList>>(
          caller, [&api, id](Call call) { return api.list(std::move(call), id); });
      if (!list) co_return list.error();
      if (*list && !(*list)->deleted) found.insert(id);
    }
  }
  if (auto* known = same(connection)) known->lists.insert(found.begin(), found.end());
  for (const auto& id : ids) {
    if (!found.contains(id)) co_return missing(id);
  }
  co_return Result<void>{};
}

asio::awaitable<Result<std::vector<CustomField>>> Preflight::fields(Caller caller, Directory::Entry connection) {
  if (const auto* known = same(connection); known != nullptr && known->fields) co_return *known->fields;
  caller.call = VendorCall::custom_fields;
  auto& api = context_.api;
  auto fields =
      co_await context_.lines.of(connection.connection.application)
          .ask<std::vector<CustomField>>(caller, [&api](Call call) { return api.custom_fields(std::move(call)); });
  if (!fields) co_return fields.error();
  if (auto* known = same(connection)) known->fields = *fields;
  co_return fields;
}

}  // namespace delivery
