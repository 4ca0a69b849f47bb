#!/usr/bin/env python3
"""Makes segment members whose verdicts are known by construction, and compares what became of them.

Shares no code with the worker: what each member must lead to is written down beside the member, never worked out by
rules about addresses. `make` writes a CSV file per segment and the receipt that must come out; `compare` makes the same
members again and holds the receipt and the list at the stand-in against them, person by person.

  oracle.py make --members 1000000 --dir DIR
  oracle.py compare --members 1000000 --receipt receipt.json --sandbox-url URL --list ID

Two segments: Loyal has six of ten members, New the rest. In each hundred members of Loyal about 3.5 repeat an earlier
one and 1.5 are invalid; of New, 30 are members of Loyal too.
"""

import argparse
import collections
import csv
import io
import json
import pathlib
import random
import sys
import urllib.request

COLUMNS = ("ProfileId", "EMail", "FirstName", "LastName", "City", "Company")
FIELDS = ("first_name", "last_name", "city", "company_name")
MAPPING = dict(zip(("email",) + FIELDS, COLUMNS[1:]))
SEGMENTS = ("Loyal", "New")
PAGE = 5000

# As a profile may hold them, and as they must arrive: a control character or line separator is a blank, and blanks at
# the ends go.
FIRST_NAMES = (
    ("Ada", "Ada"), ("Grace", "Grace"), ('Margaret "Maggie"', 'Margaret "Maggie"'), ("O'Brien", "O'Brien"),
    ("Jean-Luc", "Jean-Luc"), ("  Zoë ", "Zoë"), ("李", "李"), ("مريم", "مريم"), ("דוד", "דוד"), ("Anne\nMarie", "Anne Marie"),
    ("👩‍🔬 Marie", "👩‍🔬 Marie"), ("", ""), ("=1+1", "=1+1"), ("\u00a0Noor\u2003", "Noor"))
LAST_NAMES = (
    ("Lovelace", "Lovelace"), ("Jones, Jr.", "Jones, Jr."), ("Van der Berg", "Van der Berg"), ("Müller", "Müller"),
    ("Núñez\r\nde Prado", "Núñez de Prado"), ('"Quoted"', '"Quoted"'), ("العربي", "العربي"), ("😀", "😀"), ("", ""),
    ("a" * 50, "a" * 50), ("é" * 50, "é" * 50), ("semi;colon", "semi;colon"))
CITIES = (("London", "London"), ("Zürich", "Zürich"), ("São Paulo", "São Paulo"), ("東京", "東京"), ("New\tYork", "New York"),
          ("", ""), ("St. John's", "St. John's"))
COMPANIES = (("Example, Inc.", "Example, Inc."), ("", ""), ("Smith & Sons", "Smith & Sons"),
             ('The "Best" Shop', 'The "Best" Shop'), ("Straße 1\u2028GmbH", "Straße 1 GmbH"))

# The domain as written, and as its canonical form. The A-labels are those of the IDNA table for non-transitional UTS-46.
DOMAINS = (
    ("example.com", "example.com"), ("example.org", "example.org"), ("mail.example", "mail.example"),
    ("Sub.Example.NET", "sub.example.net"), ("bücher.example", "xn--bcher-kva.example"),
    ("faß.example", "xn--fa-hia.example"), ("BÜCHER.example", "xn--bcher-kva.example"),
    ("例え.test", "xn--r8jz45g.test"), ("xn--bcher-kva.example", "xn--bcher-kva.example"))

# Each with the reason and, where there is one, the rule that the receipt must name. {n} keeps them apart.
INVALID = (
    ("MISSING_EMAIL", "", ""),
    ("MISSING_EMAIL", "", "  \t "),
    ("INVALID_EMAIL", "missing_at", "person{n}.example.com"),
    ("INVALID_EMAIL", "several_at", "person{n}@one@example.com"),
    ("INVALID_EMAIL", "display_name", "Person <person{n}@example.com>"),
    ("INVALID_EMAIL", "quoted_local", '"person{n}"@example.com'),
    ("INVALID_EMAIL", "address_literal", "person{n}@[192.0.2.1]"),
    ("INVALID_EMAIL", "empty_local", "@host{n}.example.com"),
    ("INVALID_EMAIL", "local_too_long", "{n}" + "x" * 64 + "@e.test"),
    ("INVALID_EMAIL", "local_character", "person {n}@example.com"),
    ("INVALID_EMAIL", "local_character", "persön{n}@example.com"),
    ("INVALID_EMAIL", "local_dot", "person..{n}@example.com"),
    ("INVALID_EMAIL", "local_dot", ".person{n}@example.com"),
    ("INVALID_EMAIL", "empty_domain", "person{n}@"),
    ("INVALID_EMAIL", "domain_without_dot", "person{n}@localhost"),
    ("INVALID_EMAIL", "label_empty", "person{n}@example..com"),
    ("INVALID_EMAIL", "label_hyphen", "person{n}@-example.com"),
    ("INVALID_EMAIL", "label_character", "person{n}@exa_mple.com"),
    ("INVALID_EMAIL", "numeric_tld", "person{n}@example.123"),
    ("INVALID_EMAIL", "too_long", "person{n}@" + "long." * 14 + "example.com"))

