"""OneRoster packages: out and in again gives the same pupils; a broken one is told whole and stores nothing."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace

import pytest

from phonics_app.domain.account import SYSTEM, Account, Grant, Role
from phonics_app.domain.errors import Conflict, NotAllowed, ProblemsFound
from phonics_app.domain.grade import Grade
from phonics_app.domain.oneroster import FILES, plain_id
from phonics_app.domain.school import Classroom, PupilDraft, Sex
from phonics_app.domain.text import Text
from phonics_app.records import audit
from phonics_app.records.accounts import insert_account
from phonics_app.records.pupils import draft_of, insert_pupils
from phonics_app.records.schools import insert_school
from phonics_app.workflows import erasure, oneroster, roster
from phonics_app.workflows.roster import Change
from phonics_app.workflows.schools import list_schools
from tests import bombs, sites

YEAR = sites.YEAR
FIRST, SECOND = sites.SCHOOLS[0].id, sites.SCHOOLS[1].id
PUPILS = {
    FIRST: (
        PupilDraft("1001", "เด็กชาย", "ภูผา", "ใจงาม", Sex.MALE, Grade.K1, "1"),
        PupilDraft("1002", "เด็กหญิง", "มะลิ", "ณ ริมกวง", Sex.FEMALE, Grade.P3, "2"),
        PupilDraft("1003", "", "=1+1", "-x", Sex.UNKNOWN, Grade.P3, "2/ก"),
        PupilDraft("1004", "นางสาว", "นลินี", "", Sex.FEMALE, Grade.M3, ""),
    ),
    SECOND: (PupilDraft("1001", "เด็กหญิง", "ดาริน", "ปันแก้ว", Sex.FEMALE, Grade.P6, "10"),),
}


@pytest.fixture
def empty(empty_template, tmp_path, clock):
    """Another site, beside that of `phonics`."""
    other = sites.open_copy(empty_template, tmp_path / "other", clock)
    yield other
    other.store.close()


@pytest.fixture
def filled(phonics):
    with phonics.store.write() as connection:
        for school, drafts in PUPILS.items():
            insert_pupils(connection, school, YEAR, [(phonics.new_id(), draft) for draft in drafts])
    return phonics


def listed(phonics):
    found = (p for s in list_schools(phonics, SYSTEM) for p in roster.list_pupils(phonics, SYSTEM, s.id, YEAR))
    return {(p.id, p.school_id, draft_of(p)) for p in found}


def changed(content, change):
    """The package with its files as lists of rows, put through `change` (by name, in place)."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name.removesuffix(".csv") for name in archive.namelist()]
        files = {n: list(csv.reader(io.StringIO(archive.read(f"{n}.csv").decode(), newline=""))) for n in names}
    change(files)
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w") as archive:
        for name, rows in files.items():
            text = io.StringIO(newline="")
            csv.writer(text).writerows(rows)
            archive.writestr(f"{name}.csv", text.getvalue())
    return result.getvalue()


def test_out_and_in_on_an_empty_site_gives_the_same(filled, empty, people):
    content = oneroster.export_oneroster(filled, people.administrator, YEAR)
    preview = oneroster.preview_oneroster(empty, SYSTEM, "a.zip", content)
    assert [p for p in preview.problems if not p.warning] == []
    assert {school.id for school in preview.new_schools} == {FIRST, SECOND}
    assert oneroster.commit_oneroster(empty, SYSTEM, preview, preview.digest) == 5
    assert listed(empty) == listed(filled)
    there, here = ({s.id: s for s in list_schools(p, SYSTEM)} for p in (filled, empty))
    assert here == {id: there[id] for id in (FIRST, SECOND)}
    out, again = (tables(oneroster.export_oneroster(p, SYSTEM, YEAR, FIRST)) for p in (filled, empty))
    teachers = {role["userSourcedId"] for role in out["roles"] if role["role"] == "teacher"}
    assert teachers  # accounts are not made of them
    assert again == {name: [r for r in rows if not teachers & set(r.values())] for name, rows in out.items()}


