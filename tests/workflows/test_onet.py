"""O-NET: form, import, page and targets, and who may use them."""

import io

import pytest
import xlsxwriter

from phonics_app.domain.errors import NotAllowed, NotFound, ProblemsFound
from phonics_app.domain.grade import Grade
from phonics_app.domain.onet import OnetResult, OnetTarget
from phonics_app.records import audit
from phonics_app.workflows import onet
from tests.progress.site import FIRST, NETWORK, SECOND

P6 = OnetResult(FIRST, 2562, Grade.P6, 41, 36.2)
CSV = "ปีการศึกษา,ชั้น,จำนวนผู้เข้าสอบ,คะแนนเฉลี่ย\r\n๒๕๖๑,ป.6,40,39.5\r\n2562,ป.6,41,36.2\r\n"


def workbook(rows):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("O-NET")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return file.getvalue()


def page(phonics, who, school_id=FIRST):
    return onet.onet_page(phonics, who, Grade.P6, school_id)


def test_a_saved_result_is_on_the_page(phonics, people):
    onet.save_onet_result(phonics, people.director, P6)
    (row,) = page(phonics, people.director).table.to_dict("records")
    assert (row["n"], row["mean"], row["difference"]) == (41, 36.2, pytest.approx(36.2 - 34.42))


def test_saving_again_replaces(phonics, people):
    onet.save_onet_result(phonics, people.director, P6)
    onet.save_onet_result(phonics, people.director, OnetResult(FIRST, 2562, Grade.P6, 42, 37.0, share_50=0.1))
    (row,) = page(phonics, people.director).table.to_dict("records")
    assert (row["n"], row["mean"], row["share_50"]) == (42, 37.0, 0.1)


def test_an_impossible_result_is_refused(phonics, people):
    with pytest.raises(ProblemsFound) as refused:
        onet.save_onet_result(phonics, people.director, OnetResult(FIRST, 2562, Grade.M6, 0, 136.2))
    assert [p.code for p in refused.value.problems] == ["onet.grade_not_taught", "onet.n_bad", "onet.out_of_range"]
    assert page(phonics, people.director).table.empty


def test_deleting(phonics, people):
    onet.save_onet_result(phonics, people.director, P6)
    onet.delete_onet_result(phonics, people.director, FIRST, 2562, Grade.P6)
    assert page(phonics, people.director).table.empty
    with pytest.raises(NotFound):
        onet.delete_onet_result(phonics, people.director, FIRST, 2562, Grade.P6)


def test_importing_a_csv_file(phonics, people):
    preview = onet.preview_onet_import(phonics, people.director, FIRST, "o.csv", CSV.encode("utf-8-sig"))
    assert preview.problems == ()
    assert page(phonics, people.director).table.empty
    assert onet.commit_onet_import(phonics, people.director, preview) == 2
    assert list(page(phonics, people.director).table["change"].fillna(0).round(2)) == [0, -3.3]


def test_importing_an_old_thai_csv_file(phonics, people):
    preview = onet.preview_onet_import(phonics, people.director, FIRST, "o.csv", CSV.encode("cp874"))
    assert [r.year for r in preview.rows] == [2561, 2562]


def test_importing_a_workbook(phonics, people):
    content = workbook([["ปี", "ชั้น", "จำนวน", "ค่าเฉลี่ย"], [2562, "ม.3", 41, 36.25], [2561, "ม.3", 40.0, 30]])
    preview = onet.preview_onet_import(phonics, people.director, FIRST, "o.xlsx", content)
    assert preview.problems == ()
    assert [(r.year, r.n, r.mean) for r in preview.rows] == [(2562, 41, 36.25), (2561, 40, 30)]


def test_importing_twice_changes_nothing(phonics, people):
    for _ in range(2):
        preview = onet.preview_onet_import(phonics, people.director, FIRST, "o.csv", CSV.encode())
        onet.commit_onet_import(phonics, people.director, preview)
    assert len(page(phonics, people.director).table) == 2


def test_a_file_with_problems_is_not_stored(phonics, people):
    content = (CSV + "2563,ป.6,สี่สิบ,44\r\n").encode()
    preview = onet.preview_onet_import(phonics, people.director, FIRST, "o.csv", content)
    assert (len(preview.rows), preview.ready) == (2, False)
    assert (preview.problems[0].place.row, preview.problems[0].value) == (4, "สี่สิบ")
    with pytest.raises(ProblemsFound):
        onet.commit_onet_import(phonics, people.director, preview)
    assert page(phonics, people.director).table.empty


def test_a_preview_from_elsewhere_is_checked_again(phonics, people):
    with pytest.raises(ProblemsFound):
        onet.commit_onet_import(
            phonics, people.director, onet.OnetPreview((OnetResult(FIRST, 2562, Grade.P6, 0, 1),), ())
        )
    with pytest.raises(NotAllowed):
        onet.commit_onet_import(phonics, people.other_director, onet.OnetPreview((P6,), ()))


def test_targets(phonics, people):
    onet.set_target(phonics, people.director, OnetTarget(FIRST, Grade.P6, 40.0, False))
    onet.set_target(phonics, people.director, OnetTarget(FIRST, Grade.P6, 0.03, True))
    assert page(phonics, people.director).targets == (OnetTarget(FIRST, Grade.P6, 0.03, True),)
    onet.clear_target(phonics, people.director, FIRST, Grade.P6)
    assert page(phonics, people.director).targets == ()
    with pytest.raises(ProblemsFound):
        onet.set_target(phonics, people.director, OnetTarget(FIRST, Grade.P6, 400.0, False))


def test_all_schools_are_the_municipal_ones(phonics, people):
    for school_id in (FIRST, SECOND, NETWORK):
        result = OnetResult(school_id, 2562, Grade.P6, 41, 36.2)
        onet.save_onet_result(phonics, people.administrator, result)
    assert set(page(phonics, people.municipal_director, None).table["school_id"]) == {FIRST, SECOND}


def test_the_page_brings_nation_and_baseline(phonics, people):
    shown = page(phonics, people.director)
    assert {m.grade for m in shown.national} == {Grade.P6}
    assert (shown.baseline, shown.simulated) == (31.58, False)


def test_what_was_done_is_in_the_audit(phonics, people):
    onet.save_onet_result(phonics, people.director, P6)
    with phonics.store.read() as connection:
        entry = audit.entries(connection)[0]
    assert (entry.action, entry.subject, entry.data) == ("onet.saved", FIRST, {"year": 2562, "grade": "P6"})


@pytest.mark.parametrize("who", ["teacher", "other_director", "trainer"])
def test_others_may_neither_see_nor_change(phonics, people, who):
    actor = getattr(people, who)
    for act in (
        lambda: page(phonics, actor),
        lambda: onet.save_onet_result(phonics, actor, P6),
        lambda: onet.delete_onet_result(phonics, actor, FIRST, 2562, Grade.P6),
        lambda: onet.preview_onet_import(phonics, actor, FIRST, "o.csv", CSV.encode()),
        lambda: onet.set_target(phonics, actor, OnetTarget(FIRST, Grade.P6, 40.0, False)),
        lambda: onet.clear_target(phonics, actor, FIRST, Grade.P6),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_director_does_not_see_all_schools(phonics, people):
    with pytest.raises(NotAllowed):
        page(phonics, people.director, None)


def test_an_unknown_school(phonics, people):
    with pytest.raises(NotFound):
        onet.save_onet_result(phonics, people.administrator, OnetResult("none", 2562, Grade.P6, 4, 30.0))
