#!/usr/bin/env python3
"""Fails where an aggregate is built in an expression that holds co_await.

Some compilers destroy such an aggregate twice (GCC 12 does, also optimised). The rule: name it first, then move it.
What counts as built: a braced initialiser with something in it, between the start of the statement and its end, in a
statement that also holds co_await outside of a nested function body.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
COMMENT_OR_TEXT = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"([^(\s]*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
# Type{...}, f({...}), , {...}: a brace after a name, an opening bracket or a comma; not a block.
BUILT = re.compile(r"(?:[A-Za-z_>]\s*|[(,]\s*|return\s+)\{\s*[^\s}]")
BLOCK_HEAD = re.compile(r"\b(?:else|do|try)\s*$|\)\s*(?:const|noexcept|mutable|override|->[^;{}]*)*\s*$")


def blank(match):
    return re.sub(r"[^\n]", " ", match.group(0)) if match.group(0)[0] != '"' else '""' + " " * (len(match.group(0)) - 2)


def statements(text):
    """Yields (line, statement): pieces between ; and the braces of blocks; braces of initialisers stay inside."""
    depth_of_initialisers = 0
    start = 0
    stack = []
    for position, char in enumerate(text):
        if char == "{":
            head = text[start:position].rstrip()
            block = not stack or stack[-1] == "block"
            block = block and (not head or bool(BLOCK_HEAD.search(head)) or
                               bool(re.search(r"\b(?:class|struct|enum|namespace|union)\b[^;=()]*$", head)))
            stack.append("block" if block else "initialiser")
            if block:
                yield start, text[start:position]
                start = position + 1
            else:
                depth_of_initialisers += 1
        elif char == "}":
            kind = stack.pop() if stack else "block"
            if kind == "block":
                yield start, text[start:position]
                start = position + 1
            else:
                depth_of_initialisers -= 1
        elif char == ";" and depth_of_initialisers == 0:
            yield start, text[start:position]
            start = position + 1


def main():
    findings = []
    for folder in ("worker", "tests"):
        for path in sorted((ROOT / folder).rglob("*.[ch]pp")):
            source = path.read_text(encoding="utf-8")
            if "co_await" not in source:
                continue
            text = COMMENT_OR_TEXT.sub(blank, source)
            for start, statement in statements(text):
                if "co_await" in statement and BUILT.search(statement):
                    first = start + len(statement) - len(statement.lstrip())
                    line = text.count("\n", 0, first) + 1
                    findings.append(f"{path.relative_to(ROOT)}:{line}: an aggregate beside co_await: name it first")
    print("\n".join(findings) if findings else "coroutines: no aggregate beside co_await")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
