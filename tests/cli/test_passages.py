"""Reading passages from the command line."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from tests import sites

LEVEL_4 = [passage for passage in sites.content().passages if passage.level == 4]


def test_passages_as_text(run, site):
    code, out, _ = run("list-passages", "--level", "4")
    assert code == 0
    lines = out.splitlines()
    assert len(lines) == len(LEVEL_4) + 1
    first = LEVEL_4[0]
    assert lines[0].split() == [first.id, "4", first.status.value, str(len(first.words)), *first.title.th.split()]
    assert lines[-1] == f"บทอ่าน: {len(LEVEL_4)} บท"


def test_passages_as_json_hold_all_that_a_teacher_needs(run_json, site):
    code, told = run_json("list-passages", "--level", "4")
    assert code == 0
    assert [one["id"] for one in told] == [passage.id for passage in LEVEL_4]
    first, passage = told[0], LEVEL_4[0]
    assert [line["total"] for line in first["lines"]] == [line.total for line in passage.lines]
    assert first["words"] == first["lines"][-1]["total"] == len(passage.words)
    assert 0.9 <= first["decodable_share"] <= 1
    assert set(first["levels_of_heart_words"]) == {"the", "a", "and", "to"}
    assert first["questions"][0]["key"]["th"] == passage.questions[0].key.th
    assert first["practises"]


def test_only_what_stands_so(run_json, site):
    assert run_json("list-passages", "--status", "draft") == (0, [])


def test_a_level_without_passages_is_no_failure(run, site):
    assert run("list-passages", "--level", "1")[:2] == (0, "บทอ่าน: 0 บท\n")


@pytest.mark.parametrize(("chosen", "leaves"), [(("PS-0401",), 1), (("--level", "4"), len(LEVEL_4))])
def test_export(run_json, site, tmp_path, chosen, leaves):
    path = tmp_path / "passages.pdf"
    code, told = run_json("export-passage", *chosen, "--out", path, "--language", "en")
    assert code == 0
    assert told["bytes"] == path.stat().st_size
    pages = PdfReader(io.BytesIO(path.read_bytes())).pages
    assert len(pages) == 2 * leaves
    assert "Heart words to practise first" in pages[1].extract_text()


@pytest.mark.parametrize(("chosen", "told"), [(("PS-9999",), "PS-9999"), (("--level", "1"), "4, 5")])
def test_nothing_to_export(run, site, tmp_path, chosen, told):
    path = tmp_path / "passages.pdf"
    code, _, err = run("export-passage", *chosen, "--out", path)
    assert code == 1
    assert told in err
    assert not path.exists()


@pytest.mark.parametrize("chosen", [(), ("PS-0401", "--level", "4")])
def test_one_passage_or_a_level(run, site, tmp_path, chosen):
    assert run("export-passage", *chosen, "--out", tmp_path / "p.pdf")[0] == 2


def test_a_passage_is_a_pdf(run, site, tmp_path):
    assert run("export-passage", "PS-0401", "--out", tmp_path / "p.docx")[0] == 2
