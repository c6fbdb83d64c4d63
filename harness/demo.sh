#!/usr/bin/env bash
# Sets up what is missing, builds, and runs the demonstration end to end: phantom hospitals, example containers and a baseline
# that is trained here in the sandbox, scores, ranking, site. Arguments go to `touchstone demo`. With TOUCHSTONE_DEMO_TRAINED=no
# the trained baseline, which takes libtorch and about five minutes the first time, is left out.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v dotnet >/dev/null; then
  echo "The .NET 10 SDK is needed and there is no dotnet on PATH: see https://learn.microsoft.com/dotnet/core/install/linux" >&2
  exit 1
fi

harness/install-engine.sh
leaderboard/web/install.sh
echo "Building touchstone…"
dotnet build harness -c Release --nologo -v quiet
submissions/examples/build.sh --output .artifacts/images
if [[ ${TOUCHSTONE_DEMO_TRAINED:-yes} != no ]]; then
  submissions/baselines/demo.sh --output .artifacts/images || echo "The demonstration goes on without the trained baseline." >&2
fi
exec .artifacts/bin/Touchstone.Harness/release/touchstone demo --images .artifacts/images "$@"
