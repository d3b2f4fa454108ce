"""Class lists from the command line."""

from __future__ import annotations

import csv

import pytest

HEADERS = ["เลขประจำตัวนักเรียน", "คำนำหน้าชื่อ", "ชื่อ", "นามสกุล", "เพศ", "ชั้น", "ห้อง", "ศาสนา"]
PUPILS = [
    ["1001", "ด.ช.", "ต้นกล้า", "สมมุติสกุล", "ช", "ป.3", "1", "พุทธ"],
    ["1002", "ด.ญ.", "ใบข้าว", "สมมุติวงศ์", "ญ", "ป.3", "2", "พุทธ"],
]


@pytest.fixture
def write(tmp_path):
    def file(*rows, headers=HEADERS, name="ห้อง.csv"):
        path = tmp_path / name
        with path.open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream).writerows([headers, *rows])
        return path

    return file


def names(run_json):
    return [p["first_name"] for p in run_json("list-pupils", "--school", "ประตูลี้", "--year", "2569")[1]]


def test_import_and_list(run, run_json, site, write):
    arguments = ("import-roster", write(*PUPILS), "--school", "ประตูลี้", "--year", "2569")
    code, told = run_json(*arguments, "--dry-run")
    assert code == 0, told
    assert (told["new"], told["stored"], told["ready"]) == (2, 0, True)
    assert told["dropped"] == ["ศาสนา"]
    assert names(run_json) == []
    assert run_json(*arguments)[1]["stored"] == 2
    assert names(run_json) == ["ต้นกล้า", "ใบข้าว"]
    again = run_json(*arguments)[1]
    assert (again["unchanged"], again["new"], again["stored"]) == (2, 0, 0)


def test_every_problem_is_told_and_nothing_stored(run, run_json, site, write):
    wrong = [["1001", "ด.ช.", "ก้อง", "สมมุติ", "ช", "ป.33", "1", ""], ["1002", "ด.ญ.", "", "สมมุติ", "ญ", "ป.3", "1", ""]]
    code, _, err = run("import-roster", write(*wrong), "--school", "ประตูลี้", "--year", "2569")
    assert code == 1
    assert len([line for line in err.splitlines() if "แถว" in line]) >= 2
    assert "ป.33" in err
    assert names(run_json) == []


def test_columns_may_be_named(run_json, site, write):
    headers = ["A", "B", "C", "D", "E", "F", "G", "H"]
    path = write(*PUPILS, headers=headers)
    fields = ["A=number", "B=prefix", "C=first_name", "D=last_name", "E=sex", "F=grade", "G=room"]
    mapping = [part for field in fields for part in ("--map", field)]
    code, told = run_json("import-roster", path, "--school", "ประตูลี้", "--year", "2569", *mapping)
    assert code == 0, told
    assert told["stored"] == 2


def test_wrong_names_of_columns_are_all_told(run_json, site, write):
    bad = ["--map", "ไม่มี=grade", "--map", "ชั้น=colour"]
    code, told = run_json("import-roster", write(*PUPILS), "--school", "ประตูลี้", *bad)
    assert code == 1
    assert [p["code"] for p in told["error"]["problems"]] == ["cli.no_such_header", "cli.no_such_field"]
