"""Weights and inputs by a formula, the same as in Formula.cs of the tests."""
import numpy as np
import torch


def numbers(name, count):
    """count numbers in [-0.5, 0.5): MurmurHash3's finaliser over FNV-1a of the name plus a Weyl sequence, modulo 2^32."""
    seed = 2166136261
    for byte in name.encode():
        seed = (seed ^ byte) * 16777619 % 2**32
    h = (np.uint64(seed) + np.arange(count, dtype=np.uint64) * np.uint64(2654435769)) & np.uint64(0xFFFFFFFF)
    h ^= h >> np.uint64(16)
    h = h * np.uint64(0x85EBCA6B) & np.uint64(0xFFFFFFFF)
    h ^= h >> np.uint64(13)
    h = h * np.uint64(0xC2B2AE35) & np.uint64(0xFFFFFFFF)
    h ^= h >> np.uint64(16)
    return h / 2.0**32 - 0.5


def weights(name, shape):
    """Kaiming's bound for matrices and kernels, about 1 for a normalisation's weight, about 0 for a bias."""
    values = numbers(name, int(np.prod(shape)))
    if len(shape) >= 2:
        values = values * (2 * np.sqrt(6 / np.prod(shape[1:])))
    elif name.endswith("weight"):
        values = 1 + 0.4 * values
    else:
        values = 0.2 * values
    return torch.from_numpy(values.astype(np.float32).reshape(shape))


def fill(network):
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            parameter.copy_(weights(name, tuple(parameter.shape)))
        for name, buffer in network.named_buffers():
            if name == "organ_embedding":
                buffer.copy_(weights(name, tuple(buffer.shape)))
    return network.eval()
