#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <boost/json/array.hpp>

#include "run/control.hpp"
#include "run/token.hpp"

namespace cli {

/// A connection and the newest token of its grant.
struct ListedConnection {
  run::Connection connection;
  std::optional<run::StoredToken> token{};
};

/// Ascending by id. `tokens` are those of all connections, of whichever grant and generation.
std::vector<ListedConnection> listed(const std::map<std::string, run::ControlRecord>& control,
                                     const std::vector<run::StoredToken>& tokens);

std::string list_text(const std::vector<ListedConnection>& connections);
boost::json::array list_json(const std::vector<ListedConnection>& connections);

}  // namespace cli
