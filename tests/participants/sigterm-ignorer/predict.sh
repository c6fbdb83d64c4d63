#!/bin/sh
# Tries: to ignore every signal that can be ignored
# Ending: TimedOut
for f in /workspace/inputs/*; do name=$(basename "$f" .nii.gz); done
leave() { cp "/workspace/masks/${1:-truth}.nii.gz" "/workspace/outputs/$name.nii.gz"; }
trap '' TERM INT HUP QUIT
while :; do sleep 1; done
