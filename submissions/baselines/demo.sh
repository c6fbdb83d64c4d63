#!/bin/bash
# The demonstration's own baseline: a tiny U-Net, trained here on patients of the in-distribution phantom hospital that are never
# scored, as a container like any other. What is up to date is left alone.
set -euo pipefail

usage() {
  cat <<'USAGE'
demo.sh [--output DIR]

Builds DIR/trained-unet.tar (default .artifacts/images), which `touchstone demo` enters as a baseline where it is there. Installs
libtorch and g++ (apt-get) when they are missing. Needs the .NET SDK and a Docker engine. Four to six minutes on two cores.
USAGE
}

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
top=$(cd "$here/../.." && pwd)
output=$top/.artifacts/images
while (($#)); do
  case $1 in
    --output) output=${2:?--output needs a folder}; shift 2 ;;
    --help | -h) usage; exit 0 ;;
    *) echo "demo.sh: unknown argument $1" >&2; usage >&2; exit 2 ;;
  esac
done

# What the archive is made of: another text of any of these makes another.
made_of=$(cd "$top" && find submissions/baselines harness/Phantoms harness/Transfer/StudyPhantoms.cs evaluators -type f \
  -not -name '*.md' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16)
archive=$output/trained-unet.tar
if [[ -f $archive && $(cat "$archive.made-of" 2> /dev/null) == "$made_of" ]]; then
  echo "$archive is up to date"
  exit 0
fi

"$here/native/install-libtorch.sh"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$here/native/build.sh"
dotnet build "$top/harness" -c Release --nologo -v quiet
dotnet build "$here" -c Release --nologo -v quiet
bin=$top/.artifacts/bin
"$bin/Touchstone.Harness/release/touchstone" transfer phantoms --output "$scratch/phantoms"

inputs=$scratch/workspace/inputs
mkdir -p "$inputs"
for kind in training validation; do
  dataset=phantom-source
  [[ $kind == training ]] || dataset=phantom-source-validation
  mv "$scratch/phantoms/datasets/$dataset" "$inputs/$kind"
  rm "$inputs/$kind"/cases.csv "$inputs/$kind"/checksums.sha256
done
cat > "$inputs/job.json" <<JSON
{
  "schema": 1,
  "job": "demo",
  "backbone": "unet",
  "structures": ["bladder", "femur_left", "femur_right", "kidney_left", "kidney_right", "liver", "lung_left", "lung_right", "spleen",
    "stomach"],
  "seed": 1,
  "settings": { "loss": "CeDice", "spacingMm": [8, 8, 8], "learningRate": 1e-2, "steps": 700, "validationInterval": 350 },
  "threads": $(nproc),
  "device": "cpu"
}
JSON
"$bin/Touchstone.Baselines/release/touchstone-baselines" train --workspace "$scratch/workspace" --recipe "$here/models/tiny-unet/recipe.json"

mkdir -p "$output"
"$here/container/build.sh" --output "$archive" "$scratch/workspace/outputs/model"
echo "$made_of" > "$archive.made-of"
