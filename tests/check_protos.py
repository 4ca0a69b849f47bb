#!/usr/bin/python3
"""Fails where a message in proto/ no longer reads what was written with it.

proto/baseline.txt has a line for each message, field, enumerator and reserved number, as protoc understands them. A line
that is gone, or another one in its place, is a breaking change; a new line is none.

  tests/check_protos.py            tries itself on each kind of change, then compares proto/ with the baseline
  tests/check_protos.py --accept   adds new lines to the baseline; refuses while any line is gone

A breaking change that is meant (nothing was written with it yet) is made by editing the baseline, where a review sees it.
"""

import pathlib
import subprocess
import sys
import tempfile

from google.protobuf import descriptor_pb2

ROOT = pathlib.Path(__file__).resolve().parent.parent
BASELINE = ROOT / "proto" / "baseline.txt"
Field = descriptor_pb2.FieldDescriptorProto


def field_line(message, field, path):
    kind = field.type_name.removeprefix(".") or Field.Type.Name(field.type).removeprefix("TYPE_").lower()
    label = "repeated" if field.label == Field.LABEL_REPEATED else "singular"
    oneof = ""
    if field.proto3_optional:
        label = "optional"
    elif field.HasField("oneof_index"):
        oneof = f" in {message.oneof_decl[field.oneof_index].name}"
    return f"{path} {field.number} {field.name}: {label} {kind}{oneof}"


def lines_of_enum(enum, path):
    yield f"{path}: enum"
    for value in enum.value:
        yield f"{path} {value.number} {value.name}"
    for span in enum.reserved_range:
        yield from (f"{path} {number} reserved" for number in range(span.start, span.end + 1))
    yield from (f"{path} {name} reserved" for name in enum.reserved_name)


def lines_of_message(message, path):
    yield f"{path}: message"
    yield from (field_line(message, field, path) for field in message.field)
    for span in message.reserved_range:
        yield from (f"{path} {number} reserved" for number in range(span.start, span.end))
    yield from (f"{path} {name} reserved" for name in message.reserved_name)
    for nested in message.nested_type:
        yield from lines_of_message(nested, f"{path}.{nested.name}")
    for enum in message.enum_type:
        yield from lines_of_enum(enum, f"{path}.{enum.name}")


def lines_of(folder):
    """All lines of the .proto files below a folder; raises where protoc refuses them."""
    files = sorted(str(path.relative_to(folder)) for path in folder.rglob("*.proto"))
    with tempfile.NamedTemporaryFile() as out:
        subprocess.run(["protoc", f"--proto_path={folder}", f"--descriptor_set_out={out.name}", *files], check=True)
        descriptors = descriptor_pb2.FileDescriptorSet.FromString(out.read())
    lines = []
    for file in descriptors.file:
        for message in file.message_type:
            lines.extend(lines_of_message(message, f"{file.package}.{message.name}"))
        for enum in file.enum_type:
            lines.extend(lines_of_enum(enum, f"{file.package}.{enum.name}"))
    return lines


def gone(before, now):
    return sorted(set(before) - set(now))


SAMPLE = """
syntax = "proto3";
package sample;
message One {
  reserved 9;
  reserved "old";
  string text = 1;
  uint64 count = 2;
  repeated string many = 3;
  optional uint32 maybe = 4;
  oneof kind {
    string left = 5;
    string right = 6;
  }
  Two two = 7;
}
message Two {
  enum State {
    NONE = 0;
    ON = 1;
  }
  State state = 1;
}
"""

BREAKING = {
    "a removed field": ("  uint64 count = 2;\n", ""),
    "a removed field whose number is reserved": ("  uint64 count = 2;\n", "  reserved 2;\n"),
    "a renumbered field": ("uint64 count = 2", "uint64 count = 10"),
    "a renamed field": ("uint64 count = 2", "uint64 number = 2"),
    "another type": ("uint64 count = 2", "int64 count = 2"),
    "another message as type": ("Two two = 7", "One two = 7"),
    "another label": ("repeated string many", "string many"),
    "presence taken away": ("optional uint32 maybe", "uint32 maybe"),
    "a field that leaves its oneof": ("  oneof kind {\n    string left = 5;\n", "  string left = 5;\n  oneof kind {\n"),
    "a field that enters a oneof": ("  uint64 count = 2;\n  repeated string many = 3;\n  optional uint32 maybe = 4;\n"
                                    "  oneof kind {\n",
                                    "  repeated string many = 3;\n  optional uint32 maybe = 4;\n"
                                    "  oneof kind {\n    uint64 count = 2;\n"),
    "a removed enumerator": ("    ON = 1;\n", ""),
    "a renumbered enumerator": ("ON = 1", "ON = 2"),
    "a reserved number used again": ("  reserved 9;\n", "  string again = 9;\n"),
    "a reserved name used again": ('  reserved "old";\n', "  string old = 10;\n"),
    "a removed message": ("  Two two = 7;\n}\nmessage Two {", "}\nmessage Three {"),
    "another package": ("package sample", "package other"),
}

HARMLESS = {
    "a new field": ("  uint64 count = 2;\n", "  uint64 count = 2;\n  string more = 8;\n"),
    "a new kind of a oneof": ("    string right = 6;\n", "    string right = 6;\n    string up = 8;\n"),
    "a new enumerator": ("    ON = 1;\n", "    ON = 1;\n    OFF = 2;\n"),
    "a new message": ("message Two {", "message Three {}\nmessage Two {"),
    "another order and a comment": ("  string text = 1;\n  uint64 count = 2;\n",
                                    "  uint64 count = 2;\n  string text = 1;  // First.\n"),
}


def lines_of_text(text):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder)
        (path / "sample.proto").write_text(text)
        return lines_of(path)


def test_itself():
    before = lines_of_text(SAMPLE)
    for expected, changes in ((True, BREAKING), (False, HARMLESS)):
        for what, (old, new) in changes.items():
            assert SAMPLE.count(old) == 1, what
            if bool(gone(before, lines_of_text(SAMPLE.replace(old, new)))) is not expected:
                sys.exit(f"check_protos: {what} is {'not noticed' if expected else 'taken for a breaking change'}")


def main():
    if sys.argv[1:] not in ([], ["--accept"]):
        asked = sys.argv[1:] in (["--help"], ["-h"])
        print(__doc__, file=sys.stdout if asked else sys.stderr)
        sys.exit(0 if asked else 2)
    test_itself()
    now = lines_of(ROOT / "proto")
    before = BASELINE.read_text().splitlines() if BASELINE.exists() else []
    broken = gone(before, now)
    if broken:
        print("protos: what was written with these can no longer be read:", *broken, sep="\n  ", file=sys.stderr)
        sys.exit(1)
    new = set(now) - set(before)
    if sys.argv[1:] == ["--accept"]:
        BASELINE.write_text("\n".join(now) + "\n")
        print(f"protos: {len(new)} lines are new in the baseline")
        return
    print("protos: nothing breaks" + (f"; {len(new)} new, kept from now on by --accept" if new else ""))


if __name__ == "__main__":
    main()
