"""The method: a TorchScript network, moved over the CT in windows. Put your own model.pt beside it and adapt the numbers."""

from pathlib import Path

import numpy
import torch

from sliding_window import sliding_window

# What the network's classes are, in their order, and their numbers in your challenge: these are AbdomenAtlas 1.1's.
CLASSES = ["background", "liver"]
LABELS = {"liver": 5}

# What it was trained on.
SPACING_MM = (3.0, 3.0, 3.0)
WINDOW = (64, 64, 64)
OVERLAP = 0.5
HU_RANGE = (-175.0, 250.0)

DEVICE = "cuda" if torch.cuda.is_available() else "cpu"


def load():
    """Loads the network once; every case uses the same."""
    model = torch.jit.load(str(Path(__file__).parent / "model.pt"), map_location=DEVICE).eval()
    print(f"model.pt on {DEVICE}: {getattr(model, 'note', 'no note')}", flush=True)
    return model


def segment(model, hounsfield, spacing_mm):
    """Labels a CT.

    hounsfield: float32, axes to the patient's right, front and head. spacing_mm: millimetres between voxels along them.
    Returns an array of the same shape, 0 for background.
    """
    low, high = HU_RANGE
    volume = ((torch.from_numpy(hounsfield) - low) / (high - low)).clamp(0, 1)
    size = [max(1, round(count * mm / wanted)) for count, mm, wanted in zip(hounsfield.shape, spacing_mm, SPACING_MM)]
    coarse = torch.nn.functional.interpolate(volume[None, None], size=size, mode="trilinear", align_corners=False)[0, 0]
    classes = sliding_window(model, coarse, WINDOW, OVERLAP, DEVICE)
    fine = torch.nn.functional.interpolate(classes[None, None].float(), size=hounsfield.shape, mode="nearest-exact")[0, 0]
    numbers = numpy.array([LABELS.get(name, 0) for name in CLASSES], numpy.uint8)
    return numbers[fine.to(torch.uint8).numpy()]
