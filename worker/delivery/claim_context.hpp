#pragma once

#include <cstdint>
#include <map>
#include <set>

#include "async/clock.hpp"
#include "async/random.hpp"
#include "delivery/application_lines.hpp"
#include "delivery/contact_api.hpp"
#include "delivery/directory.hpp"
#include "delivery/journal_writer.hpp"
#include "delivery/log.hpp"
#include "delivery/observer.hpp"
#include "delivery/row_encoder.hpp"
#include "delivery/run_book.hpp"
#include "delivery/run_order.hpp"
#include "delivery/settings.hpp"
#include "delivery/task_group.hpp"
#include "delivery/wake.hpp"

namespace delivery {

/// What the parts of one claim share; the claim owns all that is not the process's.
struct ClaimContext {
  std::int32_t partition;
  run::ClaimId claim_id;
  const Settings& settings;
  async::Clock& clock;
  async::Random& random;
  Observer& observer;
  Outbox& outbox;
  ContactApi& api;
  const RowEncoders& encoders;
  const Directory& directory;
  const Credentials& credentials;
  JournalWriter& writer;
  RunBook& book;
  RunOrder& order;
  ApplicationLines& lines;
  TaskGroup& tasks;
  Wake& changed;                      ///< Told of everything that may change a plan.
  std::set<run::AccountId>& trusted;  ///< Accounts whose listing has shown our file names unchanged.
  bool& draining;                     ///< Nothing new starts.
  boost::asio::any_io_executor executor;

  void tell(const run::ResultEvent& event) const { observer.run_changed(partition, event); }
};

}  // namespace delivery
