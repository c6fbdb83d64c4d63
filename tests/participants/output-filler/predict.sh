#!/bin/sh
# Tries: to fill the output
# Ending: OutputTooLarge
for f in /workspace/inputs/*; do name=$(basename "$f" .nii.gz); done
leave() { cp "/workspace/masks/${1:-truth}.nii.gz" "/workspace/outputs/$name.nii.gz"; }
dd if=/dev/zero of="/workspace/outputs/$name.nii.gz" bs=1M count=64
exit 0
