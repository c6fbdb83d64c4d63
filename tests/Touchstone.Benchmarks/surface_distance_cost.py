"""Scores one pair of volumes with google-deepmind/surface-distance and prints what it cost."""
import resource
import sys
import time

import nibabel
import numpy
from surface_distance import metrics

folder, pair = sys.argv[1:]
before = time.process_time()
reference, prediction = (nibabel.load(f"{folder}/{pair}-{side}.nii.gz") for side in ("reference", "prediction"))
spacing = [float(zoom) for zoom in reference.header.get_zooms()[:3]]
truth, judged = (numpy.asanyarray(image.dataobj) for image in (reference, prediction))
for label in range(1, int(truth.max()) + 1):
    a, b = truth == label, judged == label
    distances = metrics.compute_surface_distances(a, b, spacing)
    metrics.compute_dice_coefficient(a, b)
    metrics.compute_surface_dice_at_tolerance(distances, 1)
    metrics.compute_robust_hausdorff(distances, 95)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"{pair:20} {1000 * (time.process_time() - before):8.0f} ms {peak:8.0f} MB")
