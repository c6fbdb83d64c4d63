#!/usr/bin/env bash
# The whole of a small transfer study: sets up what is missing, builds the training container, makes phantom data, trains, tests
# and reports. Started again after any interruption, it goes on from there. Arguments go to `touchstone transfer run`.
#
#   submissions/baselines/phantom-study.sh [--cpu-set CORES]        into the folder phantom-study, or $OUTPUT
set -euo pipefail
cd "$(dirname "$0")/../.."

output=${OUTPUT:-phantom-study}
study=submissions/baselines/studies/phantom.yaml
touchstone=.artifacts/bin/Touchstone.Harness/release/touchstone
harness/install-engine.sh
leaderboard/web/install.sh
echo "Building touchstone…"
dotnet build harness -c Release --nologo -v quiet
[ -e .artifacts/images/tiny-unet.tar ] || submissions/baselines/container/build.sh \
  --output .artifacts/images/tiny-unet.tar submissions/baselines/models/tiny-unet
[ -e "$output/datasets.manifest" ] || "$touchstone" transfer phantoms --output "$output"
"$touchstone" transfer run "$study" --workspace "$output/workspace" --manifest "$output/datasets.manifest" "$@"
"$touchstone" transfer report "$study" --workspace "$output/workspace" --manifest "$output/datasets.manifest" --output "$output/report"
