#!/bin/sh
# Tries: to leave labels that are not numbers
# Ending: OutputNotLabels
for f in /workspace/inputs/*; do name=$(basename "$f" .nii.gz); done
leave() { cp "/workspace/masks/${1:-truth}.nii.gz" "/workspace/outputs/$name.nii.gz"; }
leave nan
