#!/bin/bash
# Builds a baseline container: the worker, libtorch and a model or a recipe, as an archive such as `docker save` writes.
set -euo pipefail

usage() {
  cat <<'USAGE'
build.sh [--base IMAGE] [--torch DIR] --output FILE.tar MODEL

Needs the .NET SDK, a Docker engine, g++ and libtorch (Debian's libtorch-dev and libopenblas0-pthread, or --torch).

  MODEL          folder with model.json and the weights that it names, to segment with (predict.sh); or with recipe.json, to train
                 with (train.sh); or with both
  --output FILE  the archive
  --base IMAGE   an image that has libtorch, bash and the C++ library; default: one made of this machine's own libraries,
                 without network
  --torch DIR    libtorch to compile against, as of native/build.sh: the one that IMAGE has
USAGE
}

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
artifacts=$(cd "$here/../../.." && pwd)/.artifacts
output= base= model=
torch=()
while (($#)); do
  case $1 in
    --output) output=${2:?--output needs a file}; shift 2 ;;
    --base) base=${2:?--base needs an image}; shift 2 ;;
    --torch) torch=(--torch "${2:?--torch needs a folder}"); shift 2 ;;
    --help | -h) usage; exit 0 ;;
    -*) echo "build.sh: unknown option $1" >&2; usage >&2; exit 2 ;;
    *) model=$1; shift ;;
  esac
done
[[ -n $output && -n $model ]] || { usage >&2; exit 2; }
[[ -f $model/model.json || -f $model/recipe.json ]] || {
  echo "build.sh: $model holds neither model.json nor recipe.json" >&2
  exit 2
}
docker version > /dev/null 2>&1 || {
  echo "build.sh: no Docker engine answers; harness/install-engine.sh installs and starts one" >&2
  exit 1
}

case $(uname -m) in
  x86_64) runtime=linux-x64 ;;
  aarch64) runtime=linux-arm64 ;;
  *) echo "build.sh: no .NET runtime is known for $(uname -m)" >&2; exit 1 ;;
esac
export DOCKER_BUILDKIT=0 # the classic builder is in every client and needs no plug-in
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
label=touchstone.baseline

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
context=$scratch/context
mkdir -p "$context/out"
"$here/../native/build.sh" "${torch[@]}" --output "$artifacts/native/libtouchstone_torch.so"
dotnet publish "$here/.." -c Release -r "$runtime" -o "$context/out" --tl:off -v quiet -p:BaselineContainer=true > "$scratch/log" 2>&1 || {
  cat "$scratch/log" >&2
  echo "build.sh: the worker does not compile (see above)" >&2
  exit 1
}
cp "$artifacts/native/libtouchstone_torch.so" "$context/out/"
cp "$here/Dockerfile" "$here/predict.sh" "$here/train.sh" "$context/"
cp -rL "$model" "$context/model"

# bash, and what the worker and libtorch link to, taken from this machine: half as large as Debian's packages, and no network.
# libtorch's own folder is kept as its path, which the native library has in its rpath.
make_base() {
  local root=$scratch/root file tag
  mkdir -p "$root/bin" "$root/tmp" "$root/etc"
  chmod 1777 "$root/tmp"
  cp -L "$(command -v bash)" "$root/bin/bash"
  ln -s bash "$root/bin/sh"
  echo 'root:x:0:0::/:/bin/sh' > "$root/etc/passwd"
  for file in "$root/bin/bash" "$context/out/touchstone-baselines" "$context/out/libtouchstone_torch.so"; do
    ldd "$file"
  done | grep -o '/[^ ]*' | sort -u > "$scratch/libraries"
  tag=touchstone-baseline/base:$(xargs stat -L -c '%n %s %Y' < "$scratch/libraries" | sha256sum | cut -c1-16)
  if ! docker image inspect "$tag" > /dev/null 2>&1; then
    while read -r file; do
      mkdir -p "$root$(dirname "$file")"
      cp -L "$file" "$root$file"
    done < "$scratch/libraries"
    tar -C "$root" --owner=0 --group=0 --numeric-owner -c . | docker import --change "LABEL $label=base" - "$tag" > /dev/null
  fi
  echo "$tag"
}

packages=()
network=default # a public base has to fetch packages
if [[ -z $base ]]; then
  base=$(make_base)
  packages=(--build-arg PACKAGES=)
  network=none
fi
image=touchstone-baseline/$(basename "$output" .tar | tr 'A-Z' 'a-z'):$$
docker build --quiet --network "$network" --label "$label=image" --build-arg "BASE=$base" "${packages[@]}" -t "$image" "$context" \
  > /dev/null 2> "$scratch/log" || {
  cat "$scratch/log" >&2
  echo "build.sh: the image cannot be built (see above)" >&2
  exit 1
}
mkdir -p "$(dirname "$output")"
docker save -o "$output.part" "$image"
chmod a+r "$output.part"
mv "$output.part" "$output"
docker rmi "$image" > /dev/null # the archive is what counts; the engine stays as it was, but for the base
echo "$output, $(($(stat -c %s "$output") / 1000000)) MB"
