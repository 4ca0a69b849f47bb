#include "contact/email_address.hpp"

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>

namespace contact {
namespace {

using enum EmailFault;
using testing::Each;
using testing::Ge;
using testing::Pair;

std::string canonical(std::string_view text, EmailLimits limits = {}) {
  const auto parsed = EmailAddress::parse(text, limits);
  return parsed ? parsed->text() : "refused: " + std::string{name(parsed.error())};
}

std::string of_length(std::size_t length, char c = 'a') { return std::string(length, c); }

std::string repeat(std::string_view text, std::size_t times) {
  std::string repeated;
  for (std::size_t i = 0; i < times; ++i) repeated += text;
  return repeated;
}

/// `labels` dot-separated labels of 49 letters and a top-level domain.
std::string long_domain(std::size_t labels, std::string_view top_level) {
  return repeat(of_length(49) + '.', labels).append(top_level);
}

struct Accepted {
  std::string text;
  std::string canonical;
};

const std::vector<Accepted> accepted{
    {"ann@example.com", "ann@example.com"},
    {"Ann.Smith@Example.COM", "ann.smith@example.com"},
    {"a@b.example", "a@b.example"},
    {"ann+news@example.com", "ann+news@example.com"},
    {"a.n.n@example.com", "a.n.n@example.com"},
    {"!#$%&'*+-/=?^_`{|}~@example.com", "!#$%&'*+-/=?^_`{|}~@example.com"},
    {"-ann-@example.com", "-ann-@example.com"},
    {"123@456.example", "123@456.example"},
    {"ann@1.2.3.4a", "ann@1.2.3.4a"},
    {"ann@a--b.example", "ann@a--b.example"},
    {"ann@ab--c.example", "ann@ab--c.example"},
    {"ann@mail.north.example.org", "ann@mail.north.example.org"},
    {"  ann@example.com\t", "ann@example.com"},
    {"\r\nann@example.com\r\n", "ann@example.com"},
    {"\u00A0ann@example.com\u3000", "ann@example.com"},
    {"\uFEFFann@example.com\u200B", "ann@example.com"},
    {of_length(64) + "@b.example", of_length(64) + "@b.example"},
    {"a@" + of_length(63, 'b') + ".example", "a@" + of_length(63, 'b') + ".example"},
    // IDN.
    {"ann@b\u00FCcher.example", "ann@xn--bcher-kva.example"},
    {"Ann@B\u00DCCHER.Example", "ann@xn--bcher-kva.example"},
    {"ann@bu\u0308cher.example", "ann@xn--bcher-kva.example"},
    {"ann@xn--bcher-kva.example", "ann@xn--bcher-kva.example"},
    {"ann@XN--BCHER-KVA.example", "ann@xn--bcher-kva.example"},
    {"ann@stra\u00DFe.example", "ann@xn--strae-oqa.example"},
    {"ann@\u03B2\u03CC\u03BB\u03BF\u03C2.example", "ann@xn--nxasmm1c.example"},
    {"ann@\u05D0\u05D1.example", "ann@xn--4dbc.example"},
    {"ann@example\u3002com", "ann@example.com"},
    {"ann@\uFF45\uFF58\uFF41\uFF4D\uFF50\uFF4C\uFF45.com", "ann@example.com"},
    {"ann@\u0915\u094D\u200D\u0937.example", "ann@xn--11b2ezcw70k.example"},
};

struct Refused {
  std::string text;
  EmailFault fault;
};

const std::vector<Refused> refused{
    {"", empty},
    {" \t\r\n", empty},
    {"\u00A0\u2003\u200B\uFEFF", empty},
    {"ann\xFF@example.com", invalid_utf8},
    {"ann@ex\xC3mple.com", invalid_utf8},
    {"ann@example.com\xE3\x80", invalid_utf8},
    {"ann", missing_at},
    {"ann.example.com", missing_at},
    {"ann\uFF20example.com", missing_at},
    {"ann@@example.com", several_at},
    {"ann@example.com, bob@example.com", several_at},
    {"Ann Smith <ann@example.com>", display_name},
    {"<ann@example.com>", display_name},
    {"\"ann smith\"@example.com", quoted_local},
    {"\"a@b\"@example.com", quoted_local},
    {"ann(work)@example.com", comment},
    {"ann@(work)example.com", comment},
    {"(work)ann@example.com", comment},
    {"ann@[192.0.2.1]", address_literal},
    {"ann@[IPv6:2001:db8::1]", address_literal},
    {"@example.com", empty_local},
    {"@", empty_local},
    {of_length(65) + "@b.example", local_too_long},
    {of_length(100'000) + "@b.example", local_too_long},
    {"ann smith@example.com", local_character},
    {"ann,smith@example.com", local_character},
    {"ann\\@example.com", local_character},
    {"mailto:ann@example.com", local_character},
    {"j\u00FCrgen@example.com", local_character},
    {std::string{"ann\0@example.com", 16}, local_character},
    {"ann\x7F@example.com", local_character},
    {".ann@example.com", local_dot},
    {"ann.@example.com", local_dot},
    {"ann..smith@example.com", local_dot},
    {".@example.com", local_dot},
    {"ann@", empty_domain},
    {" ann@ ", empty_domain},
    {"ann@" + long_domain(5, "abcd"), domain_too_long},
    {"ann@" + of_length(100'000, 'b'), domain_too_long},
    {"ann@" + long_domain(5, "\u00FC"), domain_too_long},
    {"ann@b" + repeat("\u00AD", 600) + ".example", domain_too_long},
    {"ann@localhost", domain_without_dot},
    {"ann@com", domain_without_dot},
    {"ann@b\u00FCcher", domain_without_dot},
    {"ann@.example.com", label_empty},
    {"ann@example..com", label_empty},
    {"ann@example.com.", label_empty},
    {"ann@.", label_empty},
    {"ann@b\u00FCcher..example", label_empty},
    {"ann@b\u00FCcher.example.", label_empty},
    {"ann@" + of_length(64, 'b') + ".example", label_too_long},
    {"ann@b." + of_length(64, 'b'), label_too_long},
    {"ann@\u00FC" + of_length(63, 'b') + ".example", label_too_long},
    {"ann@" + of_length(59, 'b') + "\u00FC.example.com", label_too_long},
    {"ann@exam_ple.com", label_character},
    {"ann@exam ple.com", label_character},
    {"ann@example.com;", label_character},
    {"ann@example.com/x", label_character},
    {"ann@example.com:25", label_character},
    {std::string{"ann@example.com\0", 16}, label_character},
    {"ann@-example.com", label_hyphen},
    {"ann@example-.com", label_hyphen},
    {"ann@example.-com", label_hyphen},
    {"ann@-b\u00FCcher.example", label_hyphen},
    {"ann@192.0.2.1", numeric_tld},
    {"ann@example.123", numeric_tld},
    {"ann@\uFF11.\uFF12", numeric_tld},
    // STD3: what is no letter, digit or hyphen, also after mapping.
    {"ann@b\u00FC_cher.example", idn_invalid},
    {"ann@b\u00FC cher.example", idn_invalid},
    {"ann@b\u00FC\u2100.example", idn_invalid},
    {"ann@b\u00FC\uFF20x.example", idn_invalid},
    // Bidi: a right-to-left label with a left-to-right letter; a digit that begins a label beside one.
    {"ann@\u05D0a.example", idn_invalid},
    {"ann@1a.\u05D0\u05D1", idn_invalid},
    // A leading combining mark, a joiner without its virama, an unassigned code point.
    {"ann@\u0308b.example", idn_invalid},
    {"ann@a\u200Db.example", idn_invalid},
    {"ann@\u0928\u0940\u200D.example", idn_invalid},
    {"ann@a\u0378.example", idn_invalid},
    // A-labels that UTS-46 would not have made.
    {"ann@xn--.example", idn_invalid},
    {"ann@xn--a.example", idn_invalid},
    {"ann@xn--bcher-2pa.example", idn_invalid},
    {"ann@xn--example-.example", idn_invalid},
    {"ann@mail.XN--AB-M1T.example", idn_invalid},
    {of_length(64) + "@" + of_length(8, 'b') + ".example", too_long},
    {"ann@" + long_domain(2, "example"), too_long},
};

TEST(EmailAddress, HasOneSpelling) {
  for (const auto& [text, expected] : accepted) EXPECT_EQ(canonical(text), expected) << text;
}

TEST(EmailAddress, NamesTheRuleThatATextBreaks) {
  for (const auto& [text, fault] : refused) {
    const auto parsed = EmailAddress::parse(text);
    ASSERT_FALSE(parsed) << text.substr(0, 100);
    EXPECT_EQ(name(parsed.error()), name(fault)) << text.substr(0, 100);
  }
}

TEST(EmailAddress, HasNoRuleThatIsTestedLessThanTwice) {
  std::map<EmailFault, int> tested;
  for (int fault = 0; fault <= static_cast<int>(too_long); ++fault) tested[static_cast<EmailFault>(fault)] = 0;
  for (const auto& [text, fault] : refused) ++tested[fault];
  EXPECT_THAT(tested, Each(Pair(testing::_, Ge(2))));
}

TEST(EmailAddress, GivesEachRuleANameOfItsOwn) {
  std::set<std::string_view> names;
  for (int fault = 0; fault <= static_cast<int>(too_long); ++fault) names.insert(name(static_cast<EmailFault>(fault)));
  names.erase("");
  EXPECT_EQ(names.size(), static_cast<std::size_t>(too_long) + 1);
}

TEST(EmailAddress, TakesTheWholeLengthOnly) {
  const std::string domain = "@example.com";
  const auto address = [&](std::size_t length) { return of_length(length - domain.size()) + domain; };
  EXPECT_EQ(canonical(address(50), {.max_length = 50}), address(50));
  EXPECT_EQ(canonical(address(51), {.max_length = 50}), "refused: too_long");
}

TEST(EmailAddress, TakesTheLengthOfTheCanonicalForm) {
  // 18 characters as typed, 25 as sent.
  EXPECT_EQ(canonical("ann@b\u00FCcher.example", {.max_length = 24}), "refused: too_long");
  EXPECT_EQ(canonical("ann@b\u00FCcher.example", {.max_length = 25}), "ann@xn--bcher-kva.example");
}

TEST(EmailAddress, MayHaveTheLongestPartsWhereTheLimitAllowsThem) {
  const std::string longest = of_length(64) + "@" + long_domain(5, "abc");
  EXPECT_EQ(canonical(longest, {.max_length = 318}), longest);
}

TEST(EmailAddress, DiffersByPlusTagAndDots) {
  EXPECT_NE(*EmailAddress::parse("ann@example.com"), *EmailAddress::parse("ann+x@example.com"));
  EXPECT_NE(*EmailAddress::parse("annsmith@example.com"), *EmailAddress::parse("ann.smith@example.com"));
}

/// Texts that come near an address more often than random bytes would.
class Texts {
 public:
  std::string next() { return some_of(local_pieces, 4) + "@" + some_of(domain_pieces, 6) + some_of({".com", ".b"}, 2); }

 private:
  using Pieces = std::vector<std::string>;

  inline static const Pieces local_pieces{"a", "Z",  "0",      "-",      ".",    "+",  " ",
                                          "@", "\"", "\u00FC", "\u200B", "\xFF", "bcd"};
  inline static const Pieces domain_pieces{"a",      "Z",      "0",      "-",      ".",          "@",      " ",
                                           "_",      "xn--",   "\u00FC", "\u00DF", "\U0001F600", "\u00AD", "\u05D0",
                                           "\u200D", "\u3002", "\uFF41", "\u0308", "\xC3",       "bcd",    "fsqa"};

  std::string some_of(const Pieces& pieces, std::size_t at_most) {
    std::string text;
    for (auto count = random_() % (at_most + 1); count > 0; --count) text += pieces[random_() % pieces.size()];
    return text;
  }

  std::mt19937 random_{20260301};
};

TEST(EmailAddress, InItsCanonicalFormIsItself) {
  Texts texts;
  int parsed_count = 0;
  for (int i = 0; i < 200'000; ++i) {
    const auto text = texts.next();
    const auto parsed = EmailAddress::parse(text);
    if (!parsed) continue;
    ++parsed_count;
    ASSERT_EQ(canonical(parsed->text()), parsed->text()) << testing::PrintToString(text);
  }
  EXPECT_GT(parsed_count, 500);
}

TEST(EmailAddress, IsLowerCaseAsciiWithinTheLimitsWhateverItWasMadeFrom) {
  Texts texts;
  for (int i = 0; i < 200'000; ++i) {
    const auto parsed = EmailAddress::parse(texts.next(), {.max_length = 20});
    if (!parsed) continue;
    const std::string& text = parsed->text();
    ASSERT_LE(text.size(), 20U);
    ASSERT_TRUE(std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~' && !(c >= 'A' && c <= 'Z'); }));
    ASSERT_EQ(std::ranges::count(text, '@'), 1);
  }
}

TEST(EmailAddress, IsParsedFromAnyBytesWithoutHarm) {
  std::mt19937 random{7};
  for (int i = 0; i < 100'000; ++i) {
    std::string bytes(random() % 40, '\0');
    std::ranges::generate(bytes, [&] { return static_cast<char>(random()); });
    bytes.insert(random() % (bytes.size() + 1), 1, '@');
    const auto parsed = EmailAddress::parse(bytes);
    if (parsed) ASSERT_EQ(canonical(parsed->text()), parsed->text());
  }
}

}  // namespace
}  // namespace contact