BLANKS = (" ", "  ", "\t", "\u00a0", "\u2003", "\ufeff", "\u200b")

Member = collections.namedtuple("Member", "segment values verdict reason rule email fields")


def address(number):
    """Of the person with this number: as it is written and as it must arrive."""
    written, canonical = DOMAINS[number * 7 % len(DOMAINS) if number % 20 == 0 else number % 4]
    local = (f"person{number}", f"Person.{number}+news", f"p_{number}-x", f"o'person{number}")[number // 4 % 4]
    return f"{local}@{written}", f"{local.lower()}@{canonical}"


def other_spelling(text, chance):
    """The same address in other letter case, blanks around it."""
    text = "".join(letter.swapcase() if letter.isascii() and chance.random() < 0.5 else letter for letter in text)
    return chance.choice(BLANKS) + text + chance.choice(BLANKS)


def fields_of(chance):
    pairs = [chance.choice(values) for values in (FIRST_NAMES, LAST_NAMES, CITIES, COMPANIES)]
    return tuple(raw for raw, _ in pairs), tuple(clean for _, clean in pairs)


def members(count, seed):
    """All members in the order of publishing; the same for the same count and seed."""
    chance = random.Random(seed)
    people = 0
    of_loyal = 0
    in_new = set()
    loyal = count * 6 // 10
    for number in range(count):
        segment = SEGMENTS[number >= loyal]
        raw, clean = fields_of(chance)
        draw = chance.random()
        if draw < 0.015:
            reason, rule, template = INVALID[chance.randrange(len(INVALID))]
            email, verdict, key = template.format(n=number), "invalid", None
        elif draw < 0.05 and people > 0:
            # The first one's fields win, so a repeat brings others.
            written, key = address(chance.randrange(of_loyal if segment == "Loyal" else people))
            email, verdict, reason, rule = other_spelling(written, chance), "duplicate", "DUPLICATE", ""
        elif segment == "New" and draw < 0.35 and len(in_new) < of_loyal:
            person = chance.randrange(of_loyal)
            in_new.add(person)
            email, key = address(person)
            verdict, reason, rule = "duplicate", "DUPLICATE", ""
        else:
            email, key = address(people)
            people += 1
            if segment == "Loyal":
                of_loyal = people
            verdict, reason, rule = "accepted", "", ""
        yield Member(segment, (f"P{number}", email) + raw, verdict, reason, rule, key, clean)


def receipt_of(every):
    """The sums that the receipt must hold."""
    decided = {name: collections.Counter() for name in SEGMENTS}
    reasons = collections.Counter()
    for member in every:
        decided[member.segment]["received"] += 1
        decided[member.segment][member.verdict] += 1
        if member.reason:
            reasons[(member.reason, member.rule)] += 1
    total = sum(decided.values(), collections.Counter())
    return {"decided": counts(total), "segments": {name: counts(decided[name]) for name in SEGMENTS},
            "reasons": sorted([reason, rule, number] for (reason, rule), number in reasons.items())}


def counts(counter):
    return {name: counter[name] for name in ("received", "accepted", "invalid", "duplicate", "over_cap")}


def file_of(folder, segment):
    return folder / f"{segment.lower()}.csv"


def write(every, folder):
    """A CSV file for each segment."""
    files = {name: open(file_of(folder, name), "w", newline="", encoding="utf-8") for name in SEGMENTS}
    writers = {name: csv.writer(file) for name, file in files.items()}
    for writer in writers.values():
        writer.writerow(COLUMNS)
    for member in every:
        writers[member.segment].writerow(member.values)
    for file in files.values():
        file.close()


def run_options(folder):
    """Of `segment-export run` and `check`."""
    return [*(option for name in SEGMENTS for option in ("--segment", f"{name}={file_of(folder, name)}")),
            *(option for field, column in MAPPING.items() for option in ("--map", f"{field}={column}"))]


def make(arguments):
    folder = pathlib.Path(arguments.dir)
    folder.mkdir(parents=True, exist_ok=True)
    every = list(members(arguments.members, arguments.seed))
    write(every, folder)
    expected = receipt_of(every)
    (folder / "expected.json").write_text(json.dumps(expected, indent=1))
    print(json.dumps(expected["decided"]))
    for form in FORMS:
        print(f"{greedy_imports(every, form)} {form} imports by greedy packing")
    print("options for `segment-export run`: " + " ".join(run_options(folder)))


def csv_size(values):
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(values)
    return len(line.getvalue().encode())


def json_size(values):
    named = {name: value for name, value in zip(("email",) + FIELDS, values) if value}
    return len(json.dumps(named, ensure_ascii=False, separators=(",", ":")).encode()) + 1


# Of an import form: the bytes around all rows, for one list, and those of a row.
FORMS = {"csv": (csv_size(("email",) + FIELDS), csv_size),
         "json": (len('{"list_ids":[""],"import_data":[]}') + 36, json_size)}


def greedy_imports(every, form="csv", most_rows=39_999, most_bytes=3_900_000):
    """How few bodies hold the accepted members in their order."""
    frame, size = FORMS[form]
    imports, rows, used = 0, most_rows, most_bytes
    for member in every:
        if member.verdict != "accepted":
            continue
        more = size((member.email,) + member.fields)
        if rows == most_rows or used + more > most_bytes:
            imports, rows, used = imports + 1, 0, frame
        rows, used = rows + 1, used + more
    return imports


def found_at(sandbox_url, list_id):
    found, offset = {}, 0
    while True:
        url = f"{sandbox_url}/__sandbox/lists/{list_id}/members?limit={PAGE}&offset={offset}"
        with urllib.request.urlopen(url, timeout=120) as answer:
            page = json.load(answer)
        for member in page:
            fields = {**member, **member.get("fields", {})}
            found[member["email"]] = tuple(fields.get(name) or "" for name in FIELDS)
        if len(page) < PAGE:
            return found
        offset += PAGE


def differences_of_receipt(expected, outcome):
    receipt = outcome["receipt"]
    decided = receipt["decided"]
    seen = {"decided": {name: decided[name] for name in expected["decided"]},
            "segments": {segment["name"]: {name: segment["decided"][name] for name in expected["decided"]}
                         for segment in receipt["segments"]},
            "reasons": sorted([reason["reason"], reason["rule"], reason["members"]] for reason in receipt["reasons"])}
    for part, value in expected.items():
        if seen[part] != value:
            yield f"{part}: expected {value}, got {seen[part]}"
    imported = receipt["delivered"]["imported"]
    if imported != expected["decided"]["accepted"]:
        yield f"imported: expected {expected['decided']['accepted']}, got {imported}"
    if receipt["delivered"]["imported"] != sum(receipt["delivered"].values()):
        yield f"delivered: not all imported: {receipt['delivered']}"


def differences_of_list(every, found):
    """Counts only: whoever reads this must not read addresses."""
    missing = different = expected = 0
    for member in every:
        if member.verdict != "accepted":
            continue
        expected += 1
        fields = found.pop(member.email, None)
        if fields is None:
            missing += 1
        elif fields != member.fields:
            different += 1
    print(f"list: {expected} expected, {missing} missing, {len(found)} not expected, {different} with other fields")
    if missing or found or different:
        yield "the list differs"


def compare(arguments):
    every = list(members(arguments.members, arguments.seed))
    outcome = json.loads(pathlib.Path(arguments.receipt).read_text())
    differences = [*differences_of_receipt(receipt_of(every), outcome),
                   *differences_of_list(every, found_at(arguments.sandbox_url, arguments.list))]
    for difference in differences:
        print(difference)
    return 1 if differences else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    for name, action in (("make", make), ("compare", compare)):
        command = commands.add_parser(name)
        command.set_defaults(action=action)
        command.add_argument("--members", type=int, required=True)
        command.add_argument("--seed", type=int, default=1)
        if action is make:
            command.add_argument("--dir", required=True)
        else:
            command.add_argument("--receipt", required=True, help="what `run --format json` printed")
            command.add_argument("--sandbox-url", required=True)
            command.add_argument("--list", required=True)
    arguments = parser.parse_args()
    return arguments.action(arguments)


if __name__ == "__main__":
    sys.exit(main())
