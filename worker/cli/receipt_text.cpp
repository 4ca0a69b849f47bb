#include "cli/receipt_text.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "cli/number_text.hpp"
#include "cli/text_table.hpp"
#include "cli/time_text.hpp"
#include "run/reason.hpp"

namespace cli {
namespace {

using Cells = std::vector<std::string>;
using Lines = std::vector<Cells>;

constexpr std::size_t most_batches = 20;

struct Part {
  std::string_view name;
  std::uint64_t count;
};

/// "received", 5,500, "5,000 accepted  +  500 duplicate"; parts of nobody are left out.
struct Equation {
  std::string_view whole;
  std::uint64_t sum;
  std::string parts;
};

Equation equation(std::string_view whole, std::uint64_t sum, const std::vector<Part>& parts) {
  std::string text;
  for (const Part& part : parts) {
    if (part.count == 0) continue;
    text.append(text.empty() ? "" : "  +  ").append(with_thousands(part.count)).append(" ").append(part.name);
  }
  return {whole, sum, text.empty() ? "nobody" : std::move(text)};
}

Equation of_received(const run::DecisionCounts& counts) {
  return equation("received", counts.received,
                  {{"accepted", counts.accepted},
                   {"invalid", counts.invalid},
                   {"duplicate", counts.duplicate},
                   {"over the cap", counts.over_cap},
                   {"unreadable", counts.undecodable}});
}

Equation of_accepted(std::uint64_t accepted, const run::DeliveryCounts& counts) {
  return equation("accepted", accepted,
                  {{"imported", counts.imported},
                   {"unsubscribed", counts.unsubscribed},
                   {"refused", counts.refused},
                   {"failed", counts.failed},
                   {"unknown", counts.unknown},
                   {"not sent", counts.not_sent}});
}

std::string equations_text(const std::vector<Equation>& equations) {
  // The words behind the numbers are of any length, so they are no column.
  Lines lines;
  for (const Equation& each : equations) {
    lines.push_back({"  " + std::string{each.whole}, with_thousands(each.sum), "=  " + each.parts});
  }
  std::size_t width = 0;
  for (const Cells& cells : lines) width = std::max(width, cells[2].size());
  for (Cells& cells : lines) cells[2].resize(width, ' ');
  return text_table(lines, 1, 0);
}

std::string segments_text(std::span<const run::SegmentReceipt> segments) {
  if (segments.empty()) return "";
  const bool announced =
      std::ranges::any_of(segments, [](const run::SegmentReceipt& each) { return each.expected_members.has_value(); });
  Cells head{"Segment", "received", "accepted", "invalid", "duplicate", "over the cap"};
  if (announced) head.emplace_back("expected");
  Lines lines{head};
  for (const run::SegmentReceipt& segment : segments) {
    const run::DecisionCounts& decided = segment.decided;
    Cells cells{"  " + (segment.name.empty() ? segment.id.value : segment.name)};
    for (const auto count :
         {decided.received, decided.accepted, decided.invalid, decided.duplicate, decided.over_cap}) {
      cells.push_back(with_thousands(count));
    }
    if (segment.expected_members) cells.push_back(with_thousands(*segment.expected_members));
    lines.push_back(std::move(cells));
  }
  return "\n" + text_table(lines, 1, 0);
}

std::string reasons_text(std::span<const run::ReasonCount> reasons) {
  if (reasons.empty()) return "";
  Lines lines{{"Not accepted", "", "people"}};
  for (const run::ReasonCount& count : reasons) {
    lines.push_back({"  " + std::string{run::name(count.reason)}, count.rule, with_thousands(count.members)});
  }
  return "\n" + text_table(lines, 2, 0);
}

std::string batches_text(const std::vector<run::BatchReceipt>& batches) {
  if (batches.empty()) return "";
  Lines lines{{"Import", "activity", "rows", "imported", "not imported"}};
  for (std::size_t i = 0; i < batches.size() && i < most_batches; ++i) {
    const run::BatchReceipt& batch = batches[i];
    std::string number = "  " + std::to_string(i + 1);
    if (batch.attempt > 1) number += ", attempt " + std::to_string(batch.attempt);
    lines.push_back({std::move(number), batch.activity_id.value, with_thousands(batch.rows),
                     with_thousands(batch.counts.imported), with_thousands(batch.counts.sum() - batch.counts.imported),
                     batch.possible_duplicate ? "perhaps sent twice" : ""});
  }
  std::string text = "\n" + text_table(lines, 2, 0);
  if (batches.size() > most_batches) {
    text += "  and " + std::to_string(batches.size() - most_batches) + " more; --format json has all of them\n";
  }
  return text;
}

std::string times_text(const run::Receipt& receipt) {
  const auto after_job = [&](run::UtcTime time) {
    return time < receipt.job_at ? std::string{} : "+ " + duration_text(time - receipt.job_at);
  };
  Lines lines{{"  job", date_and_time(receipt.job_at)}};
  if (receipt.sealed_at > run::UtcTime{}) lines.push_back({"  last member", after_job(receipt.sealed_at)});
  if (receipt.first_sent_at > run::UtcTime{}) lines.push_back({"  first import", after_job(receipt.first_sent_at)});
  lines.push_back({"  receipt", after_job(receipt.ended_at)});
  lines.push_back({"  requests", with_thousands(receipt.requests)});
  return "\nTime\n" + text_table(lines, 2, 0);
}

std::string head_text(const run::ResultEvent& event, const run::RunCompleted& completed) {
  std::string text = std::string{run::name(completed.status)} + "  " + event.instance.run_id.value + "\n";
  if (completed.reason.reason != run::Reason::none) text += note_text("why", completed.reason, completed.remedy);
  for (const run::ReasonNote& warning : completed.warnings) {
    text += note_text("warning", warning, std::string{run::remedy(warning.reason)});
  }
  if (completed.reason.reason == run::Reason::none && completed.warnings.empty() && !completed.remedy.empty()) {
    text += "  " + completed.remedy + "\n";
  }
  const std::string& export_name = event.export_name.empty() ? event.export_id.value : event.export_name;
  return text + "  export " + export_name + " to connection " + event.connection_id.value + "\n";
}

}  // namespace

std::string decided_text(const run::DecisionCounts& totals, std::span<const run::SegmentReceipt> segments,
                         std::span<const run::ReasonCount> reasons) {
  return "People\n" + equations_text({of_received(totals)}) + segments_text(segments) + reasons_text(reasons);
}

std::string note_text(std::string_view label, const run::ReasonNote& note, const std::string& remedy) {
  Lines lines{{std::string{label},
               std::string{run::name(note.reason)} + (note.detail.empty() ? std::string{} : ": " + note.detail)}};
  if (!remedy.empty()) lines.push_back({"", remedy});
  return text_table(lines, 2);
}

std::string receipt_text(const run::ResultEvent& event, const run::RunCompleted& completed) {
  const run::Receipt& receipt = completed.receipt;
  std::string text =
      head_text(event, completed) + "\nPeople\n" +
      equations_text({of_received(receipt.decided), of_accepted(receipt.decided.accepted, receipt.delivered)});
  if (receipt.unknown_from) text += "  Members kept coming after the end; they are not in these sums.\n";
  return text + segments_text(receipt.segments) + reasons_text(receipt.reasons) + batches_text(receipt.batches) +
         times_text(receipt);
}

}  // namespace cli
