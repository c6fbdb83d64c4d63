#!/usr/bin/python3
"""Peak memory of the baselines' worker while it segments a made-up CT of 512×512×400 voxels at the network's own spacing.

    /usr/bin/python3 baselines_memory.py WORKER FOLDER [NX NY NZ]

The network is a U-Net of one channel with 26 outputs, so that what is measured is what the worker adds. The same with a CT of one
window gives what the network and libtorch take.
"""
import gzip
import os
import struct
import subprocess
import sys

STRUCTURES = [
    "aorta", "gall_bladder", "kidney_left", "kidney_right", "liver", "pancreas", "postcava", "spleen", "stomach", "adrenal_gland_left",
    "adrenal_gland_right", "bladder", "celiac_trunk", "colon", "duodenum", "esophagus", "femur_left", "femur_right", "hepatic_vessel",
    "intestine", "lung_left", "lung_right", "portal_vein_and_splenic_vein", "prostate", "rectum"]


def write_ct(path, shape):
    """Noise-free bands of air, fat and tissue."""
    header = bytearray(352)
    struct.pack_into("<i", header, 0, 348)
    struct.pack_into("<8h", header, 40, 3, *shape, 1, 1, 1, 1)
    struct.pack_into("<2h", header, 70, 4, 16)
    struct.pack_into("<4f", header, 76, 1, 1.5, 1.5, 1.5)
    struct.pack_into("<3f", header, 108, 352, 1, 0)
    struct.pack_into("<h", header, 254, 2)
    for row in range(3):
        struct.pack_into("<4f", header, 280 + 16 * row, *[1.5 if column == row else 0 for column in range(4)])
    header[344:348] = b"n+1\0"
    plane = struct.pack("<h", 40) * (shape[0] * shape[1] // 2) + struct.pack("<h", -1000) * (shape[0] * shape[1] // 2)
    with gzip.open(path, "wb", 1) as file:
        file.write(header)
        for _ in range(shape[2] - 1):
            file.write(plane)
        file.write(struct.pack("<h", 40) * (shape[0] * shape[1]))


def train_model(worker, folder):
    """One step on a tiny case: the shortest way to a model.json with weights that fit."""
    case = os.path.join(folder, "inputs", "training", "case")
    os.makedirs(os.path.join(case, "segmentations"))
    write_ct(os.path.join(case, "ct.nii.gz"), (16, 16, 16))
    for structure in STRUCTURES:
        write_ct(os.path.join(case, "segmentations", structure + ".nii.gz"), (16, 16, 16))
    with open(os.path.join(folder, "inputs", "job.json"), "w") as file:
        file.write('{"schema": 1, "job": "memory", "backbone": "unet", "structures": ["' + '", "'.join(STRUCTURES)
                   + '"], "seed": 1, "settings": {}, "threads": 2, "device": "cpu"}')
    with open(os.path.join(folder, "recipe.json"), "w") as file:
        file.write('{"width": 1, "window": 96, "batch": 1, "steps": 1, "overlap": 0}')
    subprocess.run([worker, "train", "--workspace", folder, "--recipe", os.path.join(folder, "recipe.json")], check=True,
                   stderr=subprocess.DEVNULL)
    return os.path.join(folder, "outputs", "model", "model.json")


def peak_mb(worker, model, folder, shape):
    os.makedirs(os.path.join(folder, "inputs", "case"))
    os.makedirs(os.path.join(folder, "outputs"))
    write_ct(os.path.join(folder, "inputs", "case", "ct.nii.gz"), shape)
    process = subprocess.Popen(
        [worker, "predict", "--model", model, "--workspace", folder], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    assert status == 0
    return usage.ru_maxrss / 1024


worker, folder = sys.argv[1:3]
shape = tuple(int(v) for v in sys.argv[3:6]) or (512, 512, 400)
model = train_model(worker, os.path.join(folder, "train"))
small = peak_mb(worker, model, os.path.join(folder, "small"), (96, 96, 96))
large = peak_mb(worker, model, os.path.join(folder, "large"), shape)
voxels = shape[0] * shape[1] * shape[2]
answers, masks = 26 * 4 * voxels / 2**20, 25 * voxels / 2**20
print(f"predict on {shape[0]}×{shape[1]}×{shape[2]}: peak {large:.0f} MiB, on one window {small:.0f} MiB; "
      f"the output: {masks:.0f} MiB as masks of a byte per voxel, {answers:.0f} MiB as the network's answers")
print(f"peak less one window's, over the masks: {(large - small) / masks:.2f}; over the answers: {(large - small) / answers:.2f}")
