#!/usr/bin/env bash
# Makes the picture of the README anew: the demonstration's leaderboard as headless Chromium shows it.
#
#   leaderboard/picture.sh [SITE]     default: touchstone-demo/site, which `harness/demo.sh` makes
set -euo pipefail
cd "$(dirname "$0")/.."

command -v chromium >/dev/null || { echo "chromium is needed: apt-get install chromium" >&2; exit 1; }
site=$(realpath "${1:-touchstone-demo/site}")
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
chromium --headless=new --no-sandbox --disable-gpu --no-first-run --disable-background-networking \
  --disable-component-update --disable-sync --hide-scrollbars --user-data-dir="$profile" \
  --window-size=1200,1310 --screenshot=leaderboard/picture.png "file://$site/index.html" 2>/dev/null
echo "leaderboard/picture.png: $(stat -c %s leaderboard/picture.png) bytes"
