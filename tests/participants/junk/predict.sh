#!/bin/sh
# Tries: to leave something that is no volume
# Ending: OutputUnreadable
for f in /workspace/inputs/*; do name=$(basename "$f" .nii.gz); done
leave() { cp "/workspace/masks/${1:-truth}.nii.gz" "/workspace/outputs/$name.nii.gz"; }
echo "this is no volume" > "/workspace/outputs/$name.nii.gz"
