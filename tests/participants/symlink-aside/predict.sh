#!/bin/sh
# Tries: to hide a link beside a good prediction
# Ending: OutputForbidden
for f in /workspace/inputs/*; do name=$(basename "$f" .nii.gz); done
leave() { cp "/workspace/masks/${1:-truth}.nii.gz" "/workspace/outputs/$name.nii.gz"; }
leave
ln -s ../../../../etc/hostname /workspace/outputs/zzz
