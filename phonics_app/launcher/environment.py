"""The environment `.venv`: made once, repaired when half-made, filled again only when requirements change."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from phonics_app.launcher.faults import Fault, fault_of_os_error, fault_of_output, say

ROOT = Path(__file__).resolve().parents[2]
"""The product's folder."""
MEGABYTES = {"requirements.txt": 1500, "requirements-dev.txt": 1900, "requirements-spark.txt": 1500}
"""Free space that a first installation needs, as measured, with some to spare."""


@dataclass(frozen=True, slots=True)
class Environment:
    """The folder `.venv` under the product's `root`."""

    root: Path

    @property
    def folder(self) -> Path:
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def log(self) -> Path:
        return self.folder / "phonics-install.log"

    @property
    def unfinished(self) -> Path:
        """There while an installation runs; found at the next start, it tells that the last one was cut off."""
        return self.folder / "phonics-installing"

    def stamp(self, requirements: str) -> Path:
        return self.folder / f"phonics-{Path(requirements).stem}"


def ensure(environment: Environment, requirements: str) -> None:
    """Makes `.venv` hold what the file `requirements` asks for; quick when it does. Raises `Fault`."""
    wanted = fingerprint(environment.root, requirements)
    if _is_current(environment, requirements, wanted):
        return
    _require_space(environment.root, MEGABYTES[requirements])
    if not _is_usable(environment):
        say("กำลังเตรียมโฟลเดอร์ .venv", "Making the folder .venv")
        _make(environment)
    _install(environment, requirements)
    for name in files_of(environment.root, requirements):
        environment.stamp(name).write_text(fingerprint(environment.root, name), encoding="utf-8")


def fingerprint(root: Path, requirements: str) -> str:
    """Hash of everything that decides what is installed, the version of Python among it."""
    digest = hashlib.sha256(repr(sys.version_info[:2]).encode())
    for name in (*files_of(root, requirements), "constraints.txt"):
        digest.update((root / name).read_bytes())
    return digest.hexdigest()


def files_of(root: Path, requirements: str) -> list[str]:
    """The file and those that it includes (`-r`)."""
    lines = (root / requirements).read_text(encoding="utf-8").splitlines()
    included = [line.removeprefix("-r ").strip() for line in lines if line.startswith("-r ")]
    return [requirements, *(name for file in included for name in files_of(root, file))]


def child_environment(**more: str) -> dict[str, str]:
    """Environment variables of the processes started: this one's, with UTF-8 everywhere."""
    return {**os.environ, "PYTHONUTF8": "1", **more}


def _is_current(environment: Environment, requirements: str, wanted: str) -> bool:
    stamp = environment.stamp(requirements)
    return (
        environment.python.exists()
        and not environment.unfinished.exists()
        and stamp.is_file()
        and stamp.read_text(encoding="utf-8") == wanted
    )


def _require_space(root: Path, megabytes: int) -> None:
    """Says at once, not after minutes of downloading, that the folder can't hold the parts."""
    try:
        with tempfile.NamedTemporaryFile(dir=root):
            pass
    except OSError as error:
        raise fault_of_os_error(error, root, megabytes) from error
    if shutil.disk_usage(root).free < megabytes * 1_000_000:
        raise Fault("disk_full", path=root, needed=megabytes)


def _is_usable(environment: Environment) -> bool:
    """Whether `.venv` has a Python of this version with a working pip, and no installation was cut off in it."""
    if environment.unfinished.exists() or not environment.python.exists():
        return False
    question = "import sys, pip; sys.exit(0 if sys.version_info[:2] == %r else 1)" % (sys.version_info[:2],)  # noqa: UP031
    return subprocess.run([environment.python, "-c", question], capture_output=True).returncode == 0


def _make(environment: Environment) -> None:
    if environment.folder.exists() and not environment.folder.is_dir():
        raise Fault("in_the_way", path=environment.folder)
    command = [sys.executable, "-m", "venv", "--clear", str(environment.folder)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace")
    if done.returncode != 0:
        raise fault_of_output(done.stdout + done.stderr, environment.folder, environment.log, 1500)


def _install(environment: Environment, requirements: str) -> None:
    say(
        "กำลังติดตั้งส่วนประกอบ ครั้งแรกใช้เวลาหลายนาที",
        "Installing the parts; the first time takes some minutes",
    )
    environment.unfinished.touch()
    command = [str(environment.python), "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    command += ["--progress-bar", "off", "--retries", "2", "-r", requirements, "-c", "constraints.txt"]
    output = _run_showing_progress(command, environment)
    if output is not None:
        # pip itself gave up: what it left is whole, so that the next run can go on instead of starting anew.
        environment.unfinished.unlink(missing_ok=True)
        raise fault_of_output(output, environment.folder, environment.log, MEGABYTES[requirements])
    environment.unfinished.unlink()


def _run_showing_progress(command: list[str], environment: Environment) -> str | None:
    """Runs pip, counting packages on the screen and keeping its words in the log; its output if it failed."""
    lines: list[str] = []
    with (
        environment.log.open("w", encoding="utf-8") as log,
        subprocess.Popen(
            command,
            cwd=environment.root,
            env=child_environment(PYTHONUNBUFFERED="1"),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        ) as process,
    ):
        assert process.stdout is not None
        for line in process.stdout:
            log.write(line)
            lines.append(line)
            _show(line, sum(text.startswith("Collecting ") for text in lines))
    return "".join(lines) if process.returncode else None


def _show(line: str, count: int) -> None:
    if line.startswith("Collecting "):
        name = line.split()[1]
        if sys.stdout.isatty():
            print(f"\r  {count:3d}  {name:<50.50}", end="", flush=True)
        elif count % 10 == 0:
            print(f"  {count:3d}  {name}", flush=True)
    elif line.startswith("Installing collected packages"):
        print("\r" * sys.stdout.isatty(), end="")
        say(f"  แตกไฟล์ {count} รายการ", f"unpacking {count} packages")
