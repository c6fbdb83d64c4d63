#!/bin/sh
# Tries: to leave half a file
# Ending: OutputUnreadable
for f in /workspace/inputs/*; do name=$(basename "$f" .nii.gz); done
leave() { cp "/workspace/masks/${1:-truth}.nii.gz" "/workspace/outputs/$name.nii.gz"; }
head -c 100 /workspace/masks/truth.nii.gz > "/workspace/outputs/$name.nii.gz"
