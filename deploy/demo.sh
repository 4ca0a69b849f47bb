#!/usr/bin/env bash
# Shows the main job on real parts: people in a file become a Constant Contact list (of the stand-in), with a receipt.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

usage() {
  cat <<HELP
Usage: deploy/demo.sh [--input FILE --map TARGET=COLUMN …] [--segment NAME=FILE …] [--keep] [options of segment-export run]

Installs what is missing (as root), builds, starts Kafka, the Constant Contact stand-in, a worker and Prometheus on free
ports, exports the file's people, prints the receipt and what the stand-in holds, and stops what it started. Without an
input it makes a small sample of invented people. --keep leaves the stack running and says how to end it.

Examples:
  deploy/demo.sh
  deploy/demo.sh --input people.csv --map email=EMail --map first_name=FirstName
  deploy/demo.sh --input people.csv --map email=EMail --cap 1000 --over-cap truncate
HELP
}

sample() {
  cat <<'CSV'
EMail,FirstName,LastName,City
ada.lovelace@example.com,Ada,Lovelace,London
GRACE.HOPPER@example.org,Grace,Hopper,"Arlington, Virginia"
 grace.hopper@example.org ,Grace,Hopper,Arlington
zoë@example.net,Zoë,Nonascii,Local part
katherine@johnson.example,Katherine,Johnson,Hampton
info@bücher.example,Bücher,GmbH,München
,Nobody,Without Address,Nowhere
not-an-address,Not,Anaddress,Nowhere
margaret+apollo@example.com,Margaret,"Hamilton ""Margie""",Boston
dorothy@example.com,Dorothy,Vaughan,Kansas City
CSV
}

keep=no
has_input=no
run_options=()
for option in "$@"; do
  case $option in
    --help | -h)
      usage
      exit 0
      ;;
    --keep)
      keep=yes
      continue
      ;;
    --input | --input=* | --segment | --segment=*) has_input=yes ;;
  esac
  run_options+=("$option")
done

"$here/local/packages"
dir=$(mktemp -d)
stop() {
  status=$?
  trap - EXIT INT TERM
  if [[ $keep == yes && -f $dir/env ]]; then
    printf '\nThe stack goes on. Use it: source %s/env\nEnd it: %s/local/down --dir %s --purge\n' "$dir" "$here" "$dir"
  else
    "$here/local/down" --dir "$dir" || true
    if ((status == 0)); then rm -rf "$dir"; else echo "the logs are in $dir" >&2; fi
  fi
  exit "$status"
}
trap stop EXIT
trap 'exit 130' INT TERM

"$here/local/up" --dir "$dir" --free-ports
# shellcheck source=/dev/null
. "$dir/env"

list=11111111-1111-4111-8111-111111111111
if [[ $has_input == no ]]; then
  sample >"$dir/sample.csv"
  printf '\nThe sample (invented people, some of them in a way that no list takes):\n\n'
  sed 's/^/  /' "$dir/sample.csv"
  run_options=(--input "$dir/sample.csv" --map email=EMail --map first_name=FirstName --map last_name=LastName
    --map city=City "${run_options[@]}")
fi

printf '\n'
outcome=0
segment-export run --connection demo --list "$list" "${run_options[@]}" || outcome=$?

printf '\nOn the list at the stand-in: '
curl -fsS "$SANDBOX_URL/__sandbox/lists/$list/members" | python3 -c '
import json, sys
members = json.load(sys.stdin)
print(len(members), "people (of the first 10,000)" if len(members) == 10000 else "people")
if sys.argv[1] == "no":
    for member in members:
        print("  {email}  {first_name} {last_name}".format(**member))
' "$has_input"

# Warnings are an outcome of the people in the file, not of the demo: 8 is "completed with warnings".
if ((outcome != 0 && outcome != 8)); then exit "$outcome"; fi
