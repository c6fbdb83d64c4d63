#!/usr/bin/env bash
# Sets up what the tests need and runs all of them, with the real container engine.
# Ends with a line "N passed, N failed"; the exit code is 0 only when nothing failed.
#
#   tests/run.sh           everything that must pass before a change lands
#   tests/run.sh --quick   only the .NET tests that need neither container engine nor browser
#   tests/run.sh --long    adds the long modes: chaos and fuzzing, and the PyTorch template
set -uo pipefail
cd "$(dirname "$0")/.."

mode=${1:-}
case "$mode" in
  '' | --quick | --long) ;;
  *) sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac

passed=0
failed=0
logs=.artifacts/test-logs
mkdir -p "$logs"

finish() {
  for title in "${!beside[@]}"; do kill "${beside[$title]}" 2>/dev/null; done
  printf '\n%d passed, %d failed\n' "$passed" "$failed"
  [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
  exit
}

# A step that is no test counts as one failure when it fails; after a fatal one nothing else can run.
step() {
  local title=$1 fatal=$2
  shift 2
  printf '\n== %s\n' "$title"
  local started=$SECONDS
  if "$@"; then
    printf '   %s: %d s\n' "$title" $((SECONDS - started))
  else
    printf '   FAILED: %s\n' "$title"
    failed=$((failed + 1))
    [ "$fatal" = fatal ] && finish
  fi
}

# Begins what mostly waits beside what follows; its output is seen when it is looked at, if it failed.
declare -A beside=()
begin() {
  local title=$1
  shift
  "$@" >"$logs/${title// /-}.log" 2>&1 &
  beside[$title]=$!
}

look_at() {
  local title=$1 result=0
  wait "${beside[$title]}" || result=1
  unset "beside[$title]" # its number may be another process's from now on
  [ "$result" -eq 0 ] || tail -n 40 "$logs/${title// /-}.log"
  return "$result"
}

# Runs a test project and adds its counts.
tests() {
  printf '\n== %s\n' "$1"
  run_tests "$@"
  count_tests "$1"
}

run_tests() {
  local name=$1 project=$2
  shift 2
  local log="$logs/${name// /-}.log"
  dotnet test "tests/$project" --no-build -c Release --nologo \
    --logger 'console;verbosity=normal' "$@" 2>&1 | tee "$log" | sed -unE \
    -e '/^ +Error Message:/,/^ +Stack Trace:/{p;d}' -e '/^ +(Failed|Skipped) |^ +at Touchstone|^Test Run|error/p'
}

# Adds the counts of a project that was run. A skipped test is a failed one.
count_tests() {
  local name=$1 log="$logs/${1// /-}.log" counts
  counts=$(sed -nE 's/^ *(Passed|Failed|Skipped): +([0-9]+)$/\1 \2/p' "$log")
  local p f s
  p=$(awk '$1=="Passed"{n+=$2} END{print n+0}' <<<"$counts")
  f=$(awk '$1=="Failed"{n+=$2} END{print n+0}' <<<"$counts")
  s=$(awk '$1=="Skipped"{n+=$2} END{print n+0}' <<<"$counts")
  [ "$p" -eq 0 ] && [ "$f" -eq 0 ] && f=1 && tail -n 30 "$log"
  printf '   %s: %d passed, %d failed, %d skipped (log: %s)\n' "$name" "$p" "$f" "$s" "$log"
  passed=$((passed + p))
  failed=$((failed + f + s))
}

set_up() {
  tests/install-packages.sh && submissions/baselines/native/build.sh || return
  [ "$mode" = --quick ] || { harness/install-engine.sh && leaderboard/web/install.sh; }
}

step 'dotnet SDK' fatal dotnet --version
begin 'Packages and engine' set_up
step 'Build' fatal dotnet build Touchstone.sln -c Release --nologo -v quiet
step 'Packages and engine' fatal look_at 'Packages and engine'
# The build refuses whatever breaks a rule of .editorconfig; this sees the ends of lines and files too.
format=(dotnet format whitespace Touchstone.sln --no-restore --verify-no-changes)
if [ "$mode" = --quick ]; then
  step 'Format' go-on "${format[@]}"
  tests 'Tests without an engine' Touchstone.Tests --filter 'Category!=Engine&Category!=Browser'
  tests 'Baselines without an engine' Touchstone.Baselines.Tests --filter 'Category!=Engine'
  finish
fi

step 'Example images' fatal submissions/examples/build.sh --output .artifacts/images
if [ "$mode" = --long ]; then
  TOUCHSTONE_LONG=1 tests 'All tests, long' Touchstone.Tests
else
  tests 'All tests' Touchstone.Tests
fi

# Nothing ran beside the tests that measure time. Training measures none and takes one thread; the other tests of the
# baselines take all cores, whose threads would wait for each other, and go last and alone.
begin 'Format' "${format[@]}"
DOTNET_EnableHWIntrinsic=0 run_tests 'Evaluators without SIMD' Touchstone.Tests --filter 'FullyQualifiedName~Touchstone.Tests.Evaluators' &
beside[evaluators]=$!
tests 'Training' Touchstone.Baselines.Tests --filter 'FullyQualifiedName~LearningTests'
printf '\n== Evaluators without SIMD\n'
wait "${beside[evaluators]}"
unset 'beside[evaluators]'
count_tests 'Evaluators without SIMD'
step 'Format' go-on look_at 'Format'
tests 'Baselines' Touchstone.Baselines.Tests --filter 'FullyQualifiedName!~LearningTests'
finish
