#!/usr/bin/env python3
"""Compares a list at the stand-in with the file that was exported. Shares no code with the worker.

Expects each row's address (trimmed, lower case) once, with the fields of its first row; rows whose address has no @ are
not expected. Prints counts only and exits 1 where anything differs.
"""

import argparse
import csv
import json
import sys
import urllib.request

PAGE = 5000


def members_of(sandbox_url, list_id):
    found, offset = {}, 0
    while True:
        url = f"{sandbox_url}/__sandbox/lists/{list_id}/members?limit={PAGE}&offset={offset}"
        with urllib.request.urlopen(url, timeout=60) as answer:
            page = json.load(answer)
        for member in page:
            found[member["email"]] = member
        if len(page) < PAGE:
            return found
        offset += PAGE


def expected_of(paths, mapping, most):
    expected = {}
    for path in paths:
        with open(path, newline="", encoding="utf-8-sig") as file:
            for row in csv.DictReader(file):
                address = row[mapping["email"]].strip().lower()
                if "@" not in address or address in expected or (most and len(expected) >= most):
                    continue
                expected[address] = {field: " ".join(row[column].split())
                                     for field, column in mapping.items() if field != "email"}
    return expected


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sandbox-url", required=True)
    parser.add_argument("--list", required=True)
    parser.add_argument("--input", action="append", required=True, help="a CSV file; the files' rows in their order")
    parser.add_argument("--map", action="append", required=True, metavar="TARGET=COLUMN")
    parser.add_argument("--first", type=int, default=0, help="only so many people are expected")
    arguments = parser.parse_args()

    expected = expected_of(arguments.input, dict(pair.split("=", 1) for pair in arguments.map), arguments.first)
    found = members_of(arguments.sandbox_url, arguments.list)
    missing = [address for address in expected if address not in found]
    surplus = [address for address in found if address not in expected]
    different = [address for address, fields in expected.items() if address in found and
                 any((found[address].get(field) or "") != value for field, value in fields.items())]
    print(f"expected {len(expected)}, on the list {len(found)}: "
          f"{len(missing)} missing, {len(surplus)} not expected, {len(different)} with other fields")
    return 1 if missing or surplus or different else 0


if __name__ == "__main__":
    sys.exit(main())
