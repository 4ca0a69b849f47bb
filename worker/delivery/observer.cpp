#include "delivery/observer.hpp"

namespace delivery {

std::string_view name(Alarm alarm) {
  switch (alarm) {
    case Alarm::no_committed_offset:
      return "no_committed_offset";
    case Alarm::offset_outside_log:
      return "offset_outside_log";
    case Alarm::unreadable_record:
      return "unreadable_record";
    case Alarm::outbox_unavailable:
      return "outbox_unavailable";
    case Alarm::claim_fails:
      return "claim_fails";
    case Alarm::clock_differs:
      return "clock_differs";
    case Alarm::body_differs:
      return "body_differs";
    case Alarm::activity_takes_long:
      return "activity_takes_long";
    case Alarm::grant_dead:
      return "grant_dead";
    case Alarm::refresh_lost:
      return "refresh_lost";
    case Alarm::counts_do_not_add_up:
      return "counts_do_not_add_up";
  }
  return "unknown";
}

std::string_view remedy(Alarm alarm) {
  switch (alarm) {
    case Alarm::no_committed_offset:
      return "run `segment-export topics create`";
    case Alarm::offset_outside_log:
      return "set the group's offset to one that the outbox holds, then publish the runs again that it no longer holds";
    case Alarm::unreadable_record:
      return "deploy the release that wrote it, or remove the record";
    case Alarm::outbox_unavailable:
      return "look at the brokers; retries go on";
    case Alarm::claim_fails:
      return "look at the brokers, and at what this worker may do there; retries go on";
    case Alarm::clock_differs:
      return "set this machine's clock";
    case Alarm::body_differs:
    case Alarm::counts_do_not_add_up:
      return "report it, with the log";
    case Alarm::activity_takes_long:
      return "look at the activity in the Constant Contact account";
    case Alarm::grant_dead:
    case Alarm::refresh_lost:
      return "sign in to the connection's account again";
  }
  return "";
}

std::string_view name(VendorCall call) {
  switch (call) {
    case VendorCall::account:
      return "account";
    case VendorCall::list:
      return "list";
    case VendorCall::lists:
      return "lists";
    case VendorCall::custom_fields:
      return "custom_fields";
    case VendorCall::activities:
      return "activities";
    case VendorCall::activity:
      return "activity";
    case VendorCall::import:
      return "import";
    case VendorCall::token:
      return "token";
  }
  return "unknown";
}

}  // namespace delivery
