"""Segments abdominal CTs by place and brightness: an organ atlas times one Gaussian of brightness per structure.

Folder layout: inputs/<case>/ct.nii.gz in, outputs/<case>/segmentations/<structure>.nii.gz out.
"""

import csv
import sys
import time
from pathlib import Path

import nibabel
import numpy

REFERENCE_WIDTH_MM, REFERENCE_DEPTH_MM = 280, 190
REACH = 3.2  # standard deviations of a cloud that are drawn


def read_atlas(path):
    """Returns the profile (height, lung share, bone share) and the clouds by structure."""
    profile, clouds = [], {}
    with open(path, newline="") as table:
        for row in csv.reader(table):
            if row[0] == "profile":
                profile.append([float(cell) for cell in row[1:]])
            else:
                clouds.setdefault(row[1], []).append([float(cell) for cell in row[2:]])
    return numpy.array(profile), clouds


def find_frame(hu, spacing, profile):
    """Returns origin and scale of the patient, per axis: reference = (world - origin) / scale."""
    lean = (hu > -20) & (hu < 1500)
    for axis in (0, 1):  # the skin is thinner than this, the muscles are not
        lean &= numpy.roll(lean, 1, axis) & numpy.roll(lean, -1, axis)
    across, deep = lean.any(axis=1), lean.sum(axis=0)
    x0, x1 = outline(across, spacing[0])
    y0, y1 = outline(deep > 20 / spacing[0], spacing[1])
    width = (x1 - x0) / REFERENCE_WIDTH_MM if 150 < x1 - x0 < 0.93 * hu.shape[0] * spacing[0] else 1
    depth = (y1 - y0) / REFERENCE_DEPTH_MM if 100 < y1 - y0 < 0.93 * hu.shape[1] * spacing[1] else width
    scale = numpy.array([width, depth, (width + depth) / 2])
    area = REFERENCE_WIDTH_MM * REFERENCE_DEPTH_MM * width * depth / (spacing[0] * spacing[1])
    inner = hu[int(x0 / spacing[0]):int(x1 / spacing[0]) + 1, int(y0 / spacing[1]):int(y1 / spacing[1]) + 1]
    lung = ((inner < -500) & (inner > -990)).sum(axis=(0, 1)) / area
    return numpy.array([(x0 + x1) / 2, y0, find_height(lung, spacing[2], scale[2], profile)]), scale


def outline(mask, spacing):
    """Returns the middle slice's first and last true voxel along the first axis, in millimetres."""
    edges = [numpy.flatnonzero(column)[[0, -1]] for column in mask.T if column.any()]
    low, high = numpy.median(numpy.array(edges), axis=0) if edges else (0, mask.shape[0] - 1)
    return low * spacing, high * spacing


def find_height(lung, spacing, scale, profile):
    """Returns the height of the reference's origin that lays the lungs on the profile best."""
    heights = numpy.arange(len(lung)) * spacing
    best, least = 0.0, numpy.inf
    for origin in numpy.arange(-profile[-1, 0] * scale, heights[-1] - profile[0, 0] * scale, 2.5):
        places = (heights - origin) / scale
        known = (places >= profile[0, 0]) & (places <= profile[-1, 0])
        if known.sum() >= min(len(lung), len(profile)) / 2:
            cost = numpy.mean((lung[known] - numpy.interp(places[known], profile[:, 0], profile[:, 1])) ** 2)
            if cost < least:
                best, least = origin, cost
    return best


