#!/bin/sh
# Tries: to make the reader wait for ever
# Ending: OutputForbidden
for f in /workspace/inputs/*; do name=$(basename "$f" .nii.gz); done
leave() { cp "/workspace/masks/${1:-truth}.nii.gz" "/workspace/outputs/$name.nii.gz"; }
mkfifo "/workspace/outputs/$name.nii.gz"
