#!/usr/bin/env bash
# Prints how long scoring and ranking take on this machine, scoring beside what the machine allows.
#
#   tests/benchmarks.sh                          the table
#   tests/benchmarks.sh /path/to/surface-distance   and google-deepmind/surface-distance on the same files, from a checkout
#                                                (python3 with numpy, scipy and nibabel)
#   tests/benchmarks.sh --overhead               what the harness costs per case beyond a bare `docker run`; --quick after it:
#                                                cases of 0 s alone, --long: of 10 s. Installs and starts what it needs
#   tests/benchmarks.sh --ranking                a whole ranking of a large study: seconds and peak memory
#   tests/benchmarks.sh --server                 200 readers of pages over loopback while a container is at work
#   tests/benchmarks.sh --upload [MIB]           an upload of 5 GiB to a server over loopback: rate, and peak memory of the server
#   tests/benchmarks.sh --board [--entries N --cases N --structures N] [--keep]   a board of 100 x 10,000 x 25 from the store to the
#                                                reader: filling and making it (50 minutes), serving it, opening it in Chromium. Needs 45 GB of disk
#                                                under TMPDIR; --keep leaves the contest for the next time, --pages then only
#                                                opens its pages
#   tests/benchmarks.sh --ranking --bdn          the same under BenchmarkDotNet: time and memory; further options are its own
#   tests/benchmarks.sh --baselines              the baselines' worker: what the sliding window costs beside its network, a forward pass
#                                                against Python's torch, memory for a large CT. Installs python3-torch
#   tests/benchmarks.sh --bdn                    BenchmarkDotNet's own measurement
set -euo pipefail
cd "$(dirname "$0")/.."

# Without the benchmarks' own program, which nothing here needs.
if [[ "${1:-}" == --baselines ]]; then
  tests/install-packages.sh
  tests/install-packages.sh --torch
  submissions/baselines/native/build.sh
  dotnet build submissions/baselines -c Release -v quiet -nologo
  worker=$PWD/.artifacts/bin/Touchstone.Baselines/release/touchstone-baselines
  scratch=$(mktemp -d)
  trap 'rm -rf "$scratch"' EXIT
  "$worker" measure
  /usr/bin/python3 tests/Touchstone.Benchmarks/baselines_forward.py "$worker" "$scratch/network.pt"
  /usr/bin/python3 tests/Touchstone.Benchmarks/baselines_memory.py "$worker" "$scratch"
  exit
fi

volumes="${TMPDIR:-/tmp}/touchstone-benchmarks"
dotnet build tests/Touchstone.Benchmarks -c Release -v quiet -nologo
benchmarks=.artifacts/bin/Touchstone.Benchmarks/release/Touchstone.Benchmarks

if [[ "${1:-}" == --bdn ]]; then
  exec "$benchmarks" --filter '*'
fi

if [[ "${1:-}" == --overhead ]]; then
  tests/install-packages.sh
  harness/install-engine.sh
  exec "$benchmarks" overhead "${TMPDIR:-/tmp}" ${2:+"$2"}
fi

if [[ "${1:-}" == --upload ]]; then
  exec "$benchmarks" upload "${TMPDIR:-/tmp}" "${2:-5120}"
fi

if [[ "${1:-}" == --ranking && "${2:-}" == --bdn ]]; then
  exec "$benchmarks" --filter '*RankingBenchmarks*' --artifacts .artifacts/benchmarks "${@:3}"
fi

if [[ "${1:-}" == --board ]]; then
  tests/install-packages.sh
  leaderboard/web/install.sh
  exec "$benchmarks" board "${TMPDIR:-/tmp}" "${@:2}"
fi

if [[ "${1:-}" == --server ]]; then
  tests/install-packages.sh
  harness/install-engine.sh
  exec "$benchmarks" server "${TMPDIR:-/tmp}"
fi

if [[ "${1:-}" == --ranking ]]; then
  exec "$benchmarks" ranking
fi

"$benchmarks" compare "$volumes"
if [[ -n "${1:-}" ]]; then
  echo
  echo "google-deepmind/surface-distance, DSC + NSD + HD95, CPU and peak memory:"
  for pair in 512x512x512-uint8 512x512x900-uint8; do
    PYTHONPATH="$1" "${PYTHON:-python3}" tests/Touchstone.Benchmarks/surface_distance_cost.py "$volumes" "$pair"
  done
fi
