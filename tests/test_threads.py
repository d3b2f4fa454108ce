"""Matrix products run in one thread in every process of the product, unless whoever starts it says otherwise."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
NAMES = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")
MODULES = ("phonics_app.__main__", "streamlit_app")
SCRIPT = """
import builtins, importlib, os, sys
real, seen = builtins.__import__, []
def watched(name, *rest):
    if name == "numpy" and not seen:
        seen.append([os.environ.get(n) for n in %r])
    return real(name, *rest)
builtins.__import__ = watched
importlib.import_module(sys.argv[1])
import numpy
print(seen[0])
"""


@pytest.mark.parametrize("module", MODULES)
@pytest.mark.parametrize("chosen", [None, "2"])
def test_the_number_of_threads_is_settled_before_numpy_is_imported(module, chosen):
    environment = {name: value for name, value in os.environ.items() if name not in NAMES}
    if chosen:
        environment |= dict.fromkeys(NAMES, chosen)
    command = [sys.executable, "-c", SCRIPT % (NAMES,), module]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == str([chosen or "1"] * 2)
