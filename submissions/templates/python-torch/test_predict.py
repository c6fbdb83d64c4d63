"""Tests of the contract and the sliding window: python3 -m unittest"""

import tempfile
import unittest
from pathlib import Path

import nibabel
import numpy
import torch

import predict
import segment
from make_model import Brightness
from sliding_window import gaussian, sliding_window, starts


def patient():
    """A block of a body with a bright organ on the right. Axes RAS."""
    hounsfield = numpy.full((60, 50, 30), -1000, numpy.int16)
    hounsfield[6:54, 6:44] = 0
    hounsfield[32:48, 12:36, 6:24] = 110
    return nibabel.Nifti1Image(hounsfield, numpy.diag([3.0, 3.0, 4.0, 1.0]))


def turned(image, axes):
    """The same patient in a file with other axes."""
    wanted = nibabel.orientations.axcodes2ornt(axes)
    return image.as_reoriented(nibabel.orientations.ornt_transform(nibabel.io_orientation(image.affine), wanted))


class WindowTest(unittest.TestCase):
    def test_windows_cover_the_whole_volume(self):
        for length in (8, 9, 20, 33):
            covered = {voxel for start in starts(length, 8, 0.5) for voxel in range(start, start + 8)}
            self.assertEqual(covered, set(range(length)))

    def test_weights_are_highest_in_the_middle_and_never_zero(self):
        weights = gaussian((5, 7, 9))
        self.assertEqual(tuple(weights.shape), (5, 7, 9))
        self.assertEqual(float(weights[2, 3, 4]), float(weights.max()))
        self.assertGreater(float(weights.min()), 0)

    def test_a_network_without_context_gives_the_same_in_windows_as_in_one_piece(self):
        torch.manual_seed(1)
        volume = torch.rand(21, 13, 30)
        model = torch.nn.Conv3d(1, 4, 1)
        whole = model(volume[None, None])[0].argmax(dim=0).to(torch.uint8)
        for window in ((8, 8, 8), (16, 16, 16), (32, 8, 64)):
            self.assertTrue(torch.equal(sliding_window(model, volume, window), whole), window)


class PredictTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.workspace = Path(scratch.name)
        (self.workspace / "inputs").mkdir()
        (self.workspace / "outputs").mkdir()
        self.model = torch.jit.script(Brightness().eval())
        self.addCleanup(setattr, predict, "load", predict.load)
        predict.load = lambda: self.model

    def test_flat_layout_leaves_labels_on_the_grid_of_the_ct(self):
        for axes in ("RAS", "LPS", "SAL"):
            image = turned(patient(), axes)
            nibabel.save(image, self.workspace / "inputs" / "one.nii.gz")
            predict.main(self.workspace)
            found = nibabel.load(self.workspace / "outputs" / "one.nii.gz")
            self.assertEqual(found.shape, image.shape)
            numpy.testing.assert_allclose(found.affine, image.affine)
            self.assertEqual(set(numpy.unique(found.dataobj)), {0, segment.LABELS["liver"]})

    def test_folder_layout_leaves_a_mask_for_each_structure(self):
        (self.workspace / "inputs" / "one").mkdir()
        nibabel.save(patient(), self.workspace / "inputs" / "one" / "ct.nii.gz")
        predict.main(self.workspace)
        masks = self.workspace / "outputs" / "one" / "segmentations"
        self.assertEqual({path.name for path in masks.iterdir()}, {f"{name}.nii.gz" for name in segment.LABELS})

    def test_axes_of_the_file_do_not_change_what_is_found(self):
        expected = predict.predict(self.model, patient())
        self.assertEqual(expected[40, 24, 15], segment.LABELS["liver"])
        for axes in ("LPS", "LAI"):
            image = turned(patient(), axes)
            found = nibabel.Nifti1Image(predict.predict(self.model, image), image.affine)
            same = numpy.mean(numpy.asarray(turned(found, "RAS").dataobj) == expected)
            self.assertGreater(same, 0.99, axes)  # resampling rounds the other way round


if __name__ == "__main__":
    unittest.main()
