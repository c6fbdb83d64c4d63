#!/bin/sh
# Tries: to have a terabyte allocated by what a header says
# Ending: OutputTooLarge
for f in /workspace/inputs/*; do name=$(basename "$f" .nii.gz); done
leave() { cp "/workspace/masks/${1:-truth}.nii.gz" "/workspace/outputs/$name.nii.gz"; }
leave oversized
