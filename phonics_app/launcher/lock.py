"""Writes `constraints.txt`, the exact versions of everything: `python3 -m phonics_app.launcher.lock`."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from phonics_app.launcher.checks import ON_CI, REQUIREMENTS
from phonics_app.launcher.environment import ROOT, Environment

OTHER_SYSTEMS = ("appnope", "colorama")
"""Needed on macOS and on Windows only; pure Python, so any machine can tell their versions."""
_HEAD = """\
# Exact versions that were tested together, for all systems. Written by a command, not by hand:
#   python3 -m phonics_app.launcher.lock
"""


def main() -> int:
    """Installs the newest versions that the requirements allow in a passing environment, and writes them down."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", f"{folder}/.venv"], check=True)
        python = str(Environment(Path(folder)).python)
        pip = [python, "-m", "pip", "--disable-pip-version-check"]
        files = [part for name in (*REQUIREMENTS, *ON_CI) for part in ("-r", name)]
        subprocess.run([*pip, "install", "-q", *files, *OTHER_SYSTEMS], cwd=ROOT, check=True)
        pins = subprocess.run([*pip, "freeze"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    (ROOT / "constraints.txt").write_text(_HEAD + pins, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
