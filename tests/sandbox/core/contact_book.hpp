#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <boost/container/flat_map.hpp>
#include <boost/container/flat_set.hpp>

#include "sandbox/core/http.hpp"

namespace sandbox {

struct Contact {
  std::string email;  ///< Lower case; empty for one that has an SMS number only.
  std::string permission = "implicit";
  bool unsubscribed = false;
  bool deleted = false;
  /// By import name: `first_name`, `cf:loyalty_tier`.
  boost::container::flat_map<std::string, std::string> fields;
  boost::container::flat_set<std::uint32_t> lists;  ///< Places in ContactBook::lists.
  std::vector<Time> attempts;                       ///< Imports that named it, of the last 24 h.
  std::size_t imports = 0;                          ///< That named it, ever.
  Time flagged_until{};                             ///< Signup abuse.
};

struct ContactList {
  std::string id;
  std::string name;
  std::string description;
  bool favorite = false;
  Time created_at;
  Time updated_at;
  bool deleted = false;
  Time deleted_at{};
  std::vector<std::uint32_t> members;  ///< Places in the contact book, in the order in which they joined.
};

/// The contacts and lists of one account, and who is on what.
class ContactBook {
 public:
  Contact* find(std::string_view email);
  /// The contact of this address, made where there is none.
  Contact& get(std::string_view email);
  std::size_t size() const { return contacts_.size(); }

  /// A list that was deleted is found too.
  ContactList* find_list(std::string_view id);
  ContactList* find_list_by_name(std::string_view name);
  ContactList& add_list(ContactList list);
  std::deque<ContactList>& lists() { return lists_; }

  void join(Contact& contact, const ContactList& list);
  /// Deletes the contact: it is hidden and on no list.
  void hide(Contact& contact);
  void delete_list(ContactList& list, Time now);
  const Contact& at(std::uint32_t place) const { return contacts_[place]; }

 private:
  std::uint32_t place_of(const Contact& contact) const;
  std::uint32_t place_of(const ContactList& list) const;

  std::deque<Contact> contacts_;
  std::unordered_map<std::string_view, std::uint32_t> places_;  ///< Keys lie in contacts_, which never moves them.
  std::deque<ContactList> lists_;
};

}  // namespace sandbox
