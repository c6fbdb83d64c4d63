#!/bin/sh
# Tries: to carry patients' data out through its log, its exit and its file names
# Ending: Crashed
for f in /workspace/inputs/*; do name=$(basename "$f" .nii.gz); done
leave() { cp "/workspace/masks/${1:-truth}.nii.gz" "/workspace/outputs/$name.nii.gz"; }
leave
: > /workspace/outputs/patient-smith
printf '\033[31mred\033[0m alert\033]0;owned\007\n\0the patient is called Smith\n'
exit 42
