"""What is ready when the port opens: asked of a process of its own, because this one has loaded everything long ago."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from phonics_app.domain.account import SYSTEM
from phonics_app.workflows.backups import back_up

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
        from phonics_app.workflows import backups

        wanted = int(sys.argv[1])
        while backups.look_at.cache_info().currsize < wanted:
            await asyncio.sleep(0.05)

asyncio.run(ask())
"""


def ask(copies=0, **variables):
    kept = {name: value for name, value in os.environ.items() if name != "PHONICS_DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", QUESTION, str(copies)],
        cwd=ROOT,
        env=kept | variables,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout), done.stderr


def test_pages_find_everything_loaded_and_the_backups_looked_at(school):
    back_up(school, SYSTEM)
    found, said = ask(copies=1, PHONICS_DATA_DIR=str(school.settings.data_dir))
    assert found == {"early": [], "late": [], "catalogues": 2, "gc": [True, True]}
    assert said == ""


def test_a_database_that_cannot_be_opened_does_not_keep_the_port_closed(tmp_path):
    (tmp_path / "phonics.db").write_bytes(b"no database " * 500)
    found, said = ask(PHONICS_DATA_DIR=str(tmp_path))
    assert found["gc"] == [True, True]
    assert "could not open: database.damaged" in said
