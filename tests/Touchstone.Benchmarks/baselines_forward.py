#!/usr/bin/python3
"""One forward pass of the same TorchScript file by the baselines' worker and by Python's torch, in turns.

    /usr/bin/python3 baselines_forward.py WORKER FILE.pt [TURNS [WINDOW]]       # Debian's python3-torch

Prints medians of CPU seconds, which do not depend on what else the machine does, and of wall seconds.
"""
import os
import statistics
import subprocess
import sys
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_WAIT_POLICY", "passive")
import torch  # noqa: E402

worker, path = sys.argv[1:3]
turns = int(sys.argv[3]) if len(sys.argv) > 3 else 7
window = int(sys.argv[4]) if len(sys.argv) > 4 else 96
threads = os.cpu_count()
process = subprocess.Popen(
    [worker, "measure", "--turns", path, "--window", str(window), "--threads", str(threads)],
    stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
assert process.stdout.readline().strip() == "ready"
torch.set_num_threads(threads)
network = torch.jit.load(path)
data = torch.ones(1, 1, window, window, window)
found = {"binding": [], "python": []}
with torch.no_grad():
    for turn in range(turns + 2):
        process.stdin.write("\n")
        process.stdin.flush()
        binding = tuple(float(v) for v in process.stdout.readline().split())
        wall, cpu = time.perf_counter(), time.process_time()
        network(data)
        python = (time.perf_counter() - wall, time.process_time() - cpu)
        if turn >= 2:  # both have their memory and plans by then
            found["binding"].append(binding)
            found["python"].append(python)
process.stdin.close()
process.wait()
for what, place in (("CPU", 1), ("wall", 0)):
    ours, theirs = (statistics.median(v[place] for v in found[who]) for who in ("binding", "python"))
    print(f"forward pass, {window}³, {turns} turns, median {what} s: binding {ours:.3f}, Python's torch {theirs:.3f}, "
          f"ratio {ours / theirs:.3f}")
