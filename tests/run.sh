#!/usr/bin/env bash
# Sets up what the tests need and runs all of them, with the real container engine.
# Ends with a line "N passed, N failed"; the exit code is 0 only when nothing failed. Extra tests, which need data that cannot
# be in the repository, are named and counted as not run where the data are not in ../shared (tests/README.md).
#
#   tests/run.sh           everything that must pass before a change lands
#   tests/run.sh --quick   only the .NET tests that need neither container engine nor browser
#   tests/run.sh --long    adds the long modes: chaos and fuzzing, and the PyTorch template
#
# TOUCHSTONE_EXTRA=all makes every extra test that did not run a failure.
set -uo pipefail
cd "$(dirname "$0")/.."

mode=${1:-}
case "$mode" in
  '' | --quick | --long) ;;
  *) sed -n '2,11s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac

passed=0
failed=0
longest_test=20m # a run that says nothing for longer hangs: it is ended, which is a failure
[ "$mode" != --long ] || longest_test=6h
logs=.artifacts/test-logs
mkdir -p "$logs"
extra=$logs/not-run.txt # what an extra test needs, a tab, its name
: >"$extra"

finish() {
  for title in "${!beside[@]}"; do kill "${beside[$title]}" 2>/dev/null; done
  not_run
  printf '\n%d passed, %d failed\n' "$passed" "$failed"
  [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
  exit
}

# Names the extra tests whose data are not here, by what they need.
not_run() {
  [ -s "$extra" ] || return
  printf '\n== Extra tests that were not run\n'
  sort "$extra" | awk -F '\t' '
    $1 != needs { needs = $1; printf "not run: %s\n", needs }
    { printf "    %s\n", $2 }'
  printf '   %d not run\n' "$(wc -l <"$extra")"
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
  dotnet test "tests/$project" --no-build -c Release --nologo --blame-hang-timeout "$longest_test" --blame-hang-dump-type none \
    --logger 'console;verbosity=normal' "$@" 2>&1 | tee "$log" | sed -unE \
    -e '/^ +Error Message:/,/^ +Stack Trace:/{p;d}' -e '/^ +(Failed|Skipped) |^ +at Touchstone|^Test Run|error/p'
}

# Adds the counts of a project that was run. A test is skipped for want of extra data, or it is a failed one.
count_tests() {
  local name=$1 log="$logs/${1// /-}.log" p f s missing
  p=$(count_of Passed "$log")
  f=$(count_of Failed "$log")
  s=$(count_of Skipped "$log")
  missing=$(extra_tests "$log" | tee -a "$extra" | wc -l)
  if [ "$p" -eq 0 ] && [ "$f" -eq 0 ] || grep -q '^Test Run Aborted' "$log"; then
    f=$((f + 1))
    tail -n 30 "$log"
  fi
  printf '   %s: %d passed, %d failed, %d skipped, %d of them for want of data (log: %s)\n' "$name" "$p" "$f" "$s" "$missing" "$log"
  passed=$((passed + p))
  failed=$((failed + f + s))
  [ "${TOUCHSTONE_EXTRA:-}" = all ] || failed=$((failed - missing))
}

# Of a log, the extra tests that were skipped: what each needs, a tab, its name.
extra_tests() {
  sed -nE '/ \[SKIP\]$/{s/^\[xUnit[^]]*\] +//;s/ \[SKIP\]$//;h;n;s/^\[xUnit[^]]*\] +(needs .*)$/\1/;T;G;s/\n/\t/;p}' "$1"
}

# Waits for tests that were begun beside others.
ended() {
  printf '\n== %s\n' "$2"
  wait "${beside[$1]}"
  unset "beside[$1]" # its number may be another process's from now on
  count_tests "$2"
}

count_of() { sed -nE "s/^ *$1: +([0-9]+)\$/\\1/p" "$2" | awk '{n += $1} END {print n + 0}'; }

set_up() {
  tests/install-packages.sh && submissions/baselines/native/build.sh || return
  [ "$mode" = --quick ] || { harness/install-engine.sh && leaderboard/web/install.sh; }
}

# One compiler for all projects, whatever the machine's setting: a new one for each takes twice as long. It does not stay.
build() {
  local result=0
  dotnet build Touchstone.sln -c Release --nologo -v quiet -p:UseSharedCompilation=true || result=1
  dotnet build-server shutdown --vbcscompiler >"$logs/build-server.log" 2>&1
  return "$result"
}

step 'dotnet SDK' fatal dotnet --version
begin 'Packages and engine' set_up
step 'Build' fatal build
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
[ "$mode" != --long ] || export TOUCHSTONE_LONG=1

# What needs no engine and measures no time goes beside the first tests, whose containers mostly wait; it has ended long
# before the tests that measure time, which come last. Those of the baselines' worker take all cores, whose threads would wait
# for each other, and go alone.
begin 'Format' "${format[@]}"
TOUCHSTONE_LONG='' DOTNET_EnableHWIntrinsic=0 run_tests 'Evaluators without SIMD' Touchstone.Tests --filter 'FullyQualifiedName~Touchstone.Tests.Evaluators' &
beside[evaluators]=$!
run_tests 'Training' Touchstone.Baselines.Tests --filter 'FullyQualifiedName~LearningTests' &
beside[training]=$!
tests 'All tests' Touchstone.Tests
ended evaluators 'Evaluators without SIMD'
ended training 'Training'
step 'Format' go-on look_at 'Format'
tests 'Baselines' Touchstone.Baselines.Tests --filter 'FullyQualifiedName!~LearningTests'
finish
