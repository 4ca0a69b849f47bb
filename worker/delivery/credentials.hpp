#pragma once

#include <map>
#include <string>
#include <vector>

#include "delivery/log.hpp"
#include "run/token.hpp"

namespace delivery {

/// What `export-credentials` holds: every generation of every grant that is not a tombstone. The highest wins.
class Credentials {
 public:
  /// False: the record cannot be read.
  bool apply(const LogRecord& record);
  /// A token that the brokers have acknowledged and that has not come back yet.
  void stored(const run::StoredToken& token);

  const run::StoredToken* newest(const run::ApplicationId& application, const run::ConnectionId& connection,
                                 const run::GrantId& grant) const;
  std::vector<run::TokenName> older_than(const run::TokenName& name) const;

 private:
  std::map<run::TokenName, run::StoredToken> tokens_;
  std::map<std::string, run::TokenName> names_;
};

}  // namespace delivery
