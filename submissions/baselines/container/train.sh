#!/bin/sh
# Started as: /bin/bash -c "sh train.sh", in /workspace, by the contract of training containers.
exec ./touchstone-baselines train --recipe model/recipe.json
