#!/usr/bin/env bash
# Installs what only the tests need: a static busybox, of which test containers are made, Podman as the second engine that
# the sandbox is held to, compilers for the library that stands in for NVIDIA's and for the baselines' native library, libtorch, a
# browser for the pages, the proxies that the server's README tells of, and package lists from which the Python example's base image can be downloaded.
#
#   tests/install-packages.sh --torch      Python's torch alone, which one benchmark runs against
set -euo pipefail

as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)
if ! apt-cache show python3-nibabel >/dev/null 2>&1; then
  echo "Fetching the package lists…"
  "${as_root[@]}" apt-get update -qq
fi

packages=()
wanted=(busybox-static podman chromium nginx-light caddy)
[ "${1:-}" != --torch ] || wanted=(python3-torch)
for package in "${wanted[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || packages+=("$package")
done
command -v gcc >/dev/null || packages+=(gcc libc6-dev)
[ "${1:-}" = --torch ] || "$(dirname "$0")/../submissions/baselines/native/install-libtorch.sh"
if [ ${#packages[@]} -eq 0 ]; then
  echo "Everything is installed."
  exit 0
fi

# The proxies' services are not to start: tests run the programs by themselves.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap '"${as_root[@]}" rm -f "$policy"' EXIT
  printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
  "${as_root[@]}" chmod 755 "$policy"
fi

echo "Installing ${packages[*]}…"
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq -o DPkg::Lock::Timeout=300 --no-install-recommends \
  "${packages[@]}" >/dev/null
