#!/bin/sh
# Tries: to use a GPU that it did not ask for
# Ending: Completed
for f in /workspace/inputs/*; do name=$(basename "$f" .nii.gz); done
leave() { cp "/workspace/masks/${1:-truth}.nii.gz" "/workspace/outputs/$name.nii.gz"; }
for device in /dev/nvidia* /dev/dri* /dev/kfd; do
  [ -e "$device" ] && exit 66
done
[ -e /proc/driver/nvidia/version ] && exit 67
leave
