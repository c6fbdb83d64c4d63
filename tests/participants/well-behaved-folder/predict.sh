#!/bin/sh
# Tries: to do what the contract says, in the folder layout
# Ending: Completed
# Layout: folder
for f in /workspace/inputs/*; do name=$(basename "$f"); done
[ -f "/workspace/inputs/$name/ct.nii.gz" ] || exit 66
mkdir -p "/workspace/outputs/$name/segmentations"
cp /workspace/masks/liver.nii.gz "/workspace/outputs/$name/segmentations/liver.nii.gz"
cp /workspace/masks/spleen.nii.gz "/workspace/outputs/$name/segmentations/spleen.nii.gz"
cp /workspace/masks/spleen.nii.gz "/workspace/outputs/$name/segmentations/no_such_structure.nii.gz"
