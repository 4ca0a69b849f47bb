#!/usr/bin/env bash
# Sets up, builds and runs every test, on a bare machine too.
#   tests/run.sh [PRESET]     PRESET is ci unless it is given (dev, release, asan, tsan)
set -euo pipefail
cd "$(dirname "$0")/.."
preset=${1:-ci}

step() { printf '\n== %s\n' "$*"; }

step "packages"
deploy/local/packages

step "layers, coroutines, format, scripts"
tests/check_layers.sh
tests/check_coroutines.py
git ls-files -z '*.cpp' '*.hpp' | xargs -0 -r clang-format-19 --dry-run -Werror
git ls-files -z '*.sh' .ci/run deploy/local/packages deploy/local/kafka/start deploy/local/kafka/stop deploy/local/kafka/fetch |
  xargs -0 -r shellcheck

step "build ($preset)"
cmake --preset "$preset" >/dev/null
cmake --build --preset "$preset"

step "tests"
ctest --preset "$preset"
