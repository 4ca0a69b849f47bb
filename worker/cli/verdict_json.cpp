#include "cli/verdict_json.hpp"

#include "run/reason.hpp"

namespace cli {
namespace {

std::string_view name_of(intake::Verdict verdict) {
  switch (verdict) {
    case intake::Verdict::accepted:
      return "accepted";
    case intake::Verdict::invalid:
      return "invalid";
    case intake::Verdict::duplicate:
      return "duplicate";
    case intake::Verdict::over_cap:
      return "over_cap";
    case intake::Verdict::undecodable:
      return "undecodable";
  }
  return "";
}

}  // namespace

boost::json::object verdict_json(std::uint64_t row, std::optional<std::string_view> segment,
                                 const intake::Decision& decision, Addresses addresses) {
  boost::json::object object{{"row", row}};
  if (segment) object["segment"] = *segment;
  object["verdict"] = name_of(decision.verdict);
  if (decision.reason != run::Reason::none) object["reason"] = run::name(decision.reason);
  if (!decision.rule.empty()) object["rule"] = decision.rule;
  if (addresses == Addresses::shown && decision.row != nullptr) object["email"] = decision.row->email.text();
  return object;
}

}  // namespace cli
