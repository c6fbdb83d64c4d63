#!/bin/bash
# Makes a base image without any registry, out of this Debian or Ubuntu machine and its package source.
set -euo pipefail

usage() {
  cat <<'USAGE'
make-base.sh python-numpy|python-torch|program [PROGRAM]

Makes a base image and prints its name. An image of the same content is not made again.

  python-numpy   Python, NumPy and nibabel from Debian packages: 90 MB
  python-torch   the same with PyTorch (CPU): 760 MB
  program        bash and the libraries that PROGRAM, a self-contained .NET program, links to: 7 MB

Needs a Docker engine; for Python, apt with its package lists (apt-get update). Use it as

  docker build --network none --build-arg BASE="$(sh make-base.sh …)" -t NAME .
USAGE
}

kind=${1:-}
case $kind in
  python-numpy) packages=(python3-numpy python3-packaging bash dash coreutils) ;;
  python-torch) packages=(python3-torch python3-packaging libopenblas0-pthread bash dash coreutils) ;;
  program) program=${2:?program needs the path of a program} ;;
  --help | -h) usage; exit 0 ;;
  *) usage >&2; exit 2 ;;
esac
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
root=$scratch/root

# bash and what the program links to, taken from this machine.
fill_with_program() {
  mkdir -p "$root/bin" "$root/etc"
  cp -L "$(command -v bash)" "$root/bin/bash"
  ln -s bash "$root/bin/sh"
  echo 'root:x:0:0::/:/bin/sh' > "$root/etc/passwd"
  { ldd "$root/bin/bash"; ldd "$program"; } | grep -o '/[^ ]*' | sort -u | while read -r file; do
    mkdir -p "$root$(dirname "$file")"
    cp -L "$file" "$root$file"
  done
}

# apt resolves the packages as for an empty machine, and downloads them. nibabel comes alone: SciPy, which it works
# without here, pulls in a compiler.
download() {
  local log=$scratch/apt.log
  mkdir -p "$scratch/packages/partial"
  if ! (cd "$scratch/packages" && apt-get -q -y --no-install-recommends --download-only -o Debug::NoLocking=1 \
    -o Dir::State::status=/dev/null -o APT::Sandbox::User=root -o Dir::Cache::archives="$PWD" install "${packages[@]}" \
    && apt-get -q -o APT::Sandbox::User=root download python3-nibabel) > "$log" 2>&1; then
    cat "$log" >&2
    echo "make-base.sh: Debian's packages cannot be downloaded (see above). apt-get update may help." >&2
    exit 1
  fi
}

# Unpacked, not installed: no package's script runs. Left out is what no prediction needs.
fill_with_python() {
  local directory package library
  download
  for directory in bin sbin lib lib64; do # older packages hold /bin/bash, newer ones /usr/bin/bash
    mkdir -p "$root/usr/$directory"
    ln -s "usr/$directory" "$root/$directory"
  done
  for package in "$scratch/packages"/*.deb; do
    case $(basename "$package") in
      perl* | libperl* | python3-scipy_* | libllvm* | libgl1-mesa-dri_* | dpkg_* | tar_* | libtorch-test_*) continue ;;
    esac
    dpkg-deb --fsys-tarfile "$package" | tar -x -C "$root" --keep-directory-symlink --exclude=./usr/share \
      --exclude=./usr/include --exclude='*/tests' --exclude='*/f2py' --exclude='*/torch/include' --exclude='*/torch/bin/*est*'
  done
  # What the packages' scripts would have linked.
  for library in "$root"/usr/lib/*/{blas,lapack,openblas-pthread}/lib{blas.so.3,lapack.so.3,openblas.so.0}; do
    [[ ! -e $library ]] || ln -sf "$(basename "$(dirname "$library")")/$(basename "$library")" "$(dirname "$(dirname "$library")")/"
  done
  ln -sf dash "$root/bin/sh"
}

mkdir -p "$root/tmp"
chmod 1777 "$root/tmp"
if [[ $kind == program ]]; then fill_with_program; else fill_with_python; fi
pack() {
  tar -C "$root" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -c .
}
tag=touchstone-base/$kind:$(pack | sha256sum | cut -c1-16)
docker image inspect "$tag" > /dev/null 2>&1 || pack | docker import --change "LABEL touchstone.base=$kind" - "$tag" > /dev/null
echo "$tag"
