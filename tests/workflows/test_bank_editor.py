"""Proposing, reviewing, activating and retiring items; what is in force, and that earlier tests stay as they were."""

from __future__ import annotations

import pytest

from phonics_app.content.item_cells import cells_of
from phonics_app.domain.account import SYSTEM
from phonics_app.domain.bank import ItemStatus
from phonics_app.domain.errors import Conflict, NotFound, ProblemsFound
from phonics_app.domain.grade import Grade
from phonics_app.domain.school import PupilDraft, Sex
from phonics_app.records import audit, bank_changes
from phonics_app.records.pupils import insert_pupils
from phonics_app.workflows import assess
from phonics_app.workflows import bank_editor as editor
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.sittings import current_plan
from tests import sites
from tests.pages.busy import attempt_id, sit
from tests.workflows.items import GOOD, OTHER_GOOD, pseudo_word


def codes(found: pytest.ExceptionInfo[ProblemsFound]) -> list[str]:
    return [problem.code for problem in found.value.problems]


def status_of(phonics, item_id):
    return phonics.content.bank.item(item_id).status


def in_some_plan(phonics, item_id):
    """Whether a test of today asks it: a plan takes most items, but not all, of a level."""
    variants = range(phonics.content.bank.placement.variants)
    return any(item.id == item_id for v in variants for item in current_plan(phonics, v).items)


@pytest.fixture
def proposed(phonics, people):
    return editor.propose_item(phonics, people.teacher, GOOD)


@pytest.fixture
def active(phonics, people, proposed):
    """The id of a made-up word of this site that is in force."""
    return editor.activate_item(phonics, people.other_teacher, proposed.item_id).item_id


def test_from_a_proposal_to_the_next_test(phonics, people, clock):
    shipped = phonics.content.bank.version
    change = editor.propose_item(phonics, people.teacher, GOOD)
    assert change.item.status is ItemStatus.DRAFT
    assert change.item.version == 1
    assert phonics.content.bank.version == shipped
    clock.advance(days=1)
    done = editor.activate_item(phonics, people.other_teacher, change.item_id, seen=change.id)
    assert (done.item.status, done.item.since) == (ItemStatus.ACTIVE, "2026-06-16")
    assert phonics.content.bank.item(change.item_id) == done.item
    assert phonics.content.bank.version != shipped
    assert in_some_plan(phonics, change.item_id)


def test_another_process_sees_it_without_restarting(phonics, people, proposed):
    other = Phonics(phonics.settings, phonics.store, phonics.shipped)
    before = other.content.bank.version
    editor.activate_item(phonics, people.trainer, proposed.item_id)
    assert other.content.bank.version == phonics.content.bank.version != before
    assert other.content is other.content


def test_a_broken_rule_is_told_and_nothing_is_stored(phonics, people):
    for broken, code in (
        (pseudo_word("ch ai", "CH EY", level=7), "content.pseudo_sounds_like"),
        (GOOD | {"level": "3"}, "content.too_late"),
        (GOOD | {"prompt_th": ""}, "content.empty"),
    ):
        assert code in [p.code for p in editor.check_form(phonics, people.teacher, broken).problems]
        with pytest.raises(ProblemsFound) as found:
            editor.propose_item(phonics, people.teacher, broken)
        assert code in codes(found)
    with phonics.store.read() as connection:
        assert bank_changes.all_changes(connection) == {}


def test_nobody_reviews_what_he_has_written(phonics, people, proposed):
    with pytest.raises(Conflict, match=r"item\.own_proposal"):
        editor.activate_item(phonics, people.teacher, proposed.item_id)
    editor.send_back_item(phonics, people.other_teacher, proposed.item_id, "คำนี้คล้าย chop")
    with pytest.raises(Conflict, match=r"item\.sent_back"):
        editor.activate_item(phonics, people.trainer, proposed.item_id)
    # The second person mends it: now both are its authors, and a third must review.
    editor.propose_item(phonics, people.other_teacher, OTHER_GOOD, proposed.item_id)
    for author in (people.teacher, people.other_teacher):
        with pytest.raises(Conflict, match=r"item\.own_proposal"):
            editor.activate_item(phonics, author, proposed.item_id)
        with pytest.raises(Conflict, match=r"item\.own_proposal"):
            editor.send_back_item(phonics, author, proposed.item_id, "ไม่ดี")
    assert editor.activate_item(phonics, people.trainer, proposed.item_id).item.stimulus == "sheb"