def test_a_school_that_stands_there_under_another_id_takes_the_pupils(filled, empty, people):
    """Every site begins with the schools of the municipality: a package of another one holds the same ones."""
    content = oneroster.export_oneroster(filled, people.administrator, YEAR)
    own = replace(sites.SCHOOLS[0], id="f" * 32)
    with empty.store.write() as connection:
        insert_school(connection, own)
        insert_school(connection, replace(sites.SCHOOLS[1], id="e" * 32, name=Text("โรงเรียนอื่น", ""), code=""))
    preview = oneroster.preview_oneroster(empty, SYSTEM, "a.zip", content)
    assert [p.value for p in preview.problems if p.code == "oneroster.same_school"] == [own.name.th]
    assert [school.id for school in preview.new_schools] == [SECOND]
    assert oneroster.commit_oneroster(empty, SYSTEM, preview, preview.digest) == 5
    there = {p.number for p in roster.list_pupils(empty, SYSTEM, own.id, YEAR)}
    assert there == {draft.number for draft in PUPILS[FIRST]}
    again = oneroster.preview_oneroster(empty, SYSTEM, "a.zip", content)
    assert {row.change for r in again.rosters for row in r.rows} == {Change.UNCHANGED}


def test_in_again_changes_nothing(filled, people):
    before = listed(filled)
    content = oneroster.export_oneroster(filled, people.administrator, YEAR)
    preview = oneroster.preview_oneroster(filled, people.administrator, "a.zip", content)
    assert preview.new_schools == ()
    assert {row.change for r in preview.rosters for row in r.rows} == {Change.UNCHANGED}
    assert oneroster.commit_oneroster(filled, people.administrator, preview) == 0
    assert listed(filled) == before


def test_who_was_erased_comes_back_as_a_new_pupil(filled, people):
    """Under his old id whatever is put back later would erase him once more."""
    content = oneroster.export_oneroster(filled, people.administrator, YEAR)
    gone = next(id for id, school, draft in listed(filled) if (school, draft.number) == (SECOND, "1001"))
    erasure.erase_pupils(filled, people.administrator, [gone], "1001")
    for added in (1, 0):
        preview = oneroster.preview_oneroster(filled, people.administrator, "a.zip", content)
        assert oneroster.commit_oneroster(filled, people.administrator, preview, preview.digest) == added
    assert erasure.apply_erasures(filled.store, filled.settings.data_dir) == 0
    assert len(listed(filled)) == 5


def test_the_files_are_those_of_the_specification(filled, people):
    content = oneroster.export_oneroster(filled, people.teacher, YEAR, FIRST)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert texts.keys() == {"manifest.csv", *(f"{name}.csv" for name in FILES)}
    for name, columns in FILES.items():
        header = texts[f"{name}.csv"].splitlines()[0].split(",")
        assert tuple(header[: len(columns)]) == columns
        assert all(column.startswith("metadata.") for column in header[len(columns) :])
    assert "oneroster.version,1.2" in texts["manifest.csv"]
    assert "ดาริน" not in texts["users.csv"]


def test_those_who_teach_are_told_by_name_with_their_rooms(filled, people):
    room = Classroom(YEAR, Grade.P3, "2")
    with filled.store.write() as connection:
        grants = (Grant(Role.TEACHER, FIRST, (room,)), Grant(Role.TEACHER, SECOND))
        since = {"created_at": sites.START}
        insert_account(connection, Account("a" * 32, "malee.sign.in", "มาลี ณ ริมกวง", grants, **since), "hash")
        left = Account("b" * 32, "left", "ผู้ลาออก", (Grant(Role.TEACHER, FIRST),), disabled=True, **since)
        insert_account(connection, left, "hash")
    files = tables(oneroster.export_oneroster(filled, people.administrator, YEAR))
    own = {name: [r for r in rows if "a" * 32 in r.values()] for name, rows in files.items()}
    (user,) = own["users"]
    assert (user["givenName"], user["familyName"], user["username"]) == ("มาลี", "ณ ริมกวง", "a" * 32)
    roles = {r["orgSourcedId"]: (r["role"], r["roleType"]) for r in own["roles"]}
    assert roles == {FIRST: ("teacher", "primary"), SECOND: ("teacher", "secondary")}
    (enrolment,) = own["enrollments"]
    assert (enrolment["role"], enrolment["classSourcedId"]) == ("teacher", f"class-{YEAR}-{FIRST}-P3-2")
    assert {r["sourcedId"] for r in files["classes"]} >= {enrolment["classSourcedId"]}
    assert "teacher" in {r["sourcedId"] for r in files["users"]}
    whole = str(files)
    assert "malee.sign.in" not in whole
    assert "ผู้ลาออก" not in whole
    assert "administrator" not in {r["role"] for r in files["roles"]}
    one = tables(oneroster.export_oneroster(filled, people.administrator, YEAR, SECOND))
    assert {r["orgSourcedId"] for r in one["roles"]} == {SECOND}


