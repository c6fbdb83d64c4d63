#!/bin/sh
# Tries: to leave the right voxels in another place of the world
# Ending: OutputWrongGrid
for f in /workspace/inputs/*; do name=$(basename "$f" .nii.gz); done
leave() { cp "/workspace/masks/${1:-truth}.nii.gz" "/workspace/outputs/$name.nii.gz"; }
leave shifted
