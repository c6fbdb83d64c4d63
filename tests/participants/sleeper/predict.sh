#!/bin/sh
# Tries: to sleep past the time limit
# Ending: TimedOut
for f in /workspace/inputs/*; do name=$(basename "$f" .nii.gz); done
leave() { cp "/workspace/masks/${1:-truth}.nii.gz" "/workspace/outputs/$name.nii.gz"; }
leave
sleep 100
