#pragma once

#include <functional>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "delivery/claim_context.hpp"

namespace delivery {

/// A person who waits for a run has calls of the day kept for it.
Purpose send_purpose(const run::ExportJob& job);

/// Calls for a run, which counts them. The grant is the connection's as it is now, else as the run found it.
Caller caller_of(const ClaimContext& context, const RunHandle& run, VendorCall call, Purpose purpose);

/// All activities of the caller's account, its pages followed to the end, or to where `enough` says so.
boost::asio::awaitable<Result<std::vector<Activity>>> list_activities(
    ClaimContext* context, run::ApplicationId application, Caller caller,
    std::function<bool(const std::vector<Activity>&)> enough);

}  // namespace delivery
