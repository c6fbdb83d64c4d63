#!/usr/bin/env bash
# Installs the Debian packages that only the tests need: a browser for looking at pages, a static busybox for hostile
# containers, mmdebstrap for the Python example's base image.
set -euo pipefail

missing=()
for package in busybox-static chromium mmdebstrap; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then
  echo "Everything is installed."
  exit 0
fi

as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)
echo "Installing ${missing[*]}…"
"${as_root[@]}" apt-get update -qq
DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
