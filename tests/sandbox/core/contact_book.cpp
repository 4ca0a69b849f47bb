#include "sandbox/core/contact_book.hpp"

#include <algorithm>
#include <utility>

namespace sandbox {

Contact* ContactBook::find(std::string_view email) {
  const auto found = places_.find(email);
  return found == places_.end() ? nullptr : &contacts_[found->second];
}

Contact& ContactBook::get(std::string_view email) {
  if (Contact* known = find(email)) return *known;
  Contact& contact = contacts_.emplace_back();
  contact.email = email;
  places_.emplace(contact.email, static_cast<std::uint32_t>(contacts_.size() - 1));
  return contact;
}

ContactList* ContactBook::find_list(std::string_view id) {
  const auto found = std::find_if(lists_.begin(), lists_.end(), [&](const auto& list) { return list.id == id; });
  return found == lists_.end() ? nullptr : &*found;
}

ContactList* ContactBook::find_list_by_name(std::string_view name) {
  const auto found =
      std::find_if(lists_.begin(), lists_.end(), [&](const auto& list) { return list.name == name && !list.deleted; });
  return found == lists_.end() ? nullptr : &*found;
}

ContactList& ContactBook::add_list(ContactList list) { return lists_.emplace_back(std::move(list)); }

void ContactBook::join(Contact& contact, const ContactList& list) {
  const std::uint32_t place = place_of(list);
  if (contact.lists.insert(place).second) lists_[place].members.push_back(place_of(contact));
}

void ContactBook::hide(Contact& contact) {
  for (const std::uint32_t place : contact.lists) std::erase(lists_[place].members, place_of(contact));
  contact.lists.clear();
  contact.deleted = true;
}

void ContactBook::delete_list(ContactList& list, Time now) {
  const std::uint32_t place = place_of(list);
  for (const std::uint32_t member : list.members) contacts_[member].lists.erase(place);
  list.members.clear();
  list.deleted = true;
  list.deleted_at = now;
}

std::uint32_t ContactBook::place_of(const Contact& contact) const { return places_.at(contact.email); }

std::uint32_t ContactBook::place_of(const ContactList& list) const {
  const auto found = std::find_if(lists_.begin(), lists_.end(), [&](const auto& one) { return &one == &list; });
  return static_cast<std::uint32_t>(found - lists_.begin());
}

}  // namespace sandbox
