#!/usr/bin/env bash
# Lives simulated worlds, one for each seed, and compares their books; builds what it needs.
#   tests/simulation/run.sh [--preset PRESET] [--first-seed N] [--seeds N] [--jobs N] [--stop-at-failure] [--trace]
# --preset: release unless it is given. --trace: what happens in each world, line by line.
set -euo pipefail
preset=release
arguments=()
while (($# > 0)); do
  case $1 in
    --help)
      sed -n '2,4s/^# \{0,1\}//p' "$0"
      exit 0
      ;;
    --preset)
      preset=${2:?--preset wants a name}
      shift 2
      ;;
    *)
      arguments+=("$1")
      shift
      ;;
  esac
done
cd "$(dirname "$0")/../.."

cmake --preset "$preset" >/dev/null
cmake --build --preset "$preset" --target simulation -- --quiet
exec "build/$preset/bin/simulation" "${arguments[@]}"
