#pragma once

#include <string>

#include "delivery/contact_api.hpp"
#include "http/transport.hpp"

namespace constant_contact {

/// The V3 API as delivery asks for it. Threads: the transport's.
class Client : public delivery::ContactApi {
 public:
  /// `base_path`: of the API's URL, for example /v3. A `next` page is a path of its own and is taken as it came.
  Client(http::Transport& transport, std::string base_path);

  boost::asio::awaitable<delivery::Result<delivery::AccountSummary>> account(delivery::Call call) override;
  boost::asio::awaitable<delivery::Result<std::vector<std::string>>> privileges(delivery::Call call) override;
  boost::asio::awaitable<delivery::Result<std::optional<delivery::ContactList>>> list(delivery::Call call,
                                                                                      run::ListId id) override;
  boost::asio::awaitable<delivery::Result<delivery::ListPage>> lists(delivery::Call call, std::string next) override;
  boost::asio::awaitable<delivery::Result<std::vector<delivery::CustomField>>> custom_fields(
      delivery::Call call) override;
  boost::asio::awaitable<delivery::Result<delivery::ActivityPage>> activities(delivery::Call call,
                                                                              std::string next) override;
  boost::asio::awaitable<delivery::Result<std::optional<delivery::Activity>>> activity(delivery::Call call,
                                                                                       run::ActivityId id) override;
  boost::asio::awaitable<delivery::Result<run::ActivityId>> start_import(delivery::Call call,
                                                                         delivery::Import batch) override;

 private:
  http::Request get(const delivery::Call& call, std::string target) const;
  http::Request json_import(const delivery::Call& call, delivery::Import batch) const;
  http::Request file_import(const delivery::Call& call, delivery::Import batch) const;

  http::Transport& transport_;
  std::string base_path_;
};

}  // namespace constant_contact
