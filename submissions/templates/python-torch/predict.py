"""The container contract: finds the CTs, has each segmented, and writes the labels back on the CT's own grid.

You hardly need to change this file. The method is in segment.py, the network in model.pt.
"""

import sys
import time
from pathlib import Path

import nibabel
import numpy

from segment import LABELS, load, segment


def find_cases(workspace):
    """Yields (CT, output, is_flat) for every case, in either layout."""
    for entry in sorted((workspace / "inputs").iterdir()):
        if entry.name.endswith(".nii.gz"):
            yield entry, workspace / "outputs" / entry.name, True
        elif (entry / "ct.nii.gz").exists():
            yield entry / "ct.nii.gz", workspace / "outputs" / entry.name / "segmentations", False


def predict(model, image):
    """Returns one label per voxel of a CT, in the order of its own axes."""
    turned = nibabel.as_closest_canonical(image)  # x to the right, y to the front, z to the head, whatever the file has
    hounsfield = numpy.asarray(turned.dataobj, dtype=numpy.float32)
    labels = segment(model, hounsfield, tuple(float(mm) for mm in turned.header.get_zooms()[:3]))
    back = nibabel.orientations.ornt_transform(
        nibabel.io_orientation(turned.affine), nibabel.io_orientation(image.affine))
    return nibabel.apply_orientation(labels, back).astype(numpy.uint8)


def save(labels, image, path):
    """Writes labels with the place and spacing of the CT."""
    mask = nibabel.Nifti1Image(labels, image.affine)
    mask.set_qform(image.get_qform(), int(image.header["qform_code"]))
    mask.set_sform(image.get_sform(), int(image.header["sform_code"]))
    nibabel.save(mask, path)


def main(workspace):
    model = load()
    for path, output, is_flat in find_cases(workspace):
        began = time.monotonic()
        image = nibabel.load(path)
        labels = predict(model, image)
        if is_flat:
            save(labels, image, output)
        else:
            output.mkdir(parents=True, exist_ok=True)
            for structure, label in LABELS.items():
                save((labels == label).astype(numpy.uint8), image, output / f"{structure}.nii.gz")
        print(f"{'x'.join(map(str, image.shape))} voxels in {time.monotonic() - began:.1f} s", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "/workspace"))