def test_what_the_reviewer_saw_must_be_the_last_word(phonics, people, proposed):
    editor.propose_item(phonics, people.teacher, OTHER_GOOD, proposed.item_id, seen=proposed.id)
    for act in (
        lambda: editor.activate_item(phonics, people.trainer, proposed.item_id, seen=proposed.id),
        lambda: editor.send_back_item(phonics, people.trainer, proposed.item_id, "ไม่ดี", seen=proposed.id),
        lambda: editor.propose_item(phonics, people.trainer, GOOD, proposed.item_id, seen=proposed.id),
    ):
        with pytest.raises(Conflict, match=r"item\.changed"):
            act()


def test_of_two_who_edit_a_shipped_item_at_once_the_second_is_told(phonics, people):
    edited = cells_of(phonics.content.bank.item("WR-0226"))
    editor.propose_item(phonics, people.teacher, edited | {"prompt_en": "Read it."}, "WR-0226", seen="")
    with pytest.raises(Conflict) as found:
        editor.propose_item(phonics, people.other_teacher, edited | {"prompt_en": "Say it."}, "WR-0226", seen="")
    assert found.value.code == "item.changed"
    assert editor.activate_item(phonics, people.trainer, "WR-0226").item.prompt.en == "Read it."


def test_the_rules_are_asked_again_at_activation(phonics, people, proposed, active):
    """Two people propose the same word; the first is activated, the second would be asked twice."""
    with pytest.raises(ProblemsFound) as found:
        editor.propose_item(phonics, people.trainer, GOOD)
    assert codes(found) == ["content.item_repeated"]


def test_two_same_proposals(phonics, people):
    first = editor.propose_item(phonics, people.teacher, GOOD)
    second = editor.propose_item(phonics, people.teacher, GOOD)
    editor.activate_item(phonics, people.trainer, first.item_id)
    with pytest.raises(ProblemsFound) as found:
        editor.activate_item(phonics, people.trainer, second.item_id)
    assert codes(found) == ["content.item_repeated"]


def test_a_proposal_is_taken_back_by_its_author(phonics, people, proposed):
    with pytest.raises(Conflict, match=r"item\.other_proposal"):
        editor.withdraw_item(phonics, people.other_teacher, proposed.item_id)
    editor.withdraw_item(phonics, people.teacher, proposed.item_id)
    for act in (editor.withdraw_item, editor.activate_item):
        with pytest.raises(Conflict, match=r"item\.nothing_proposed"):
            act(phonics, people.teacher, proposed.item_id)
    assert editor.propose_item(phonics, people.teacher, GOOD).item_id != proposed.item_id


def test_an_edit_is_a_new_version_and_waits(phonics, people):
    item = next(i for i in phonics.content.bank.active(4) if i.task.value == "read_pseudo_word")
    edited = cells_of(item) | {"prompt_en": "Read this made-up word aloud."}
    change = editor.propose_item(phonics, people.teacher, edited, item.id)
    assert (change.item_id, change.item.version) == (item.id, item.version + 1)
    assert phonics.content.bank.item(item.id) == item
    editor.activate_item(phonics, people.administrator, item.id)
    assert phonics.content.bank.item(item.id).version == item.version + 1
    assert phonics.content.bank.item(item.id).prompt.en == "Read this made-up word aloud."
    assert len(phonics.content.bank.items) == len(phonics.shipped.bank.items)


