#!/usr/bin/env bash
# Fails on an #include that a room may not have, and on a getenv outside config/. The table is the one in
# worker/README.md; the include root of all rooms is one, so that the compiler alone would not notice.
set -euo pipefail
cd "$(dirname "$0")/.."

failures=0
complain() {
  printf '%s\n' "$1" >&2
  failures=$((failures + 1))
}

# Rooms of ours that a room may include beside itself.
declare -A rooms=(
  [contact]=""
  [run]="contact"
  [wire]="contact run"
  [async]=""
  [telemetry]=""
  [intake]="contact run wire async telemetry"
  [delivery]="contact run wire async telemetry"
  [http]="async"
  [constant_contact]="async http contact run delivery"
  [vault]="run delivery"
  [kafka]="run intake delivery async"
  [config]="*"
  [cli]="*"
  [app]="*"
)
# Third-party headers that a room must never see.
declare -A forbidden=(
  [contact]='rdkafka|boost/asio|boost/beast|boost/json|openssl|prometheus|spdlog|google/protobuf|protozero|\.pb\.h'
  [run]='rdkafka|boost/asio|boost/beast|boost/json|prometheus|spdlog|google/protobuf|protozero|\.pb\.h|unicode/'
  [wire]='rdkafka|boost/asio|boost/beast|openssl|prometheus|spdlog'
  [async]='rdkafka|boost/beast|openssl|prometheus|google/protobuf|protozero|\.pb\.h'
  [telemetry]='rdkafka|google/protobuf|protozero|\.pb\.h'
  [intake]='rdkafka|boost/beast|boost/json|openssl|google/protobuf|protozero|\.pb\.h'
  [delivery]='rdkafka|boost/beast|boost/json|openssl|google/protobuf|protozero|\.pb\.h'
  [http]='rdkafka|google/protobuf|protozero|\.pb\.h|prometheus|spdlog'
  [constant_contact]='rdkafka|boost/beast|google/protobuf|protozero|\.pb\.h|prometheus|spdlog'
  [vault]='rdkafka|boost/asio|boost/beast|google/protobuf|protozero|\.pb\.h|prometheus|spdlog'
  [kafka]='boost/beast|openssl|google/protobuf|protozero|\.pb\.h|prometheus|spdlog'
  [config]='rdkafka|boost/beast|google/protobuf|protozero|\.pb\.h'
  [cli]='rdkafka|boost/beast|google/protobuf|protozero|\.pb\.h'
  [app]='rdkafka|boost/beast|google/protobuf|protozero|\.pb\.h'
)

for folder in worker/*/; do
  room=$(basename "$folder")
  if [[ -z ${rooms[$room]+known} ]]; then
    complain "worker/$room: not a room of tests/check_layers.sh"
    continue
  fi
  while IFS=: read -r file line text; do
    if [[ $text =~ \#include\ *\"([a-z_]+)/ ]]; then
      target=${BASH_REMATCH[1]}
      if [[ $target != "$room" && ${rooms[$room]} != "*" && " ${rooms[$room]} " != *" $target "* ]]; then
        complain "$file:$line: $room may not include $target"
      fi
    fi
    if [[ $text =~ ${forbidden[$room]} ]]; then
      complain "$file:$line: $room must never see ${BASH_REMATCH[0]}"
    fi
  done < <(grep -rnE '^ *#include' "$folder" --include='*.hpp' --include='*.cpp' || true)
done

while IFS= read -r hit; do
  complain "$hit: getenv belongs to config/"
done < <(grep -rnE '\b(secure_)?getenv *\(|\benviron\b' worker --include='*.hpp' --include='*.cpp' |
  grep -v '^worker/config/' | cut -d: -f1,2 || true)

# The sandbox proves the worker only while it shares nothing with it.
while IFS= read -r hit; do
  complain "$hit: the sandbox shares no code with the worker"
done < <(grep -rnE '#include *"(contact|run|wire|intake|delivery|http|constant_contact|vault|kafka|telemetry|async|config|cli|app)/|\.pb\.h' \
  tests/sandbox --include='*.hpp' --include='*.cpp' | cut -d: -f1,2 || true)
while IFS= read -r hit; do
  complain "$hit: the worker never sees tests"
done < <(grep -rnE '#include *"(sandbox|support|simulation)/' worker --include='*.hpp' --include='*.cpp' | cut -d: -f1,2 || true)

if ((failures > 0)); then
  printf '%d forbidden includes\n' "$failures" >&2
  exit 1
fi
echo "layers: every include is allowed"