def tables(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        texts = {n.removesuffix(".csv"): archive.read(n).decode("utf-8-sig") for n in archive.namelist()}
    return {name: list(csv.DictReader(io.StringIO(text, newline=""))) for name, text in texts.items()}


def test_every_problem_of_every_file_is_told_at_once_and_nothing_stored(filled, empty):
    def spoil(files):
        files["users"][1][files["users"][0].index("sourcedId")] = "somebody"
        files["classes"][1][files["classes"][0].index("schoolSourcedId")] = "nowhere"
        files["enrollments"].append(files["enrollments"][1])
        del files["academicSessions"]

    preview = oneroster.preview_oneroster(
        empty, SYSTEM, "a.zip", changed(oneroster.export_oneroster(filled, SYSTEM, YEAR), spoil)
    )
    found = {(p.code, p.place.sheet) for p in preview.problems}
    assert found >= {
        ("oneroster.file_missing", "academicSessions.csv"),
        ("oneroster.unknown_id", "enrollments.csv"),
        ("oneroster.unknown_id", "roles.csv"),
        ("oneroster.unknown_id", "classes.csv"),
        ("oneroster.id_repeated", "enrollments.csv"),
    }
    with pytest.raises(ProblemsFound):
        oneroster.commit_oneroster(empty, SYSTEM, preview)
    assert list_schools(empty, SYSTEM) == ()


def test_a_foreign_package_with_teachers_and_dashed_ids(filled, empty):
    def foreign(files):
        head = files["users"][0]
        teacher = dict.fromkeys(head, "") | {"sourcedId": "T-1", "givenName": "ครู", "familyName": "ใจดี"}
        files["users"].append([teacher[column] for column in head])
        head = files["roles"][0]
        role = {"sourcedId": "R-1", "userSourcedId": "T-1", "role": "teacher", "orgSourcedId": FIRST}
        files["roles"].append([role.get(column, "") for column in head])
        del files["demographics"]

    content = changed(oneroster.export_oneroster(filled, SYSTEM, YEAR), foreign)
    preview = oneroster.preview_oneroster(empty, SYSTEM, "a.zip", content)
    assert preview.teachers == 3  # two of this site
    oneroster.commit_oneroster(empty, SYSTEM, preview)
    assert len(listed(empty)) == 5
    assert plain_id("F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6") == "f81d4fae7dec11d0a76500a0c91e6bf6"
    assert plain_id("สมชาย") == plain_id("สมชาย") != plain_id("สมหญิง")


def rows_with(files, name, start):
    return [row for row in files[name] if row[0].startswith(start)]


REFUSED = {
    "oneroster.unreadable": lambda files: None,
    "oneroster.version": lambda files: rows_with(files, "manifest", "oneroster")[0].__setitem__(1, "1.1"),
    "oneroster.delta": lambda files: rows_with(files, "manifest", "file.users")[0].__setitem__(1, "delta"),
    "oneroster.column_missing": lambda files: files["users"][0].__setitem__(0, "id"),
    "oneroster.id_missing": lambda files: files["orgs"][1].__setitem__(0, ""),
    "oneroster.no_year": lambda files: [row.__setitem__(5, "?") for row in files["academicSessions"][1:]],
    "oneroster.several_years": lambda files: files["academicSessions"][2].__setitem__(5, "2020-06-01"),
    "oneroster.grade_unknown": lambda files: [
        row.__setitem__(slice(3, 5), ["x", "77"]) for row in rows_with(files, "classes", "class-")
    ],
    "roster.number_repeated": lambda files: files["users"][2].__setitem__(9, files["users"][1][9]),
    "oneroster.file_unreadable": lambda files: files["orgs"].append(["x" * 140_000]),
}


@pytest.mark.parametrize("code", REFUSED)
def test_refusals(filled, empty, code):
    content = changed(oneroster.export_oneroster(filled, SYSTEM, YEAR), REFUSED[code])
    if code == "oneroster.unreadable":
        with pytest.raises(ProblemsFound) as refused:
            oneroster.preview_oneroster(empty, SYSTEM, "a.zip", content[:300])
        problems = refused.value.problems
    else:
        preview = oneroster.preview_oneroster(empty, SYSTEM, "a.zip", content)
        assert not preview.ready
        problems = preview.problems
    assert code in {p.code for p in problems}
    assert all(p.place.file for p in problems)


def test_a_zip_without_manifest_and_a_bomb():
    from phonics_app.records import oneroster_read

    for name, text, code in (("a.csv", "x", "no_manifest"), ("users.csv", "0" * 64_000_000, "too_large")):
        result = io.BytesIO()
        with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, text)
        with pytest.raises(ProblemsFound) as refused:
            oneroster_read.read_package("a.zip", result.getvalue())
        assert refused.value.problems[0].code == f"oneroster.{code}"


