#!/bin/sh
# Tries: to do what the contract says, with however many cases it is given
# Ending: Completed
for f in /workspace/inputs/*; do
  cp /workspace/masks/truth.nii.gz "/workspace/outputs/$(basename "$f")"
  sleep 0.2
done
