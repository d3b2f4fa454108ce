"""A Spark session for calibration. Spark is an optional extra: `requirements-spark.txt`, and Java beside it."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from phonics_app.domain.errors import PhonicsError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

HERE = "local[*]"
"""This computer, all its processors."""
_PACKAGE = Path(__file__).resolve().parents[1]
_QUIET = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR"}
_OWN_COMPUTER = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
"""No port is open to others where no other computer takes part."""


def missing_part() -> str:
    """What Spark lacks here, as the code of a message; empty where it can start."""
    if importlib.util.find_spec("pyspark") is None:
        return "calibration.no_pyspark"
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=str(Path(home) / "bin")) if home else shutil.which("java")
    return "" if java else "calibration.no_java"


@contextmanager
def spark_session(master: str = HERE) -> Iterator[SparkSession]:
    """Stopped at the end. `PhonicsError` where Spark or Java is missing, or Spark doesn't start."""
    if code := missing_part():
        raise PhonicsError(code)
    with tempfile.TemporaryDirectory() as folder:
        session = _started(master)
        try:
            session.sparkContext.addPyFile(str(_own_code(Path(folder) / "phonics_app.zip")))
            yield session
        finally:
            session.stop()


def _started(master: str) -> SparkSession:
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    options: dict[str, bool | float | int | str | None] = {**_QUIET}
    if master.startswith("local"):
        options |= _OWN_COMPUTER
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    try:
        return SparkSession.builder.config(map=options).master(master).appName("phonics-nine").getOrCreate()
    except (PySparkException, OSError) as error:
        reason = str(error).strip().splitlines()[0]
        raise PhonicsError("calibration.spark_not_started", {"reason": reason}) from error


def _own_code(file: Path) -> Path:
    """This package for the workers, which need not have it."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for source in sorted(_PACKAGE.rglob("*.py")):
            archive.write(source, source.relative_to(_PACKAGE.parent))
    return file
