"""Sliding-window inference with Gaussian weights, in the memory of a slab instead of the whole volume."""

import torch


def gaussian(window, sigma_share=0.125):
    """Weights of a window's voxels: highest in the middle, where a network has seen most around them."""
    weights = torch.ones(1)
    for axis, size in enumerate(window):
        places = torch.arange(size, dtype=torch.float32) - (size - 1) / 2
        line = torch.exp(-0.5 * (places / (sigma_share * size)) ** 2)
        shape = [1, 1, 1]
        shape[axis] = size
        weights = weights * line.reshape(shape)
    return weights.clamp(min=1e-3 * float(weights.max()))


def starts(length, window, overlap):
    """First voxel of each window along one axis; the last window ends where the volume does."""
    step = max(1, int(window * (1 - overlap)))
    return sorted({min(start, length - window) for start in range(0, length - window + step, step)})


@torch.inference_mode()
def sliding_window(model, volume, window, overlap=0.5, device="cpu"):
    """Returns the class of every voxel, uint8.

    volume: (X, Y, Z), float32. model: (1, 1, x, y, z) to (1, classes, x, y, z), the size of a window. Windows that lie
    alike along the last axis form a slab; as soon as no later window reaches a slice, its classes are settled.
    """
    shape = volume.shape
    short = [max(0, size - length) for size, length in zip(window, shape)]
    padded = torch.nn.functional.pad(
        volume[None, None], [side for less in reversed(short) for side in (0, less)], mode="replicate")[0, 0]
    weights = gaussian(window).to(device)
    classes = torch.zeros(padded.shape, dtype=torch.uint8)
    slabs = starts(padded.shape[2], window[2], overlap)
    scores = None
    for index, z in enumerate(slabs):
        for x in starts(padded.shape[0], window[0], overlap):
            for y in starts(padded.shape[1], window[1], overlap):
                part = padded[x:x + window[0], y:y + window[1], z:z + window[2]]
                found = model(part[None, None].to(device))[0].float() * weights
                if scores is None:
                    scores = torch.zeros((found.shape[0], *padded.shape[:2], window[2]), device=device)
                scores[:, x:x + window[0], y:y + window[1]] += found
        settled = (slabs[index + 1] if index + 1 < len(slabs) else padded.shape[2]) - z
        classes[:, :, z:z + settled] = scores[..., :settled].argmax(dim=0).to(torch.uint8).cpu()
        if settled < window[2]:
            scores = torch.cat((scores[..., settled:], torch.zeros_like(scores[..., :settled])), dim=-1)
    return classes[:shape[0], :shape[1], :shape[2]]
