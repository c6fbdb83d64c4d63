#!/bin/sh
# Tries: to leave several volumes in one file
# Ending: OutputNotLabels
for f in /workspace/inputs/*; do name=$(basename "$f" .nii.gz); done
leave() { cp "/workspace/masks/${1:-truth}.nii.gz" "/workspace/outputs/$name.nii.gz"; }
leave four-dimensional
