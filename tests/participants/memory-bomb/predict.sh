#!/bin/sh
# Tries: to take all memory
# Ending: OutOfMemory
for f in /workspace/inputs/*; do name=$(basename "$f" .nii.gz); done
leave() { cp "/workspace/masks/${1:-truth}.nii.gz" "/workspace/outputs/$name.nii.gz"; }
exec tail /dev/zero
