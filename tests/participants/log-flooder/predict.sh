#!/bin/sh
# Tries: to fill the disk with what it prints
# Ending: Completed
for f in /workspace/inputs/*; do name=$(basename "$f" .nii.gz); done
leave() { cp "/workspace/masks/${1:-truth}.nii.gz" "/workspace/outputs/$name.nii.gz"; }
yes "the same line again and again, to fill somebody's disk" | head -c 20000000
leave
