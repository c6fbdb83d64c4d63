#!/usr/bin/python3
"""Makes checkpoints.json: small files of torch.save, as base64, and what is in them.

    python3 make_checkpoints.py > checkpoints.json        # Debian 12's python3-torch 1.13
"""
import base64
import io
import json
from collections import OrderedDict

import numpy as np
import torch


def state():
    table = torch.arange(12, dtype=torch.float32).reshape(3, 4) / 8
    return OrderedDict([
        ("module.layer.weight", torch.nn.Parameter(table.clone())),
        ("module.layer.transposed", table.t()),
        ("module.layer.slice", table[1:, 2]),
        ("module.layer.half", torch.tensor([0.5, -2.0], dtype=torch.float16)),
        ("module.layer.brain", torch.tensor([1.5, -3.0], dtype=torch.bfloat16)),
        ("module.layer.double", torch.tensor([1e-3], dtype=torch.float64)),
        ("module.layer.index", torch.tensor([[1, -2]], dtype=torch.int64)),
        ("module.layer.truth", torch.tensor([True, False])),
        ("module.layer.count", torch.tensor(7)),
        ("module.layer.empty", torch.zeros(0, 3)),
    ])


def saved(value, **options):
    buffer = io.BytesIO()
    torch.save(value, buffer, **options)
    return base64.b64encode(buffer.getvalue()).decode()


def scripted():
    buffer = io.BytesIO()
    torch.jit.save(torch.jit.script(torch.nn.Linear(2, 1)), buffer)
    return base64.b64encode(buffer.getvalue()).decode()


torch.manual_seed(0)
layer = torch.nn.Linear(2, 1)
optimizer = torch.optim.AdamW(layer.parameters())
layer(torch.ones(1, 2)).sum().backward()
optimizer.step()
training = {"epoch": 3, "best": np.float64(0.5), "net": state(), "optimizer": optimizer.state_dict(), "big": 2**70}
files = {
    "training": saved(training),
    "training-legacy": saved(training, _use_new_zipfile_serialization=False),
    "state": saved(state()),
    "protocol-4": saved({"state_dict": dict(state())}, pickle_protocol=4),
    "module": saved(layer),
    "script": scripted(),
    "numbers": saved({"epoch": 3, "loss": [1.5]}),
}
tensors = {
    name: {"type": str(value.dtype), "shape": list(value.shape), "values": value.detach().double().flatten().tolist()}
    for name, value in state().items()
}
print(json.dumps({"files": files, "tensors": tensors}, indent=1))