def test_what_was_not_shown_is_not_stored(filled, people):
    content = oneroster.export_oneroster(filled, SYSTEM, YEAR)
    pupil = roster.list_pupils(filled, SYSTEM, FIRST, YEAR)[0]
    shown = oneroster.preview_oneroster(filled, people.administrator, "a.zip", content)
    roster.set_archived(filled, SYSTEM, pupil.id, True)
    anew = oneroster.preview_oneroster(filled, people.administrator, "a.zip", content)
    for preview, digest in ((shown, None), (anew, shown.digest)):
        with pytest.raises(Conflict, match=r"roster\.stale"):
            oneroster.commit_oneroster(filled, people.administrator, preview, digest)
    assert roster.get_pupil(filled, SYSTEM, pupil.id).archived


def test_a_pupil_known_under_another_number_is_pointed_out(filled, people):
    content = oneroster.export_oneroster(filled, SYSTEM, YEAR)
    pupil = roster.list_pupils(filled, SYSTEM, FIRST, YEAR)[0]
    draft = draft_of(pupil)
    changed_draft = PupilDraft("9", draft.prefix, draft.first_name, draft.last_name, draft.sex, draft.grade, draft.room)
    roster.correct_pupil(filled, SYSTEM, pupil.id, changed_draft)
    preview = oneroster.preview_oneroster(filled, people.administrator, "a.zip", content)
    assert "oneroster.known_otherwise" in {p.code for p in preview.problems if not p.warning}


def test_who_may_and_what_is_written_down(filled, people):
    for actor in (people.other_teacher, people.municipal_director, people.trainer, people.auditor):
        with pytest.raises(NotAllowed):
            oneroster.export_oneroster(filled, actor, YEAR, FIRST)
    with pytest.raises(NotAllowed):
        oneroster.export_oneroster(filled, people.teacher, YEAR)
    oneroster.export_oneroster(filled, people.teacher, YEAR, FIRST)
    with filled.store.read() as connection:
        entry = audit.entries(connection)[0]
    assert (entry.action, entry.subject, entry.data["rows"]) == ("export.oneroster", FIRST, 4)


def test_a_part_that_says_to_be_small_fills_no_memory(empty):
    def refusal(content):
        with pytest.raises(ProblemsFound) as refused:
            oneroster.preview_oneroster(empty, SYSTEM, "a.zip", content)
        return refused.value.problems[0].code

    assert bombs.refused_in_little_memory(bombs.bomb({}, "manifest.csv"), refusal) == "oneroster.unreadable"
