#include "cli/forecast.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "cli/number_text.hpp"
#include "cli/time_text.hpp"

namespace cli {
namespace {

/// From so many lists on, delivery reads pages of the collection instead.
constexpr std::size_t lists_worth_a_page = 4;

/// A custom field's column is known only to the vendor's account; its label is as long as any.
std::vector<std::string> columns_of(const contact::FieldMapping& mapping) {
  std::vector<std::string> columns;
  for (const auto& field : mapping.fields) {
    const auto* standard = std::get_if<contact::StandardField>(&field.target);
    columns.push_back(standard != nullptr ? std::string{contact::name(*standard)}
                                          : "cf:" + std::get<contact::CustomField>(field.target).reference);
  }
  return columns;
}

}  // namespace

bool has_custom_fields(const contact::FieldMapping& mapping) {
  return std::ranges::any_of(mapping.fields, [](const contact::MappedField& field) {
    return std::holds_alternative<contact::CustomField>(field.target);
  });
}

Forecast forecast(std::uint64_t imports, std::size_t lists, bool custom_fields, const delivery::Settings& settings) {
  Forecast forecast;
  forecast.imports = imports;
  if (imports == 0) return forecast;
  const std::uint64_t questions = 1 + (lists < lists_worth_a_page ? lists : 1) + (custom_fields ? 1 : 0);
  const std::uint64_t looks = (imports + settings.parallel_batches - 1) / settings.parallel_batches;
  forecast.requests = questions + imports + looks;
  const double seconds = static_cast<double>(forecast.requests) / settings.rate_per_second;
  forecast.requests_take = std::chrono::milliseconds{static_cast<std::int64_t>(seconds * 1'000)};
  forecast.share_of_day = static_cast<double>(forecast.requests) / settings.quota.calls_per_day;
  return forecast;
}

ImportCounter::ImportCounter(const run::ExportJob& job, const delivery::RowEncoder& encoder, run::PackingLimits limits)
    : encoder_{encoder}, sheet_{columns_of(job.mapping), job.list_ids}, limits_{limits} {
  begin();
}

void ImportCounter::begin() {
  body_.clear();
  encoder_.begin(sheet_, body_);
  std::string frame_end;
  encoder_.end(frame_end);
  packer_.emplace(limits_, body_.size() + frame_end.size());
}

run::Packer::Fits ImportCounter::offer(const contact::Row& row) {
  const auto before = body_.size();
  encoder_.row(sheet_, row.email.text(), row.values, body_);
  return packer_->offer({}, body_.size() - before);
}

void ImportCounter::add(const contact::Row& row) {
  if (offer(row) == run::Packer::Fits::yes) return;
  ++full_;
  begin();
  offer(row);
}

std::string forecast_text(const Forecast& forecast) {
  std::array<char, 32> share{};
  std::snprintf(share.data(), share.size(), "%.2f %%", forecast.share_of_day * 100);
  return "\nAt the vendor, at least\n  imports   " + with_thousands(forecast.imports) + "\n  requests  " +
         with_thousands(forecast.requests) + ", which take " + duration_text(forecast.requests_take) + " and " +
         share.data() + " of the day's calls\n";
}

boost::json::object forecast_json(const Forecast& forecast) {
  return {{"imports", forecast.imports},
          {"requests", forecast.requests},
          {"requests_take_ms", forecast.requests_take.count()},
          {"share_of_day", forecast.share_of_day}};
}

}  // namespace cli
