#!/bin/sh
# Tries: to print gigabytes, until it is killed
# Ending: TimedOut
for f in /workspace/inputs/*; do name=$(basename "$f" .nii.gz); done
leave() { cp "/workspace/masks/${1:-truth}.nii.gz" "/workspace/outputs/$name.nii.gz"; }
leave
yes "the same line again and again, to fill somebody's disk, and never an end of it"
