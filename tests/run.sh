#!/usr/bin/env bash
# Sets up, builds and runs every test, on a bare machine too.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() {
  cat <<HELP
Usage: tests/run.sh [--quick] [PRESET]

  PRESET    which build is tested: ci (warnings are errors) unless given; dev, release
  --quick   without the sanitizers and clang-tidy

Steps and what they are allowed to take: tests/README.md. Examples:
  tests/run.sh
  tests/run.sh --quick dev
HELP
}

preset=ci
quick=no
for argument in "$@"; do
  case $argument in
    --help | -h)
      usage
      exit 0
      ;;
    --quick) quick=yes ;;
    -*)
      usage >&2
      exit 2
      ;;
    *) preset=$argument ;;
  esac
done

started=$SECONDS
step() {
  printf '\n== %s (after %d s)\n' "$*" "$((SECONDS - started))"
}

step "packages"
deploy/local/packages

step "layers, messages, coroutines, format, scripts"
tests/check_layers.sh
tests/check_protos.py
tests/check_coroutines.py
tests/simulation/mutants/run.py --check
git ls-files -z '*.cpp' '*.hpp' | xargs -0 clang-format-19 --dry-run -Werror
git ls-files -z '*.sh' .ci/run deploy/local/up deploy/local/down deploy/local/packages deploy/local/kafka/start \
  deploy/local/kafka/start-cluster deploy/local/kafka/stop deploy/local/kafka/fetch deploy/local/kafka/free-port |
  xargs -0 shellcheck

step "build ($preset)"
cmake --preset "$preset" >/dev/null
cmake --build --preset "$preset"

step "tests ($preset)"
ctest --preset "$preset"
if [[ $quick == yes ]]; then exit 0; fi

# The suites that run librdkafka are left out: its threads crash the thread sanitizer, and the others prove the same code.
step "address and undefined behaviour"
cmake --preset asan >/dev/null
cmake --build --preset asan
ctest --preset asan -LE integration

step "data races"
cmake --preset tsan >/dev/null
cmake --build --preset tsan --target unit_telemetry stage_http stage_sandbox
ctest --preset tsan -R '^(unit_telemetry|stage_http|stage_sandbox)$'

step "clang-tidy"
log=$(mktemp)
if ! git ls-files -z 'worker/*.cpp' | xargs -0 -P2 -n8 clang-tidy-19 -p "build/$preset" --quiet >"$log" 2>/dev/null; then
  grep -E 'error:' "$log" || tail -n 20 "$log"
  exit 1
fi
rm -f "$log"

step "done"
