"""Tests of the contract and the method: python3 -m unittest"""

import tempfile
import unittest
from pathlib import Path

import nibabel
import numpy

import predict
from segment import LABELS, blurred, segment


def patient():
    """A block of a body with a lung on either side, the right one larger, and a liver on the right. Axes RAS."""
    hounsfield = numpy.full((40, 30, 20), -1000, numpy.int16)
    hounsfield[4:36, 4:26] = 40
    hounsfield[21:33, 8:22, 12:20] = -800
    hounsfield[8:16, 8:22, 12:20] = -800
    hounsfield[21:33, 8:22, :10] = 110
    return nibabel.Nifti1Image(hounsfield, numpy.diag([4.0, 4.0, 5.0, 1.0]))


def turned(image, axes):
    """The same patient in a file with other axes."""
    wanted = nibabel.orientations.axcodes2ornt(axes)
    return image.as_reoriented(nibabel.orientations.ornt_transform(nibabel.io_orientation(image.affine), wanted))


class PredictTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.workspace = Path(scratch.name)
        (self.workspace / "inputs").mkdir()
        (self.workspace / "outputs").mkdir()

    def test_flat_layout_leaves_labels_on_the_grid_of_the_ct(self):
        for axes in ("RAS", "LPS", "SAL"):
            image = turned(patient(), axes)
            nibabel.save(image, self.workspace / "inputs" / "one.nii.gz")
            predict.main(self.workspace)
            found = nibabel.load(self.workspace / "outputs" / "one.nii.gz")
            self.assertEqual(found.shape, image.shape)
            numpy.testing.assert_allclose(found.affine, image.affine)
            self.assertEqual(found.get_data_dtype(), numpy.uint8)

    def test_folder_layout_leaves_a_mask_for_each_structure(self):
        (self.workspace / "inputs" / "one").mkdir()
        nibabel.save(patient(), self.workspace / "inputs" / "one" / "ct.nii.gz")
        predict.main(self.workspace)
        masks = self.workspace / "outputs" / "one" / "segmentations"
        self.assertEqual({path.name for path in masks.iterdir()}, {f"{name}.nii.gz" for name in LABELS})

    def test_axes_of_the_file_do_not_change_what_is_found(self):
        expected = predict.predict(patient())
        for axes in ("LPS", "ASR", "LAI"):
            image = turned(patient(), axes)
            found = nibabel.Nifti1Image(predict.predict(image), image.affine)
            numpy.testing.assert_array_equal(numpy.asarray(turned(found, "RAS").dataobj), expected, axes)

    def test_left_and_right_are_the_patients(self):
        found = segment(numpy.asarray(patient().dataobj, numpy.float32), (4.0, 4.0, 5.0))
        right = (found == LABELS["lung_right"]).sum()
        left = (found == LABELS["lung_left"]).sum()
        self.assertGreater(right, left)
        self.assertGreater(left, 0)
        self.assertEqual(found[27, 15, 4], LABELS["liver"])

    def test_an_empty_scan_has_no_structures(self):
        self.assertFalse(segment(numpy.full((8, 8, 8), -1000, numpy.float32), (3.0, 3.0, 3.0)).any())

    def test_blurring_keeps_a_flat_volume(self):
        numpy.testing.assert_allclose(blurred(numpy.full((9, 9, 9), 7, numpy.float32), (2.0, 2.0, 20.0)), 7)


if __name__ == "__main__":
    unittest.main()
