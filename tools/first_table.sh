#!/usr/bin/env bash
# How long it takes from `git clone` to the first table: a fresh clone in a temporary folder, then the steps of the README, each timed.
set -euo pipefail
origin=$(git -C "$(dirname "${BASH_SOURCE[0]}")" rev-parse --show-toplevel)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
total=0
step() { # step NAME COMMAND...
  local name=$1 started=$EPOCHREALTIME seconds
  shift
  "$@"
  seconds=$(awk -v a="$started" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.1f", b - a }')
  total=$(awk -v a="$total" -v b="$seconds" 'BEGIN { printf "%.1f", a + b }')
  times+=$(printf '%8s s  %s' "$seconds" "$name")$'\n'
}
times=""
export DATELINE_CACHE=$folder/cache # as on a machine that never had Dateline
step "git clone" git clone --quiet "$origin" "$folder/dateline"
cd "$folder/dateline"
step "make setup" make --no-print-directory setup
step "make demo (the first table)" make --no-print-directory demo
printf '\n%s%8s s  in all\n' "$times" "$total"
