#!/bin/sh
# Tries: to find labels, other cases or other people's files
# Ending: Completed
for f in /workspace/inputs/*; do name=$(basename "$f" .nii.gz); done
leave() { cp "/workspace/masks/${1:-truth}.nii.gz" "/workspace/outputs/$name.nii.gz"; }
[ "$(find /workspace/inputs -type f | wc -l)" = 1 ] || exit 61
echo "$name" | grep -qE '^case_[0-9a-f]{16}$' || exit 62
find / -name '*.nii.gz' 2>/dev/null | grep -v '^/workspace/masks/' | grep -v "^$f\$" | grep -q . && exit 63
find / -xdev \( -name '*segmentations*' -o -name 'result.json' -o -name 'workspace.key' \) 2>/dev/null | grep -q . && exit 64
leave
