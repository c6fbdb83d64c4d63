#!/bin/sh
# Tries: to leave a small file that unpacks to far more than its header says
# Ending: OutputUnreadable
for f in /workspace/inputs/*; do name=$(basename "$f" .nii.gz); done
leave() { cp "/workspace/masks/${1:-truth}.nii.gz" "/workspace/outputs/$name.nii.gz"; }
{ zcat /workspace/masks/truth.nii.gz; head -c 33554432 /dev/zero; } | gzip -1 > "/workspace/outputs/$name.nii.gz"
