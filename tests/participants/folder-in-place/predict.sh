#!/bin/sh
# Tries: to leave a folder in place of the prediction
# Ending: OutputMissing
for f in /workspace/inputs/*; do name=$(basename "$f" .nii.gz); done
leave() { cp "/workspace/masks/${1:-truth}.nii.gz" "/workspace/outputs/$name.nii.gz"; }
mkdir "/workspace/outputs/$name.nii.gz"
