"""The record of a test in both places: on the device that gives it, and in the database behind the server."""

from __future__ import annotations

import json
import sqlite3

from tests.browser.server import Server

_READ_DEVICE = """(attempt) => new Promise((resolve, reject) => {
  const request = indexedDB.open("phonics-player", 1);
  request.onerror = () => reject(request.error);
  request.onsuccess = () => {
    const rows = request.result.transaction("events").objectStore("events").getAll();
    rows.onsuccess = () => {
      request.result.close();
      resolve(rows.result.filter((row) => row.attempt === attempt).map((row) => row.event));
    };
  };
})"""
_EVENTS = (
    "select e.seq, e.kind, e.at, e.mono_ms, e.data from event e join attempt a on a.key = e.attempt_key "
    "where a.id = ? order by e.seq"
)


def events_on_device(page, attempt: str) -> list[dict]:
    """The events of this attempt in the page's own storage, in order."""
    return page.evaluate(_READ_DEVICE, attempt)


def events_stored(server: Server, attempt: str) -> list[dict]:
    """The events of this attempt in the database, in order."""
    connection = sqlite3.connect(f"file:{server.database}?mode=ro", uri=True)
    try:
        rows = connection.execute(_EVENTS, (attempt,)).fetchall()
    finally:
        connection.close()
    names = ("seq", "kind", "at", "mono_ms", "data")
    return [dict(zip(names, (*row[:4], json.loads(row[4])), strict=True)) for row in rows]
