"""Time and memory of a class list of 40,000 rows: reading, preview, storing, and importing it once more."""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from phonics_app.domain.account import SYSTEM
from phonics_app.workflows import roster
from tests import rosters, sites

T = TypeVar("T")
GRADES = ("ป.1", "ป.2", "ป.3", "ป.4", "ป.5", "ป.6")


def pupils(rows: int) -> list[rosters.FictitiousPupil]:
    found: list[rosters.FictitiousPupil] = []
    for number, grade in enumerate(GRADES):
        count = rows // len(GRADES) + (number < rows % len(GRADES))
        rooms = [str(room) for room in range(1, 11)]
        found += rosters.fictitious_pupils(count, grade, rooms, seed=number, first_number=100_000 * (number + 1))
    return found


def timed(name: str, work: Callable[[], T]) -> T:
    begun, processor = time.perf_counter(), time.process_time()
    result = work()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    of_processor = time.process_time() - processor
    print(
        f"{name:<44}{time.perf_counter() - begun:8.1f} s, processor {of_processor:5.1f} s   peak {peak:6.0f} MB",
        flush=True,
    )
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=40_000)
    rows = parser.parse_args().rows
    many = pupils(rows)
    files = {"xlsx": rosters.dmc_xlsx(many), "xls": rosters.dmc_xls(many), "csv": rosters.dmc_csv(many, "cp874")}
    print(f"{rows:,} rows of 28 columns; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        phonics = sites.open_copy(sites.make_own(Path(folder)), Path(folder) / "data")
        school = sites.SCHOOLS[0].id

        def preview(sheet: roster.RosterSheet) -> roster.RosterPreview:
            return roster.preview_roster(phonics, SYSTEM, school, sites.YEAR, sheet, sheet.mapping)

        for name, content in files.items():
            size = len(content) / 1024 / 1024
            sheet = timed(
                f"read .{name} ({size:.1f} MB)",
                lambda n=name, c=content: roster.read_roster(phonics, SYSTEM, school, f"a.{n}", c),
            )
        shown = timed("preview on an empty school", lambda: preview(sheet))
        timed("store", lambda: roster.commit_roster(phonics, SYSTEM, shown))
        again = timed("preview of the same list again", lambda: preview(sheet))
        assert all(row.change is roster.Change.UNCHANGED for row in again.rows), "re-import changes something"
        phonics.store.close()


if __name__ == "__main__":
    main()
