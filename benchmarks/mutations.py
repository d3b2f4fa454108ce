"""Ten thousand spoilt spreadsheets: how many are taken, how many refused and why; a traceback ends the run.

.venv/bin/python benchmarks/mutations.py [count] [first seed] [xlsx | xls | csv | zip]
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests import mutations, sites


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    kinds = tuple(sys.argv[3:]) or mutations.KINDS
    begun, longest = time.perf_counter(), 0.0
    taken, codes = Counter[str](), Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        phonics = sites.open_copy(sites.make_own(Path(folder)), Path(folder) / "data")
        for number in range(count):
            kind, started = kinds[number % len(kinds)], time.perf_counter()
            try:
                outcome = mutations.attempt(phonics, kind, first + number)
            except BaseException:
                print(f"FAILED: {kind}, seed {first + number}", flush=True)
                raise
            longest = max(longest, time.perf_counter() - started)
            taken[kind] += outcome.stored > 0 or not outcome.codes
            codes.update(outcome.codes)
            if (number + 1) % 1000 == 0:
                print(f"{number + 1:,} spoilt files, {time.perf_counter() - begun:.0f} s", flush=True)
        phonics.store.close()
    print(f"{count:,} spoilt files: no traceback, no partial import, every problem with a place")
    print(f"taken as a whole: {dict(taken)}; longest {longest:.1f} s")
    print(f"{time.process_time():.0f} s of the processor")
    print(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores")
    for code, times in codes.most_common():
        print(f"  {code:<36}{times:6,}")


if __name__ == "__main__":
    main()
