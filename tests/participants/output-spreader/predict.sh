#!/bin/sh
# Tries: to fill the output with many small files
# Ending: OutputTooLarge
for f in /workspace/inputs/*; do name=$(basename "$f" .nii.gz); done
leave() { cp "/workspace/masks/${1:-truth}.nii.gz" "/workspace/outputs/$name.nii.gz"; }
i=0
while [ $i -lt 1200 ]; do : > "/workspace/outputs/$i" || break; i=$((i + 1)); done
exit 0
