#!/usr/bin/env bash
# Installs (apt-get) libtorch and a C++ compiler where they are missing. Whoever has a PyTorch of their own needs neither: see build.sh.
set -euo pipefail

as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)
packages=()
for package in libtorch-dev libopenblas0-pthread; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || packages+=("$package")
done
command -v g++ >/dev/null || packages+=(g++)
[ ${#packages[@]} -gt 0 ] || exit 0
apt-cache show libtorch-dev >/dev/null 2>&1 || "${as_root[@]}" apt-get update -qq
echo "Installing ${packages[*]}…"
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq -o DPkg::Lock::Timeout=300 --no-install-recommends \
  "${packages[@]}" >/dev/null
