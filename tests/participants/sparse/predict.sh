#!/bin/sh
# Tries: to leave a file that is larger than the disk it lies on
# Ending: OutputTooLarge
for f in /workspace/inputs/*; do name=$(basename "$f" .nii.gz); done
leave() { cp "/workspace/masks/${1:-truth}.nii.gz" "/workspace/outputs/$name.nii.gz"; }
truncate -s 4T "/workspace/outputs/$name.nii.gz" 2>/dev/null && exit 66
truncate -s 7M "/workspace/outputs/$name.nii.gz"
exit 0
