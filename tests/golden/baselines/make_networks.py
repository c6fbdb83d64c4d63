#!/usr/bin/python3
"""Makes networks.json: what independent implementations of the baselines' networks answer on PyTorch.

    OPENBLAS_NUM_THREADS=1 python3 make_networks.py --monai DIR --suprem DIR > networks.json

--monai    a checkout of Project-MONAI/MONAI, tag 1.1.0, which runs under Debian 12's python3-torch 1.13
--suprem   a checkout of MrGiovanni/SuPreM

Neither is part of this repository. Weights and inputs follow a formula that the tests compute too, so that no weights need to
be kept: see formula.py. A case holds the network's answer at some positions and every channel's mean.
"""
import argparse
import json
import sys
import types

import numpy as np
import torch

from formula import fill, numbers


def permute_as_einops_would(x, pattern):
    """All that MONAI's Swin UNETR asks of einops: one order of axes into another. Debian 12 has no einops."""
    before, after = (side.split() for side in pattern.split("->"))
    return x.permute([before.index(axis) for axis in after])


def answer(name, network, window, outputs):
    fill(network)
    data = torch.from_numpy((numbers("input", window**3) + 0.5).astype(np.float32).reshape(1, 1, window, window, window))
    with torch.no_grad():
        out = network(data)
    assert out.shape[1] == outputs
    flat = out.double().flatten()
    at = [int(i) for i in (numbers("positions", 48) + 0.5) * flat.numel()]
    print(name, float(flat.std()), file=sys.stderr)
    return {
        "network": name,
        "window": window,
        "outputs": outputs,
        "parameters": sum(p.numel() for p in network.parameters()),
        "state": {k: list(v.shape) for k, v in network.state_dict().items()},
        "standardDeviation": float(flat.std()),
        "means": [float(v) for v in out.double().mean(dim=(0, 2, 3, 4))],
        "at": at,
        "values": [float(flat[i]) for i in at],
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--monai", required=True)
    parser.add_argument("--suprem", required=True)
    options = parser.parse_args()
    try:
        import einops  # noqa: F401
    except ImportError:
        sys.modules["einops"] = types.SimpleNamespace(rearrange=permute_as_einops_would)
    sys.path[:0] = [options.monai, options.suprem + "/direct_inference", options.suprem + "/target_applications/totalsegmentator"]
    from monai.networks.nets import SegResNet, SwinUNETR
    from model.unet3d import UNet3D
    del sys.modules["model.unet3d"], sys.modules["model"]
    sys.path.pop(2)
    from model.Universal_model import Universal_model

    torch.manual_seed(0)
    size = (96, 96, 96)
    segresnet = SegResNet(init_filters=16, in_channels=1, out_channels=25, dropout_prob=0.0,
                          blocks_down=[1, 2, 2, 4], blocks_up=[1, 1, 1])
    cases = [
        answer("unet", UNet3D(18), 32, 18),
        answer("segresnet", segresnet, 32, 25),
        answer("swinunetr", SwinUNETR(size, 1, 14, feature_size=48), 64, 14),
        answer("universal-unet", Universal_model(size, 1, 32, "unet", "word_embedding"), 32, 32),
        answer("universal-swinunetr", Universal_model(size, 1, 32, "swinunetr", "word_embedding"), 64, 32),
    ]
    lines = (json.dumps(case, separators=(",", ":")) for case in cases)
    print('{"torch":%s,"cases":[\n%s\n]}' % (json.dumps(torch.__version__), ",\n".join(lines)))


main()
