#!/bin/sh
# Started as: /bin/bash -c "sh predict.sh", in /workspace.
exec ./touchstone-baselines predict --model model/model.json --device "${TOUCHSTONE_DEVICE:-cpu}"
