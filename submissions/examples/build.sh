#!/bin/bash
# Builds the example containers into archives as `docker save` writes them, one per example.
set -euo pipefail

usage() {
  cat <<'USAGE'
build.sh [--output DIR] [--base IMAGE] [NAME...]

Builds the named examples into DIR/NAME.tar. What is up to date is left alone. Needs the .NET SDK and a Docker engine.

  --output DIR   where the archives go; default .artifacts/examples at the top of the repository
  --base IMAGE   base image; default: the one that the Dockerfile names if a registry answers, else one made from this
                 machine's bash and C libraries or, for Python, from Debian packages
  NAME           default: all C# examples; python-numpy is built only when named
USAGE
}

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
artifacts=$(cd "$here/../.." && pwd)/.artifacts
make_base=$here/../templates/make-base.sh
output=$artifacts/examples
asked_base=
names=()
while (($#)); do
  case $1 in
    --output) output=${2:?--output needs a folder}; shift 2 ;;
    --base) asked_base=${2:?--base needs an image}; shift 2 ;;
    --help | -h) usage; exit 0 ;;
    -*) echo "build.sh: unknown option $1" >&2; usage >&2; exit 2 ;;
    *) names+=("$1"); shift ;;
  esac
done
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

# One hash over the names and contents of files and folders below a folder, build outputs left out.
hash_of() {
  (cd "$1" && shift && find "$@" -type f -not -path '*/out/*' -not -path '*/bin/*' -not -path '*/obj/*' -print0 \
    | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16)
}

# The base of an example: the one asked for, its Dockerfile's own if a registry answers, or one made here. The two C#
# and Python bases are looked for once each.
declare -A bases=()
choose_base() {
  local name=$1 context=$2 public
  public=$(sed -n 's/^ARG BASE=//p' "$context/Dockerfile")
  if [[ -n $asked_base ]]; then
    bases[$public]=$asked_base
  elif [[ -z ${bases[$public]:-} ]]; then
    if docker image inspect "$public" > /dev/null 2>&1 || timeout 60 docker pull -q "$public" > /dev/null 2>&1; then
      bases[$public]=$public
    elif [[ $public == python:* ]]; then
      bases[$public]=$("$make_base" python-numpy)
    else
      bases[$public]=$("$make_base" program "$context/out/segment")
    fi
    say "base image ${bases[$public]}"
  fi
  base=${bases[$public]}
}

# Copies what the image is built from, and nothing else, to where the engine's client reads it.
fill_context() {
  local name=$1 context=$artifacts/examples-build/$1
  rm -rf "$context"
  mkdir -p "$context"
  find "$here/$name" "$here/common/atlas.csv" -maxdepth 1 -type f -exec cp {} "$context" \;
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

# Compiles what several examples need, two at a time: each waits for disk and network as long as it computes.
publish_all() {
  local name publishing=()
  for name in "$@"; do
    [[ -f $here/$name/$name.csproj ]] || continue
    publish "$name" "$artifacts/examples-build/$name" &
    publishing+=($!)
    if ((${#publishing[@]} == 2)); then
      wait "${publishing[0]}" || exit 1
      publishing=("${publishing[1]}")
    fi
  done
  for name in "${publishing[@]}"; do wait "$name" || exit 1; done
}

build() {
  local name=$1 hash=$2 context=$artifacts/examples-build/$1 archive=$output/$1.tar stamp=$output/$1.sha256 image base network
  choose_base "$name" "$context"
  [[ $base == touchstone-base/* ]] && network=none || network=default # a public base may have to fetch packages
  image=touchstone-example/$name:$hash
  docker build --quiet --network "$network" --label "$label=$name" --build-arg "BASE=$base" -t "$image" "$context" \
    > /dev/null 2> "$context.log" || {
    cat "$context.log" >&2
    echo "build.sh: the image of $name cannot be built (see above)" >&2
    exit 1
  }
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
mkdir -p "$output" "$artifacts/examples-build"
output=$(cd "$output" && pwd)
declare -A hashes=()
outdated=()
for name in "${names[@]}"; do
  [[ -f $here/$name/Dockerfile ]] || { echo "build.sh: there is no example named $name" >&2; exit 2; }
  hashes[$name]=$(hash_of "$here" "$name" common build.sh ../templates/make-base.sh)
  if [[ -f $output/$name.tar && -f $output/$name.sha256 && $(< "$output/$name.sha256") == "${hashes[$name]} $asked_base" ]]; then
    say "$name is up to date"
  else
    outdated+=("$name")
    fill_context "$name"
  fi
done
publish_all "${outdated[@]}"
if ((${#outdated[@]})); then say "compiled"; fi
for name in "${outdated[@]}"; do
  build "$name" "${hashes[$name]}"
done
