"""What is ready when the port opens: asked of a process of its own, because this one has loaded everything long ago."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
QUESTION = """
import asyncio, gc, json, sys

async def ask():
    from phonics_app.web.app import lifespan

    heavy = ("pandas", "plotly.graph_objs._bar", "typst", "phonics_app.workflows.exports")
    early = [name for name in heavy if name in sys.modules]
    async with lifespan(None):
        late = [name for name in heavy if name not in sys.modules]
        from phonics_app.locales import translations

        catalogues = translations.cache_info().currsize
        searched = gc.isenabled(), gc.get_freeze_count() > 0
        print(json.dumps({"early": early, "late": late, "catalogues": catalogues, "gc": searched}))

asyncio.run(ask())
"""


def ask(**variables):
    kept = {name: value for name, value in os.environ.items() if name != "PHONICS_DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", QUESTION],
        cwd=ROOT,
        env=kept | variables,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout), done.stderr


def test_pages_find_everything_loaded_once_the_port_is_open(school):
    found, said = ask(PHONICS_DATA_DIR=str(school.settings.data_dir))
    assert found == {"early": [], "late": [], "catalogues": 2, "gc": [True, True]}
    assert said == ""


def test_a_database_that_cannot_be_opened_does_not_keep_the_port_closed(tmp_path):
    (tmp_path / "phonics.db").write_bytes(b"no database " * 500)
    found, said = ask(PHONICS_DATA_DIR=str(tmp_path))
    assert found["gc"] == [True, True]
    assert "could not open: database.damaged" in said
