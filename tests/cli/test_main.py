"""Help, languages, exit codes and errors of the command line."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys

import pytest

from phonics_app.cli.main import build_parser, chosen_language
from tests import sites
from tests.cli.commands import commands_of

COMMANDS = sorted(commands_of(build_parser("th")))


def test_help_names_every_command(run):
    code, out, _ = run("--help")
    assert code == 0
    assert all(name in out for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_each_example_is_a_right_command(run, name):
    """What help shows can be typed: the parser takes it as it stands."""
    for language in ("th", "en"):
        example = run("--language", language, name, "--help")[1].strip().splitlines()[-1]
        _, _, typed = example.partition("python -m phonics_app ")
        assert typed.split()[0] == name
        assert callable(build_parser(language).parse_args(shlex.split(typed)).run)


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_explains_itself_in_thai(run, name):
    code, out, _ = run(name, "--help")
    assert code == 0
    assert out.startswith("วิธีใช้: ")
    _usage, _, after = out.partition("\n\n")
    # An entry begins two columns in; where its name is long, what it means stands on the lines below.
    explained = re.findall(r"^ {2}\S.*(?:\n {3,}.*)*", after, re.MULTILINE)
    assert explained
    assert all(re.search("[ก-๙]", entry) for entry in explained)


def test_help_in_english(run):
    _, out, _ = run("--language", "en", "init", "--help")
    assert "create or upgrade the database" in out
    assert not re.search("[ก-๙]", out)


def test_parser_loads_nothing_heavy():
    code = "import sys; from phonics_app.cli.main import build_parser as b; b('th').format_help(); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"pandas", "numpy", "sqlalchemy", "streamlit", "plotly"} & set(loaded)


def test_whoever_has_read_enough_is_told_no_fault(tmp_path):
    """As `| head` does it: the pipe is closed while there is more to say."""
    command = [sys.executable, "-m", "phonics_app", "list-items", "--json"]
    surroundings = os.environ | {"PHONICS_DATA_DIR": str(tmp_path)}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=sites.ROOT, env=surroundings, **pipes) as process:
        assert process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


@pytest.mark.parametrize(
    ("arguments", "variable", "expected"),
    [
        ((), "", "th"),
        ((), "en", "en"),
        ((), "xx", "th"),
        (("--language", "en", "init"), "", "en"),
        (("--language=en",), "th", "en"),
        (("export-rubrics", "--language", "both"), "", "th"),
        (("--language",), "", "th"),
    ],
)
def test_language(monkeypatch, arguments, variable, expected):
    monkeypatch.setenv("PHONICS_LANGUAGE", variable)
    assert chosen_language(arguments) == expected


def test_readme_names_every_command():
    text = (sites.ROOT / "README.md").read_text(encoding="utf-8")
    assert not [name for name in COMMANDS if f"`{name}`" not in text]


@pytest.mark.parametrize("arguments", [[], ["bogus"], ["place"], ["export-rubrics", "--format", "odt"]])
def test_wrong_command_is_code_2(run, arguments):
    code, out, err = run(*arguments)
    assert code == 2
    assert out == ""
    assert err.startswith("คำสั่งไม่ถูกต้อง: ")


def test_missing_file_is_code_1(run, site):
    code, _, err = run("import-roster", "no such file.xlsx", "--school", "ประตูลี้")
    assert code == 1
    assert err.startswith("ใช้ไฟล์ no such file.xlsx ไม่ได้")


def test_refusal_as_json_has_both_languages(run_json, site):
    code, told = run_json("list-pupils", "--school", "เทศบาล")
    assert code == 1
    assert told["error"]["code"] == "cli.refused"
    problem = told["error"]["problems"][0]
    assert problem["code"] == "cli.school"
    assert problem["value"] == "เทศบาล"
    assert "จามเทวี" in problem["message"]["th"]
    assert "does not name exactly one school" in problem["message"]["en"]


def test_damaged_database_is_told_not_traced(process, tmp_path):
    (tmp_path / "phonics.db").write_bytes(b"SQLite format 3\0" + b"not a database" * 500)
    done = process("init", PHONICS_DATA_DIR=str(tmp_path))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert re.search("[ก-๙]{5}", done.stderr)


def test_output_is_utf8_whatever_the_console(process, tmp_path):
    done = process("init", PHONICS_DATA_DIR=str(tmp_path), PYTHONIOENCODING="ascii", LC_ALL="C")
    assert done.returncode == 0, done.stderr
    assert "ฐานข้อมูลพร้อมใช้งาน" in done.stdout


def test_parser_of_another_language_is_not_left_behind(run):
    build_parser("en")
    assert run("--help")[1].startswith("วิธีใช้: ")
