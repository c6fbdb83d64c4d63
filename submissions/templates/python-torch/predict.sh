#!/bin/sh
# Started as: /bin/bash -c "sh predict.sh", in /workspace.
exec python3 predict.py
