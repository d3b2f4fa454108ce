"""Phonics Nine: test, level and follow children who learn to read English by phonics."""

import os

# Read by the matrix library when numpy is first imported, and every process imports this package before that. The
# engine's matrices are small: threads only wait for one another. Making demonstration data on two cores takes 30 s of
# processor time with the library's own choice, 16 s with one thread, and no longer by the clock.
for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
