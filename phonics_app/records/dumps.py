"""Copies of a database on a PostgreSQL server, by the server's own `pg_dump`."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from sqlalchemy import URL

from phonics_app.domain.errors import PhonicsError
from phonics_app.records.backup import free_name, sha256_of
from phonics_app.records.faults import database_name
from phonics_app.records.old_copies import checksum_path
from phonics_app.records.private_files import open_private

PROGRAM = "pg_dump"
ALREADY = "PHONICS_BACKED_UP"
"""The revision of a database that its administrator has backed up himself."""


def dump_before_upgrade(url: URL, folder: Path | None, revision: str) -> Path | None:
    """Dumps into `folder`; None where the administrator says in the environment that he has done it.

    Raises "database.no_dump" where there is no `pg_dump`, it fails, or there is no folder: nothing is upgraded then.
    """
    if os.environ.get(ALREADY) == revision:
        return None
    program = shutil.which(PROGRAM)
    if program is None or folder is None:
        reason = f"{PROGRAM}: not found" if program is None else "no folder"
        raise _no_dump(url, revision, reason)
    name = "".join(c if c.isalnum() or c in "-_" else "-" for c in url.database or "phonics")
    target = free_name(folder / f"{name}-revision-{revision}.dump")
    partial = target.with_name(target.name + ".partial")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Children's records: for nobody else on this machine. The program writes into the file that it finds.
        os.close(open_private(partial, os.O_TRUNC))
        done = subprocess.run(
            [program, "--format=custom", "--no-owner", f"--file={partial}"],
            env=os.environ | connection_variables(url),
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        if done.returncode != 0:
            partial.unlink(missing_ok=True)
            raise _no_dump(url, revision, " ".join(done.stderr.split())[:500])
        checksum_path(target).write_text(f"{sha256_of(partial)}  {target.name}\n", encoding="utf-8")
        os.replace(partial, target)
    except OSError as error:
        raise _no_dump(url, revision, str(error)) from error
    return target


def connection_variables(url: URL) -> dict[str, str]:
    """What libpq's programs read from their environment: nobody sees a password there as on a command line."""
    host, port = url.query.get("host", url.host), url.query.get("port", url.port)
    found = {
        "PGHOST": host,
        "PGPORT": port,
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
        "PGSSLMODE": url.query.get("sslmode"),
    }
    return {name: str(value) for name, value in found.items() if value}


def _no_dump(url: URL, revision: str, reason: str) -> PhonicsError:
    return PhonicsError("database.no_dump", {"path": database_name(url), "revision": revision, "reason": reason})
