#!/bin/sh
# Tries: to have a folder of the host read in place of the predictions
# Ending: OutputForbidden
# Layout: folder
for f in /workspace/inputs/*; do name=$(basename "$f"); done
ln -s / "/workspace/outputs/$name"