def prior_of(clouds, shape, spacing, origin, scale):
    """Returns the share of training patients who had the structure at each voxel, 0 to 1."""
    prior = numpy.zeros(shape, numpy.float32)
    for ml, *numbers in clouds:
        mean, (xx, yy, zz, xy, xz, yz) = numpy.array(numbers[:3]), numbers[3:]
        covariance = numpy.array([[xx, xy, xz], [xy, yy, yz], [xz, yz, zz]])
        reach = REACH * numpy.sqrt(numpy.diag(covariance))
        low = numpy.clip(numpy.ceil((origin + scale * (mean - reach)) / spacing), 0, shape).astype(int)
        high = numpy.clip(numpy.floor((origin + scale * (mean + reach)) / spacing) + 1, 0, shape).astype(int)
        if (high <= low).any():
            continue
        box = tuple(slice(a, b) for a, b in zip(low, high))
        offsets = numpy.meshgrid(
            *[((numpy.arange(a, b) * s - o) / f - m).astype(numpy.float32)
              for a, b, s, o, f, m in zip(low, high, spacing, origin, scale, mean)],
            indexing="ij", sparse=True)
        inverse = numpy.linalg.inv(covariance)
        square = sum(inverse[a, b] * offsets[a] * offsets[b] for a in range(3) for b in range(3))
        peak = ml * 1000 / numpy.sqrt((2 * numpy.pi) ** 3 * numpy.linalg.det(covariance))
        prior[box] += peak * numpy.exp(-0.5 * square)
    return numpy.minimum(prior, 1)


def smoothed(hu):
    """Returns the mean over each voxel, counted twice, and its four neighbours in the slice."""
    return (2 * hu + sum(numpy.roll(hu, step, axis) for axis in (0, 1) for step in (-1, 1))) / 6


def segment(hu, spacing, atlas):
    """Returns the structures' names and per voxel the index of one of them, or -1."""
    profile, clouds = atlas
    origin, scale = find_frame(hu, spacing, profile)
    smooth = smoothed(hu)
    best = numpy.full(hu.shape, -1, numpy.int8)
    highest = numpy.zeros(hu.shape, numpy.float32)
    total = numpy.zeros(hu.shape, numpy.float32)
    for index, structure in enumerate(clouds):
        prior = prior_of(clouds[structure], hu.shape, spacing, origin, scale)
        total += prior
        core = smooth[prior > 0.7 * prior.max()] if prior.max() > 0.05 else numpy.empty(0)
        if core.size < 20:
            continue
        middle = numpy.median(core)
        spread = max(1.5 * numpy.median(numpy.abs(core - middle)), 12)
        score = prior * numpy.exp(-0.5 * ((smooth - middle) / spread) ** 2)
        better = score > highest
        best[better], highest[better] = index, score[better]
    best[highest < 0.35 * numpy.clip(1 - total, 0.2, 1)] = -1
    return list(clouds), best


def main(workspace):
    here = Path(__file__).parent
    atlas = read_atlas(next(path for path in (here / "atlas.csv", here / "../common/atlas.csv") if path.exists()))
    for case in sorted(path for path in (workspace / "inputs").iterdir() if path.is_dir()):
        began = time.monotonic()
        image = nibabel.load(case / "ct.nii.gz")
        turned = nibabel.as_closest_canonical(image)
        hu = numpy.asarray(turned.dataobj, dtype=numpy.float32)
        spacing = numpy.array(turned.header.get_zooms()[:3], dtype=float)
        names, labels = segment(hu, spacing, atlas)

        # Back to the axes of the file: the same turn, the other way round.
        turn = nibabel.orientations.ornt_transform(
            nibabel.io_orientation(turned.affine), nibabel.io_orientation(image.affine))
        labels = nibabel.apply_orientation(labels, turn).astype(numpy.int8)
        folder = workspace / "outputs" / case.name / "segmentations"
        folder.mkdir(parents=True)
        for index, structure in enumerate(names):
            mask = nibabel.Nifti1Image((labels == index).astype(numpy.uint8), image.affine)
            mask.set_qform(image.get_qform(), int(image.header["qform_code"]))
            nibabel.save(mask, folder / f"{structure}.nii.gz")
        print(f"{'x'.join(map(str, image.shape))} voxels in {time.monotonic() - began:.1f} s", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "/workspace"))
