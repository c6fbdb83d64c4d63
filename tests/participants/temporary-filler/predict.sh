#!/bin/sh
# Tries: to fill /tmp and the home folder
# Ending: Completed
for f in /workspace/inputs/*; do name=$(basename "$f" .nii.gz); done
leave() { cp "/workspace/masks/${1:-truth}.nii.gz" "/workspace/outputs/$name.nii.gz"; }
dd if=/dev/zero of=/tmp/fill bs=1M count=64 2>/dev/null && exit 66
rm -f /tmp/fill
dd if=/dev/zero of="$HOME/fill" bs=1M count=64 2>/dev/null && exit 66
rm -f "$HOME/fill"
leave
