#!/bin/sh
# Tries: to leave folders nested deeper than paths can be long
# Ending: Completed
for f in /workspace/inputs/*; do name=$(basename "$f" .nii.gz); done
leave() { cp "/workspace/masks/${1:-truth}.nii.gz" "/workspace/outputs/$name.nii.gz"; }
leave
cd /workspace/outputs
i=0
while [ $i -lt 400 ]; do mkdir a-folder-with-a-rather-long-name && cd a-folder-with-a-rather-long-name || break; i=$((i + 1)); done
exit 0
