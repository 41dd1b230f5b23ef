#!/bin/sh
# Fuzzes every reader of files for a while: fuzz.sh [time for each, 15s unless told]. What it finds is kept as a seed in the
# reader's testdata/fuzz, to be committed with the correction.
set -eu
cd "$(dirname "$0")/.."
time=${1:-15s}
found=0
for file in $(grep -rl --include='*_test.go' '^func Fuzz' coding/importer); do
  pkg=./$(dirname "$file")
  for name in $(sed -n 's/^func \(Fuzz[A-Za-z0-9]*\)(.*/\1/p' "$file"); do
    echo "fuzz $pkg $name $time"
    ${GO:-go} test "$pkg" -run '^$' -fuzz "^$name\$" -fuzztime "$time" -fuzzminimizetime 10x -timeout 20m || found=1
  done
done
exit $found
