#!/usr/bin/env bash
# Builds the fuzz targets, runs them and shows what they reached.
set -euo pipefail
cd "$(dirname "$0")/../.."

usage() {
  cat <<HELP
Usage: tests/fuzz/run.sh [--executions N] [--jobs N] [TARGET...]

  TARGET          one or more of those that tests/fuzz/CMakeLists.txt names; all unless given
  --executions N  inputs for each target: 200000 unless given
  --jobs N        targets that run at a time: one for each processor unless given

Shows for each target how many inputs it ran and how many lines they covered of the files that it is for. What a run
learns stays in build/fuzz/corpus for the next one. Ends with 1 where an input broke a target, and says how to run it
again. Examples:
  tests/fuzz/run.sh
  tests/fuzz/run.sh --executions 10000000 csv json_lines
HELP
}

executions=200000
jobs=$(nproc)
chosen=()
while (($# > 0)); do
  case $1 in
    --help | -h)
      usage
      exit 0
      ;;
    --executions | --jobs)
      if [[ ! ${2:-} =~ ^[1-9][0-9]*$ ]]; then
        printf '%s wants a number\n' "$1" >&2
        exit 2
      fi
      if [[ $1 == --jobs ]]; then jobs=$2; else executions=$2; fi
      shift 2
      ;;
    -*)
      usage >&2
      exit 2
      ;;
    *)
      chosen+=("$1")
      shift
      ;;
  esac
done

cmake --preset fuzz >/dev/null
list=build/fuzz/tests/fuzz/targets.txt
if ((${#chosen[@]} == 0)); then mapfile -t chosen < <(cut -d' ' -f1 "$list"); fi
for target in "${chosen[@]}"; do
  if ! grep -q "^$target " "$list"; then
    printf 'no target %s; there are: %s\n' "$target" "$(cut -d' ' -f1 "$list" | xargs)" >&2
    exit 2
  fi
done
cmake --build --preset fuzz -- --quiet
LLVM_PROFILE_FILE=/dev/null build/fuzz/bin/fuzz_seeds build/fuzz/seeds

# A freed block is poisoned, but does not wait in a queue: buffers of the table readers would be mapped anew for each
# input. A replay has the queue.
export ASAN_OPTIONS=quarantine_size_mb=0:thread_local_quarantine_size_kb=0
run_one() {
  local length
  length=$(grep "^$1 " "$list" | cut -d' ' -f2)
  mkdir -p "build/fuzz/corpus/$1" build/fuzz/runs
  rm -f "build/fuzz/runs/$1".*
  LLVM_PROFILE_FILE=build/fuzz/runs/$1.profraw "build/fuzz/bin/fuzz_$1" -runs="$executions" -max_len="$length" -timeout=10 \
    -print_final_stats=1 -artifact_prefix="build/fuzz/runs/$1." "build/fuzz/corpus/$1" "build/fuzz/seeds/$1" \
    >"build/fuzz/runs/$1.log" 2>&1 || true
}
for target in "${chosen[@]}"; do
  while (($(jobs -rp | wc -l) >= jobs)); do wait -n; done
  run_one "$target" &
done
wait

covered_lines() {
  local files
  read -r -a files < <(grep "^$1 " "$list" | cut -d' ' -f3-)
  llvm-profdata-19 merge "build/fuzz/runs/$1.profraw" -o "build/fuzz/runs/$1.profdata"
  llvm-cov-19 report "build/fuzz/bin/fuzz_$1" -instr-profile="build/fuzz/runs/$1.profdata" \
    "${files[@]/#/worker/}" | awk '$1 == "TOTAL" { print $10 }'
}

broken=()
printf '%-14s %12s %8s\n' target executions lines
for target in "${chosen[@]}"; do
  ran=$(sed -n 's/^stat::number_of_executed_units: *//p' "build/fuzz/runs/$target.log")
  artifact=$(find build/fuzz/runs -name "$target.*-*" | head -n 1)
  if [[ -n $artifact || -z $ran ]]; then
    broken+=("$target")
    printf '%-14s %12s %8s\n' "$target" "${ran:-?}" broken
  else
    printf '%-14s %12d %8s\n' "$target" "$ran" "$(covered_lines "$target")"
  fi
done

if ((${#broken[@]} == 0)); then exit 0; fi
for target in "${broken[@]}"; do
  printf '\n%s: ' "$target"
  grep -m1 -E 'does not hold|runtime error|^==[0-9]+== ?ERROR' "build/fuzz/runs/$target.log" ||
    echo "see build/fuzz/runs/$target.log"
  artifact=$(find build/fuzz/runs -name "$target.*-*" | head -n 1)
  if [[ -n $artifact ]]; then printf 'Run it again: LLVM_PROFILE_FILE=/dev/null build/fuzz/bin/fuzz_%s %s\n' "$target" "$artifact"; fi
done
exit 1
