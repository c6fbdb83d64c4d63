#!/usr/bin/env bash
# Installs what figures are drawn with: Node.js, the libraries of the lock file, and rsvg-convert for PDF.
set -euo pipefail
cd "$(dirname "$0")"

as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)
packages=()
command -v node >/dev/null || packages+=(nodejs)
command -v npm >/dev/null || packages+=(npm)
command -v rsvg-convert >/dev/null || packages+=(librsvg2-bin)
if [ "${#packages[@]}" -gt 0 ]; then
  echo "Installing ${packages[*]}…"
  apt-cache show "${packages[0]}" >/dev/null 2>&1 || "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
fi

# The folder is restored only when the lock file has changed since.
if ! cmp -s package-lock.json node_modules/.touchstone-lock; then
  echo "Restoring the libraries of the figures…"
  npm ci --ignore-scripts --loglevel=error >/dev/null
  cp package-lock.json node_modules/.touchstone-lock
fi