def test_retired_with_a_reason_and_restored(phonics, people, active):
    with pytest.raises(ProblemsFound) as found:
        editor.retire_item(phonics, people.trainer, active, "  ")
    assert codes(found) == ["item.reason_missing"]
    editor.retire_item(phonics, people.trainer, active, "นักเรียนสับสนกับ chop")
    assert status_of(phonics, active) is ItemStatus.RETIRED
    assert not in_some_plan(phonics, active)
    with pytest.raises(Conflict, match=r"item\.not_active"):
        editor.retire_item(phonics, people.trainer, active, "อีกครั้ง")
    editor.restore_item(phonics, people.administrator, active)
    assert status_of(phonics, active) is ItemStatus.ACTIVE
    with pytest.raises(Conflict, match=r"item\.not_retired"):
        editor.restore_item(phonics, people.administrator, active)


def test_a_shipped_item_can_be_retired_here(phonics, people):
    item = next(i for i in phonics.content.bank.active(4) if i.task.value == "read_word")
    editor.retire_item(phonics, people.trainer, item.id, "ไม่เหมาะกับโรงเรียนเรา")
    assert status_of(phonics, item.id) is ItemStatus.RETIRED
    assert phonics.shipped.bank.item(item.id) == item


def test_the_bank_is_never_emptied(phonics, people):
    """Pseudo-words of a level may be retired only as long as two blocks of them are left."""
    items = [i for i in phonics.content.bank.active(3) if i.task.value == "say_sound"]
    refused = None
    for item in items:
        try:
            editor.retire_item(phonics, people.trainer, item.id, "ลองดู")
        except ProblemsFound as problems:
            refused = problems
            break
    assert refused is not None
    assert {p.code for p in refused.problems} <= {"content.block_items", "content.level_items"}
    assert current_plan(phonics, 0)


def test_unknown_items(phonics, people):
    for act in (editor.activate_item, editor.withdraw_item, editor.restore_item):
        with pytest.raises(NotFound, match=r"item\.unknown"):
            act(phonics, people.administrator, "X-00000000-0001")
    with pytest.raises(NotFound, match=r"item\.unknown"):
        editor.propose_item(phonics, people.administrator, GOOD, "PA-9999")


def test_the_audit_says_who_did_what(phonics, people, active):
    with phonics.store.read() as connection:
        entries = audit.entries(connection, wanted=audit.AuditFilter(action="item"))
    assert [(e.account_id, e.action, e.subject) for e in entries] == [
        ("other_teacher", "item.activated", active),
        ("teacher", "item.proposed", active),
    ]


def test_earlier_results_are_computed_as_before(phonics, people):
    """Plans are stored whole: neither an edit nor a retirement changes what a test meant."""
    draft = PupilDraft("1", "ด.ช.", "ต้นกล้า", "จำลองกิจ", Sex.MALE, Grade.P2, "1")
    with phonics.store.write() as connection:
        insert_pupils(connection, sites.SCHOOLS[0].id, sites.YEAR, [("pupil", draft)])
    sit(phonics, attempt_id(1), "pupil", 5)
    before = assess.compute_result(phonics, SYSTEM, attempt_id(1))
    asked = [phonics.content.bank.item(score.item_id) for score in before.scores]
    edited = next(i for i in asked if i.graphemes)
    retired = next(i for i in asked if i.id != edited.id)
    harder = cells_of(edited) | {"difficulty": "3.5", "standard_error": "0.2"}
    editor.propose_item(phonics, people.teacher, harder, edited.id)
    editor.activate_item(phonics, people.trainer, edited.id)
    editor.retire_item(phonics, people.trainer, retired.id, "ไม่เหมาะ")
    assert phonics.content.bank.item(edited.id).difficulty.value == 3.5
    assert assess.compute_result(phonics, SYSTEM, attempt_id(1)) == before
    assert before.bank_version == phonics.shipped.bank.version
    sit(phonics, attempt_id(2), "pupil", 5)
    after = assess.compute_result(phonics, SYSTEM, attempt_id(2))
    assert after.bank_version == phonics.content.bank.version != before.bank_version
    assert retired.id not in {score.item_id for score in after.scores}
