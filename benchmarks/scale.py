"""How far one database goes: `python benchmarks/scale.py --share 0.1 [--postgresql]`.

40 schools, 18,025 pupils, five years, three tests a year, 60 events each, at a share of that (1: everything). 300 tests
are really simulated by the engine, with taps taken back at once up to 60 events; all others are copies of them under
other ids, pupils and days, made inside the database, so "filling" says how fast rows go in with all their indexes, not
how fast the engine is. Then the queries behind the pages are timed through their use cases, first and again.
`--postgresql` starts a server of its own on this disk with its usual settings; SQLite is a file. Figures go on the
screen as they come.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sqlalchemy import Connection, delete, func, insert, select, text

from phonics_app.calibration.simulation import simulate_attempts
from phonics_app.domain.account import SYSTEM
from phonics_app.domain.attempt import Attempt, AttemptStatus
from phonics_app.domain.calendar import Round
from phonics_app.domain.event import Event, EventKind, Mark
from phonics_app.domain.grade import Grade
from phonics_app.domain.plan import Plan
from phonics_app.engine.assembly import plan_for, plan_hash
from phonics_app.levelling.placement import make_result
from phonics_app.progress.dashboard import Filters
from phonics_app.records import attempts, open_store, results, schema
from phonics_app.records.store import sqlite_url
from phonics_app.workflows import assess, classes, dashboards, levels, roster
from phonics_app.workflows.context import Phonics, Settings
from phonics_app.workflows.sittings import spec_after
from tests import databases, sites

SCHOOLS, PUPILS, YEARS, TESTS = 40, 18_025, range(2565, 2570), 3
TEMPLATES, REPEATS = 300, 5
EVENTS = 60
"""Of a test, at least."""
GRADES = tuple(Grade)[1:]
NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
T = schema


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=float, default=0.01, help="of the full size (default: 0.01)")
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--folder", type=Path, help="where the data stand while it runs (default: a passing folder)")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="phonics-scale-", dir=options.folder))
    try:
        run(folder, options.share, options.postgresql)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def run(folder: Path, share: float, postgresql: bool) -> None:
    say("load before", f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    if not postgresql:
        url = sqlite_url(folder / "phonics.db")
        measure(folder, url, share, lambda phonics: (folder / "phonics.db").stat().st_size)
        return
    programs = databases.find_programs()
    if programs is None:
        sys.exit("no PostgreSQL found")
    cluster = databases.Cluster(programs, "-c max_wal_size=4GB", None).start()
    try:
        url = databases.server_url("postgres", folder=str(cluster.folder))
        measure(folder, url, share, size_on_server)
    finally:
        cluster.remove()


def measure(folder: Path, url: str, share: float, size: Callable[[Phonics], int]) -> None:
    store = open_store(url)
    phonics = Phonics(Settings(folder, url, sites.ROOT), store, sites.content(), lambda: NOW)
    pupils = round(PUPILS * share)
    began = time.perf_counter()
    with store.write() as connection:
        make_templates(phonics, connection)
    say("300 sittings simulated", f"{time.perf_counter() - began:.1f} s")
    began = time.perf_counter()
    with store.write() as connection:
        enrol(connection, pupils)
    key = TEMPLATES
    for year in YEARS:
        for test in range(TESTS):
            with store.write() as connection:
                fill_round(connection, pupils, key, year, test)
            key += pupils
            say(f"year {year}, test {test + 1}", f"{time.perf_counter() - began:.1f} s")
    with store.write() as connection:
        forget_templates(connection)
    seconds = time.perf_counter() - began
    settle(phonics)
    with store.read() as connection:
        events = connection.scalar(select(func.count()).select_from(T.event)) or 0
    tests = pupils * len(YEARS) * TESTS
    say("pupils, tests, events", f"{pupils:,}, {tests:,}, {events:,} ({events / tests:.0f} a test)")
    say("filling", f"{seconds:.1f} s, {events / seconds:,.0f} events a second")
    say("size", f"{size(phonics) / 1e6:,.0f} MB, {size(phonics) / events:.0f} bytes for each event, all included")
    total = time_pages(phonics, pupils)
    say("TOTAL", f"filling {seconds:.1f} s, slowest page query {total * 1000:,.0f} ms")
    say("load after", f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    store.close()


def make_templates(phonics: Phonics, connection: Connection) -> None:
    content = phonics.content
    blueprint = content.bank.placement
    plan = plan_for(content.bank, content.rubrics, blueprint.id, 0)
    grades = [GRADES[n % len(GRADES)] for n in range(TEMPLATES)]
    specs = [spec_after(plan, blueprint, grade, (), Round(2565, 1)) for grade in grades]
    thetas = [plan.levels[0].cut + (plan.levels[-1].cut - plan.levels[0].cut) * n / TEMPLATES for n in range(TEMPLATES)]
    done = simulate_attempts(plan, specs, thetas, 9, starts=[NOW] * TEMPLATES)
    hashed = plan_hash(plan)
    attempts.save_plan(connection, hashed, plan)
    school = {"id": "s0", "name_th": "โรงเรียน 0", "name_en": "", "kind": "municipal", "highest_grade": "M3"}
    connection.execute(insert(T.school), [school | {"id": f"s{n}", "kind": kind_of(n)} for n in range(SCHOOLS)])
    connection.execute(insert(T.pupil), [person("template", 0, "0")])
    finished = AttemptStatus.FINISHED
    made = [
        Attempt(f"t{n:031x}", "template", "s0", hashed, spec, finished, NOW, "b", True) for n, spec in enumerate(specs)
    ]
    keys = attempts.insert_attempts(connection, made)
    tapped = [with_slips(plan, d.events) for d in done]
    attempts.insert_events(connection, ((keys[a.id], each) for a, each in zip(made, tapped, strict=True)), NOW)
    rows = []
    for each, simulated in zip(made, done, strict=True):
        result = make_result(each.id, simulated.state, content.rubrics.version)
        rows.append((keys[each.id], each, results.StoredResult(Round(2565, 1), NOW, result)))
    results.save_results(connection, rows)
    simulated, stored = (statistics.fmean(map(len, each)) for each in ([d.events for d in done], tapped))
    say("events of a test, on average", f"{simulated:.0f} simulated, {stored:.0f} with taps that were taken back")


def with_slips(plan: Plan, events: Sequence[Event]) -> list[Event]:
    """`EVENTS` of them (or one more): wrong taps on the first item, taken back at once, leave every score as it is."""
    at = next(n for n, event in enumerate(events) if event.kind is EventKind.BLOCK_SHOWN) + 1
    shown = events[at - 1]
    block = next(block for block in plan.blocks if block.id == shown.data["block"])
    tap = {"block": block.id, "item": block.items[0]}
    slip = [
        replace(shown, kind=EventKind.ITEM_MARKED, data=tap | {"mark": mark.value})
        for mark in (Mark.INCORRECT, Mark.NONE)
    ]
    longer = [*events[:at], *slip * max(0, -(-(EVENTS - len(events)) // 2)), *events[at:]]
    return [replace(event, seq=n) for n, event in enumerate(longer, start=1)]


def kind_of(school: int) -> str:
    return "municipal" if school % 2 == 0 else "network"


def person(id: str, school: int, number: str) -> dict[str, object]:
    names = {"prefix": "ด.ช.", "first_name": f"จำลอง{number}", "last_name": "สมมุติ", "sex": "male"}
    return {"id": id, "school_id": f"s{school}", "number": number, "simulated": True, "archived": False} | names


def pupil_id(n: int) -> str:
    return f"{n:032x}"


def enrol(connection: Connection, pupils: int) -> None:
    """Each pupil stays at one school for all years and goes up a grade in each."""
    connection.execute(insert(T.pupil), [person(pupil_id(n), n % SCHOOLS, str(n)) for n in range(1, pupils + 1)])
    rows = []
    for n in range(1, pupils + 1):
        last = len(GRADES) - 1 - (n // SCHOOLS) % (len(GRADES) - len(YEARS) + 1)
        for back, year in enumerate(reversed(YEARS)):
            grade, room = GRADES[last - back].value, str(n // 400 % 3 + 1)
            school = f"s{n % SCHOOLS}"
            rows.append({"pupil_id": pupil_id(n), "year": year, "school_id": school, "grade": grade, "room": room})
    connection.execute(insert(T.enrolment), rows)


def fill_round(connection: Connection, pupils: int, key: int, year: int, test: int) -> None:
    """A test of every pupil: the attempts made here, events, results and decisions copied inside the database."""
    day = datetime(year - 543, 6, 10, 2, 0, tzinfo=UTC) + timedelta(days=(0, 90, 180)[test])
    term = 1 if test < 2 else 2
    chosen = [(key + n, (n * 7 + key) % TEMPLATES + 1) for n in range(1, pupils + 1)]
    columns = "key INTEGER PRIMARY KEY, template INTEGER, pupil VARCHAR(32), school VARCHAR(32)"
    connection.execute(text(f"CREATE TEMPORARY TABLE copied ({columns})"))
    connection.execute(
        text("INSERT INTO copied VALUES (:key, :template, :pupil, :school)"),
        [
            {"key": new, "template": template, "pupil": pupil_id(n), "school": f"s{n % SCHOOLS}"}
            for n, (new, template) in enumerate(chosen, start=1)
        ],
    )
    moment = T.Instant().process_bind_param(day, connection.dialect)
    given = {"day": moment, "year": year, "term": term}
    for statement in copies_for(connection.dialect.name):
        names = {name: value for name, value in given.items() if f":{name}" in statement}
        connection.execute(text(statement), names)
    connection.execute(text("DROP TABLE copied"))


_ID = {"sqlite": "printf('%032x', c.key)", "postgresql": "lpad(to_hex(c.key), 32, '0')"}


def copies_for(dialect: str) -> tuple[str, ...]:
    id = _ID[dialect]
    return (
        "INSERT INTO attempt (key, id, pupil_id, school_id, plan_hash, spec, status, created_at, created_by, "
        f"simulated) SELECT c.key, {id}, c.pupil, c.school, a.plan_hash, a.spec, a.status, :day, a.created_by, "
        "a.simulated "
        "FROM copied c JOIN attempt a ON a.key = c.template ORDER BY c.key",
        "INSERT INTO event (attempt_key, seq, kind, at, mono_ms, data, received_at) "
        "SELECT c.key, e.seq, e.kind, e.at, e.mono_ms, e.data, e.received_at "
        "FROM copied c JOIN event e ON e.attempt_key = c.template ORDER BY c.key, e.seq",
        "INSERT INTO result (attempt_key, pupil_id, school_id, year, term, finished_at, theta, standard_error, "
        "proposed_level, stop_reason, engine_version, bank_version, rubric_version, content) "
        "SELECT c.key, c.pupil, c.school, :year, :term, :day, r.theta, r.standard_error, r.proposed_level, "
        "r.stop_reason, r.engine_version, r.bank_version, r.rubric_version, r.content "
        "FROM copied c JOIN result r ON r.attempt_key = c.template ORDER BY c.key",
        "INSERT INTO placement (key, id, attempt_key, pupil_id, school_id, year, term, level, proposed_level, reason, "
        f"decided_by, decided_at, simulated) SELECT c.key, {id}, c.key, c.pupil, c.school, :year, :term, "
        "r.proposed_level, r.proposed_level, '', 'b', :day, r.proposed_level >= 0 "
        "FROM copied c JOIN result r ON r.attempt_key = c.template ORDER BY c.key",
    )


def forget_templates(connection: Connection) -> None:
    for table in (T.event, T.result):
        connection.execute(delete(table).where(table.c.attempt_key <= TEMPLATES))
    connection.execute(delete(T.attempt).where(T.attempt.c.key <= TEMPLATES))
    connection.execute(delete(T.pupil).where(T.pupil.c.id == "template"))


def settle(phonics: Phonics) -> None:
    """What a server does by itself some minutes after a large import, and a file when the app closes it."""
    statement = "PRAGMA wal_checkpoint(TRUNCATE)" if phonics.store.path else "ANALYZE"
    with phonics.store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if phonics.store.path is None:
            connection.exec_driver_sql("SET default_transaction_read_only = off")
        connection.exec_driver_sql(statement)


def size_on_server(phonics: Phonics) -> int:
    with phonics.store.read() as connection:
        return connection.scalar(text("SELECT pg_database_size(current_database())")) or 0


def time_pages(phonics: Phonics, pupils: int) -> float:
    """The slowest, in seconds, of those asked again."""
    year, one = YEARS[-1], pupil_id(1)
    newest = assess.attempts_of(phonics, SYSTEM, one)[0].id
    grade = classes.list_classes(phonics, SYSTEM, "s0", year)[0][0]
    asked: dict[str, Callable[[], object]] = {
        "dashboard, all municipal schools": lambda: dashboards.dashboard(phonics, SYSTEM, Filters()),
        "dashboard, one school": lambda: dashboards.dashboard(phonics, SYSTEM, Filters(school_id="s0")),
        "network": lambda: dashboards.network_page(phonics, SYSTEM),
        "class list, one grade": lambda: classes.class_page(phonics, SYSTEM, "s0", year, grade),
        "class list, whole school": lambda: classes.class_page(phonics, SYSTEM, "s0", year),
        "pupil list, whole school": lambda: roster.list_pupils(phonics, SYSTEM, "s0", year),
        "pupil list, searched": lambda: roster.list_pupils(phonics, SYSTEM, "s0", year, search="จำลอง4"),
        "tests of a pupil": lambda: assess.attempts_of(phonics, SYSTEM, one),
        "result, replayed": lambda: assess.compute_result(phonics, SYSTEM, newest),
        "result, explained": lambda: levels.explain_result(phonics, SYSTEM, newest),
    }
    slowest = 0.0
    for name, ask in asked.items():
        taken = [timed(ask) for _ in range(1 + REPEATS)]
        again = statistics.median(taken[1:])
        slowest = max(slowest, again)
        say(name, f"first {taken[0] * 1000:,.0f} ms, again {again * 1000:,.0f} ms")
    return slowest


def timed(ask: Callable[[], object]) -> float:
    began = time.perf_counter()
    ask()
    return time.perf_counter() - began


def say(name: str, figure: str) -> None:
    print(f"{name:36} {figure}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
