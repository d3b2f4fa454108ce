"""Simulated answers as files."""

from __future__ import annotations

import pandas as pd


def table_of(world) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "person": [f"p{p:05}" for p in world.person],
            "item": [f"i{i:03}" for i in world.item],
            "score": world.score.astype(int),
            "level": [f"ระดับ {g}" for g in world.group[world.person]],
        }
    )


def written(table: pd.DataFrame, folder, files: int = 3):
    """A folder of Parquet files; a person's answers are in several of them."""
    folder.mkdir()
    for k in range(files):
        table.iloc[k::files].to_parquet(folder / f"part-{k}.parquet")
    return folder
