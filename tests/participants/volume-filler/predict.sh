#!/bin/sh
# Tries: to fill the disk through a volume that its image declares
# Ending: Completed
for f in /workspace/inputs/*; do name=$(basename "$f" .nii.gz); done
leave() { cp "/workspace/masks/${1:-truth}.nii.gz" "/workspace/outputs/$name.nii.gz"; }
dd if=/dev/zero of=/data/fill bs=1M count=64 2>/dev/null && exit 66
leave
