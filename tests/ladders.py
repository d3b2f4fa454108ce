"""Content with a shorter ladder, cut from the product's own as a school would do it: in the tables and settings."""

from __future__ import annotations

import csv
import re
import shutil
import tomllib
from pathlib import Path

from tests.sites import ROOT

_TABLES_WITH_LEVELS = ("item_bank/graphemes.csv", "rubrics/performance.csv", "rubrics/teaching_steps.csv")


def cut_ladder(folder: Path, highest: int) -> Path:
    """A copy of the content in `folder` whose ladder ends at level `highest`; returns `folder`."""
    for name in ("item_bank", "rubrics"):
        shutil.copytree(ROOT / name, folder / name)
    tables = [folder / name for name in _TABLES_WITH_LEVELS]
    for table in tables + sorted((folder / "item_bank" / "items").glob("*.csv")):
        _cut_table(table, highest)
    _cut_passages(folder / "item_bank" / "passages", highest)
    levels = folder / "item_bank" / "levels.toml"
    head, *each = levels.read_text(encoding="utf-8").split("[[levels]]")
    levels.write_text("[[levels]]".join([head, *each[:highest]]), encoding="utf-8")
    blueprints = folder / "item_bank" / "blueprints.toml"
    text = re.sub(
        r"^([KPM]\d) = (\d+)$",
        lambda m: f"{m[1]} = {min(int(m[2]), highest)}",
        blueprints.read_text(encoding="utf-8"),
        flags=re.MULTILINE,
    )
    blueprints.write_text(text, encoding="utf-8")
    return folder


def _cut_table(path: Path, highest: int) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    level = header.index("level")
    kept = [row for row in rows if int(row[level]) <= highest]
    if not kept:
        path.unlink()
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *kept])


def _cut_passages(folder: Path, highest: int) -> None:
    for path in folder.glob("PS-*.toml"):
        if tomllib.loads(path.read_text(encoding="utf-8"))["level"] > highest:
            path.unlink()
    rules = folder / "rules.toml"
    head, *each = rules.read_text(encoding="utf-8").split("[[levels]]")
    kept = [table for table in each if tomllib.loads(table)["level"] <= highest]
    rules.write_text("[[levels]]".join([head, *kept]), encoding="utf-8")
