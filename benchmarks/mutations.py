"""Ten thousand spoilt spreadsheets: how many are taken, how many refused and why; a traceback ends the run."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests import mutations, sites


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0, help="of the first file; the next ones have the next numbers")
    parser.add_argument("--kinds", nargs="+", choices=mutations.KINDS, default=mutations.KINDS)
    options = parser.parse_args()
    count, first, kinds = options.count, options.seed, options.kinds
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
