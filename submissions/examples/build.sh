#!/bin/bash
# Builds the example containers into archives as `docker save` writes them, one per example.
set -euo pipefail

usage() {
  cat <<'USAGE'
build.sh [--output DIR] [--base IMAGE] [NAME...]

Builds the named examples into DIR/NAME.tar. What is up to date is left alone. Needs the .NET SDK and a Docker engine.

  --output DIR   where the archives go; default .artifacts/examples at the top of the repository
  --base IMAGE   base image of the C# examples; default: the one of their Dockerfile if a registry answers,
                 else one made from this machine's bash and C libraries
  NAME           default: all C# examples. python-numpy is built only when named: it takes minutes
USAGE
}

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
artifacts=$(cd "$here/../.." && pwd)/.artifacts
output=$artifacts/examples
base=
names=()
while (($#)); do
  case $1 in
    --output) output=${2:?--output needs a folder}; shift 2 ;;
    --base) base=${2:?--base needs an image}; shift 2 ;;
    --help | -h) usage; exit 0 ;;
    -*) echo "build.sh: unknown option $1" >&2; usage >&2; exit 2 ;;
    *) names+=("$1"); shift ;;
  esac
done
asked_base=$base
((${#names[@]})) || names=(atlas-only threshold-components atlas-intensity careful fragile)

export DOCKER_BUILDKIT=0 # the classic builder is in every client and needs no plug-in
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
label=touchstone.example
case $(uname -m) in
  x86_64) runtime=linux-x64 ;;
  aarch64) runtime=linux-arm64 ;;
  *) echo "build.sh: no .NET runtime is known for $(uname -m)" >&2; exit 1 ;;
esac

began=${EPOCHREALTIME/[.,]/}
say() {
  local tenths=$(((${EPOCHREALTIME/[.,]/} - began) / 100000))
  printf '%4d.%d s  %s\n' $((tenths / 10)) $((tenths % 10)) "$*"
}

# One hash over the names and contents of files and folders, build outputs left out.
hash_of() {
  find "$@" -type f -not -path '*/out/*' -not -path '*/bin/*' -not -path '*/obj/*' -print0 \
    | LC_ALL=C sort -z | (cd / && xargs -0 sha256sum) | sed "s#  $here/#  #" | sha256sum | cut -c1-16
}

# A base of bash and what a self-contained .NET program links to, taken from this machine.
make_base() {
  local program=$1 root tag file
  root=$(mktemp -d)
  trap 'rm -rf "$root"' RETURN
  mkdir -p "$root/bin" "$root/tmp" "$root/etc"
  chmod 1777 "$root/tmp"
  cp -L "$(command -v bash)" "$root/bin/bash"
  ln -s bash "$root/bin/sh"
  echo 'root:x:0:0::/:/bin/sh' > "$root/etc/passwd"
  { ldd "$root/bin/bash"; ldd "$program"; } | grep -o '/[^ ]*' | sort -u | while read -r file; do
    mkdir -p "$root$(dirname "$file")"
    cp -L "$file" "$root$file"
  done
  tag=touchstone-example/base:$(hash_of "$root" | cut -c1-12)
  docker image inspect "$tag" > /dev/null 2>&1 || tar -C "$root" --owner=0 --group=0 --numeric-owner -c . \
    | docker import --change "LABEL $label=base" - "$tag" > /dev/null
  echo "$tag"
}

# The base of a C# example: the one asked for, the Dockerfile's own, or one made here.
choose_base() {
  local program=$1 public
  if [[ -z $base ]]; then
    public=$(sed -n 's/^ARG BASE=//p' "$here/atlas-only/Dockerfile")
    if docker image inspect "$public" > /dev/null 2>&1 || timeout 30 docker pull -q "$public" > /dev/null 2>&1; then
      base=$public
    else
      base=$(make_base "$program")
    fi
    say "base image $base"
  fi
}

# Copies what the image is built from, and nothing else, to where the engine's client reads it.
context_of() {
  local name=$1 context=$artifacts/examples-build/$1
  rm -rf "$context"
  mkdir -p "$context"
  find "$here/$name" -maxdepth 1 -type f -exec cp {} "$context" \;
  echo "$context"
}

publish() {
  local name=$1 context=$2 log
  log=$context.log
  dotnet publish "$here/$name" -c Release -r "$runtime" -o "$context/out" --tl:off -v quiet > "$log" 2>&1 || {
    cat "$log" >&2
    echo "build.sh: $name does not compile (see above)" >&2
    exit 1
  }
}

build() {
  local name=$1 archive=$output/$1.tar stamp=$output/$1.sha256 hash context image
  hash=$(hash_of "$here/$name" "$here/common" "$here/build.sh")
  if [[ -f $archive && -f $stamp && $(< "$stamp") == "$hash $asked_base" ]]; then
    say "$name is up to date"
    return
  fi

  context=$(context_of "$name")
  local arguments=()
  if [[ -f $here/$name/$name.csproj ]]; then
    publish "$name" "$context"
    say "$name published"
    choose_base "$context/out/segment"
    arguments=(--build-arg "BASE=$base")
  fi

  image=touchstone-example/$name:$hash
  docker build --quiet --network none --label "$label=$name" "${arguments[@]}" -t "$image" "$context" > /dev/null
  docker save -o "$archive.part" "$image"
  chmod a+r "$archive.part"
  mv "$archive.part" "$archive"
  docker rmi "$image" > /dev/null # the archive is what counts; the engine stays as it was
  echo "$hash $asked_base" > "$stamp"
  say "$name.tar, $(($(stat -c %s "$archive") / 1000000)) MB"
}

docker version > /dev/null 2>&1 || {
  echo "build.sh: no Docker engine answers; harness/install-engine.sh installs and starts one" >&2
  exit 1
}
mkdir -p "$output"
output=$(cd "$output" && pwd)
for name in "${names[@]}"; do
  [[ -f $here/$name/Dockerfile ]] || { echo "build.sh: there is no example named $name" >&2; exit 2; }
  build "$name"
done
