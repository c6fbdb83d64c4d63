#!/usr/bin/python3
"""Makes inference.json: what MONAI's resampling and sliding window give, for the baselines' own to agree with.

    OPENBLAS_NUM_THREADS=1 python3 make_inference.py --monai DIR > inference.json

--monai    a checkout of Project-MONAI/MONAI, tag 1.1.0; Debian 12's python3-torch 1.13 and python3-nibabel beside it
"""
import argparse
import json
import sys

import numpy as np
import torch

from formula import fill, numbers

parser = argparse.ArgumentParser()
parser.add_argument("--monai", required=True)
sys.path.insert(0, parser.parse_args().monai)
from monai.data import MetaTensor  # noqa: E402
from monai.inferers import sliding_window_inference  # noqa: E402
from monai.networks.nets import SegResNet  # noqa: E402
from monai.transforms import CropForeground, Orientation, ScaleIntensityRange, Spacing  # noqa: E402


def sampled(array, count):
    flat = np.asarray(array, dtype=np.float64).flatten()
    at = [int(i) for i in (numbers("positions", count) + 0.5) * flat.size]
    return {"shape": list(np.shape(array)), "at": at, "values": [float(flat[i]) for i in at], "mean": float(flat.mean())}


def sliding(shape, window, overlap):
    network = fill(SegResNet(init_filters=8, in_channels=1, out_channels=3, dropout_prob=0.0))
    data = (numbers("image", int(np.prod(shape))) + 0.5).astype(np.float32).reshape((1, 1) + shape)
    with torch.no_grad():
        out = sliding_window_inference(
            torch.from_numpy(data), (window,) * 3, 1, network, overlap=overlap, mode="gaussian")[0].numpy()
    return {"shape": list(shape), "window": window, "overlap": overlap, "deviation": float(out.std()), "logits": sampled(out, 48)}


def prepared(shape, affine):
    """A CT through SuPreM's transforms; its voxels by the formula, x fastest as in a file, with air around a box."""
    voxels = np.round(numbers("ct", int(np.prod(shape))) * 1200 - 100)
    ct = voxels.reshape(shape, order="F")
    ct[:3] = -1000
    ct[-2:] = -1000
    ct[:, :2] = -1000
    image = MetaTensor(torch.from_numpy(ct[None].astype(np.float32)), affine=torch.tensor(affine, dtype=torch.float64))
    image = Orientation(axcodes="RAS")(image)
    image = Spacing(pixdim=(1.5, 1.5, 1.5), mode="bilinear")(image)
    image = ScaleIntensityRange(a_min=-175, a_max=250, b_min=0.0, b_max=1.0, clip=True)(image)
    cropped, start, end = CropForeground(return_coords=True)(image)
    return {"shape": list(shape), "affine": affine, "spaced": list(image.shape[1:]), "start": [int(v) for v in start],
            "end": [int(v) for v in end], "image": sampled(cropped[0].numpy(), 64)}


print(json.dumps({
    "torch": torch.__version__,
    "sliding": [sliding((24, 21, 37), 16, 0.5), sliding((16, 40, 11), 16, 0.75), sliding((9, 10, 12), 16, 0.25)],
    "prepared": [
        prepared((31, 28, 20), [[0.8, 0, 0, -10], [0, 0.8, 0, 5], [0, 0, 2.5, 7], [0, 0, 0, 1]]),
        prepared((31, 28, 20), [[-0.9, 0, 0, 12], [0, -0.7, 0, 5], [0, 0, 3.0, -7], [0, 0, 0, 1]]),
        prepared((20, 26, 33), [[0, 0, -1.1, 40], [1.7, 0, 0, 5], [0, -0.75, 0, 7], [0, 0, 0, 1]]),
        prepared((30, 30, 18), [[0.98, 0.06, 0, -10], [-0.06, 0.98, 0, 5], [0, 0, 2.0, 7], [0, 0, 0, 1]]),
    ],
}, indent=1))
