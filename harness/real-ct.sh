#!/usr/bin/env bash
# The main job on three real CTs: the example containers through submit, run, rank and publish, into one folder.
#
#   harness/real-ct.sh [DIR]     default: workspace
#
# The CTs are no part of the repository: datasets.manifest says where they must lie.
set -euo pipefail
cd "$(dirname "$0")/.."

workspace=${1:-workspace}
touchstone=.artifacts/bin/Touchstone.Harness/release/touchstone

harness/install-engine.sh
dotnet build harness -c Release --nologo -v quiet
"$touchstone" datasets verify real-ct
submissions/examples/build.sh --output .artifacts/images

submit() {
  local archive=$1 layout=$2 team=$3 name=$4
  shift 4
  "$touchstone" submit ".artifacts/images/$archive.tar" --challenge real-ct --workspace "$workspace" \
    --layout "$layout" --team "$team" --name "$name" "$@"
}
submit atlas-only flat 'In-house' 'Atlas only' --baseline
submit threshold-components flat 'Grey Values' 'Threshold and components'
submit atlas-intensity folder 'Prior Knowledge' 'Atlas and intensity'
submit careful flat 'Second Look' 'Careful'
submit fragile flat 'Deadline' 'Fragile'

"$touchstone" run --all --workspace "$workspace"
"$touchstone" rank --challenge real-ct --workspace "$workspace" --json "$workspace/real-ct.json"
"$touchstone" publish --challenge real-ct --workspace "$workspace" --output "$workspace/site"
