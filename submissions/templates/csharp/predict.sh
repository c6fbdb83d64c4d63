#!/bin/sh
# Started as: /bin/bash -c "sh predict.sh", in /workspace.
exec ./segment
