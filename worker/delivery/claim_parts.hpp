#pragma once

#include <boost/asio/any_io_executor.hpp>

#include "async/clock.hpp"
#include "async/random.hpp"
#include "delivery/contact_api.hpp"
#include "delivery/credentials.hpp"
#include "delivery/directory.hpp"
#include "delivery/log.hpp"
#include "delivery/observer.hpp"
#include "delivery/row_encoder.hpp"
#include "delivery/settings.hpp"
#include "delivery/token_api.hpp"
#include "delivery/token_refresher.hpp"
#include "delivery/unreadable.hpp"

namespace delivery {

/// What a claim has of the process that it lives in.
struct ClaimParts {
  const Settings& settings;
  async::Clock& clock;
  async::Random& random;
  Observer& observer;
  Group& group;
  Outbox& outbox;
  JournalLog& journal;
  TableFeed& control;
  TableFeed& credentials_feed;
  ContactApi& api;
  TokenCipher& cipher;
  const RowEncoders& encoders;
  const Directory& directory;
  const Credentials& credentials;
  const Unreadable& unreadable;
  TokenRefresher& refresher;
  boost::asio::any_io_executor executor;
};

}  // namespace delivery
