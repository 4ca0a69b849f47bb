#include "sandbox/core/import_job.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <vector>

#include "sandbox/core/requests.hpp"
#include "sandbox/core/row_rules.hpp"

namespace sandbox {
namespace {

constexpr std::size_t max_error_lines = 100;
constexpr std::size_t max_lists_of_contact = 50;
constexpr std::size_t most_attempts = 5;

class RowRun {
 public:
  RowRun(const Knobs& knobs, Account& account, Activity& activity, bool csv, std::vector<ContactList*> lists)
      : knobs_{knobs}, account_{account}, activity_{activity}, csv_{csv}, lists_{std::move(lists)} {}

  void run(std::vector<Row>& rows) {
    std::vector<std::string> keys;
    keys.reserve(rows.size());
    for (const Row& row : rows) keys.push_back(key_of(row));
    std::unordered_map<std::string_view, std::size_t> winners;
    for (std::size_t index = 0; index < rows.size(); ++index) {
      if (keys[index].empty()) continue;
      if (knobs_.duplicates == Duplicates::last_wins) winners[keys[index]] = index;
      if (knobs_.duplicates == Duplicates::first_wins) winners.try_emplace(keys[index], index);
    }
    for (std::size_t index = 0; index < rows.size(); ++index) {
      const auto winner = winners.find(keys[index]);
      if (winner != winners.end() && winner->second != index) continue;
      ++distinct_;
      take(rows[index], keys[index]);
    }
    auto& counts = activity_.counts;
    const std::size_t not_landed = counts.errors + counts.correctable + counts.cannot_add_to_list;
    counts.persons = knobs_.person_count == PersonCount::rows       ? rows.size()
                     : knobs_.person_count == PersonCount::distinct ? distinct_
                                                                    : distinct_ - not_landed;
  }

 private:
  /// What the vendor knows a person by; empty: by nothing.
  static std::string key_of(const Row& row) {
    std::string email = lower(trim(value_of(row, "email")));
    return email.empty() ? std::string{trim(value_of(row, "sms_number"))} : email;
  }

  void complain(const Row& row, std::string_view what, std::size_t& counter) {
    ++counter;
    if (activity_.errors.size() == max_error_lines) return;
    activity_.errors.push_back("Line " + std::to_string(row.line) + ": " + std::string{what});
  }

  /// Whether a value is too long and the row fails by it; shortens it where that is the rule.
  bool overlong(Row& row) {
    const Overlong rule = csv_ ? knobs_.overlong_csv : knobs_.overlong_json;
    for (auto& [field, value] : row.values) {
      const auto most = max_length(field, csv_, knobs_);
      if (!most || length_of(field == "email" ? trim(value) : value) <= *most) continue;
      if (rule != Overlong::truncate) return true;
      value = shortened(field == "email" ? trim(value) : value, *most);
    }
    return false;
  }

  /// Counts this touch of the address; whether there were too many.
  bool abused(Contact& contact) const {
    const Time now = activity_.ends_at;
    if (now < contact.flagged_until) return true;
    std::erase_if(contact.attempts, [&](Time time) { return time <= now - std::chrono::hours{24}; });
    if (contact.attempts.size() >= most_attempts) {
      contact.flagged_until = now + std::chrono::hours{48};
      contact.attempts.clear();
      return true;
    }
    contact.attempts.push_back(now);
    return false;
  }

  void take(Row& row, std::string_view key) {
    auto& counts = activity_.counts;
    if (key.empty()) return complain(row, "No email and no sms_number", counts.correctable);
    if (overlong(row)) return complain(row, "Value too long", counts.errors);
    const std::string email = lower(trim(value_of(row, "email")));
    if (!email.empty() && !is_address(email, knobs_)) return complain(row, "Invalid email", counts.correctable);
    if (custom_fields_of(row) > max_custom_fields && !knobs_.extra_custom_fields_ignored) {
      return complain(row, "Too many custom fields", counts.errors);
    }
    const auto wrong = wrong_date(row);
    if (!wrong.empty() && !knobs_.bad_date_keeps_row) {
      return complain(row, "Invalid " + std::string{wrong}, counts.correctable);
    }
    Contact* known = account_.contacts.find(key);
    if (known != nullptr) ++known->imports;
    if (known != nullptr && knobs_.signup_abuse && abused(*known)) {
      return complain(row, "Invalid email", counts.correctable);
    }
    if (known != nullptr && !known->unsubscribed && has_no_room(*known)) {
      return complain(row, "Contact is on too many lists", counts.errors);
    }
    const bool fresh = known == nullptr;
    Contact& contact = account_.contacts.get(key);
    if (fresh) {
      contact.attempts.push_back(activity_.ends_at);
      contact.imports = 1;
    }
    store_fields(row, !wrong.empty(), contact);
    contact.deleted = false;
    if (contact.unsubscribed) return complain(row, "Contact has unsubscribed", counts.cannot_add_to_list);
    for (const ContactList* list : lists_) {
      if (contact.lists.size() < max_lists_of_contact) account_.contacts.join(contact, *list);
    }
  }

  bool has_no_room(const Contact& contact) const {
    if (knobs_.list_51_ignored) return false;
    Contact grown;
    grown.lists = contact.lists;
    const auto& all = account_.contacts.lists();
    for (std::uint32_t place = 0; place < all.size(); ++place) {
      if (std::find(lists_.begin(), lists_.end(), &all[place]) != lists_.end()) grown.lists.insert(place);
    }
    return grown.lists.size() > max_lists_of_contact;
  }

  bool is_known_field(std::string_view field) const {
    if (!field.starts_with(custom_prefix)) return max_length(field, true, knobs_).has_value();
    const auto name = field.substr(custom_prefix.size());
    return std::any_of(account_.custom_fields.begin(), account_.custom_fields.end(),
                       [&](const CustomField& custom) { return custom.name == name; });
  }

  void store_fields(Row& row, bool without_dates, Contact& contact) const {
    std::size_t custom = 0;
    for (auto& [field, value] : row.values) {
      if (field == "email" || !is_known_field(field) || (without_dates && is_date_field(field))) continue;
      if (field.starts_with(custom_prefix) && !value.empty() && ++custom > max_custom_fields) continue;
      if (!value.empty()) {
        contact.fields[field] = std::move(value);
      } else if (knobs_.blank_clears) {
        contact.fields.erase(field);
      }
    }
  }

  const Knobs& knobs_;
  Account& account_;
  Activity& activity_;
  bool csv_;
  std::vector<ContactList*> lists_;
  std::size_t distinct_ = 0;
};

}  // namespace

void carry_out(const Knobs& knobs, Account& account, Activity& activity, ImportJob& job) {
  std::vector<ContactList*> lists;
  for (const auto& id : job.list_ids) {
    ContactList* list = account.contacts.find_list(lower(id));
    if (list == nullptr || list->deleted) {
      job.broken = "List not found";
      break;
    }
    lists.push_back(list);
  }
  if (!job.broken.empty()) {
    activity.state = ActivityState::failed;
    activity.errors.push_back(job.broken);
    return;
  }
  if (activity.forced && job.rows.size() > activity.forced->rows) job.rows.resize(activity.forced->rows);
  RowRun{knobs, account, activity, job.csv, std::move(lists)}.run(job.rows);
}

}  // namespace sandbox
