"""What is done to a backup's database before it takes the place of the present one: pupils who have been erased since
it was made must not come back with it, not for a moment."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from phonics_app.records import Store
from phonics_app.workflows.erasure import apply_erasures

BEFORE_IT_IS_PUT_BACK: list[Callable[[Store, Path], object]] = [apply_erasures]
"""Each is given the backup's database, brought up to date, and the data folder, where the list of erased pupils is."""
