"""A pupil's screen beside the teacher's device: joining, what it may read, and when it ends."""

from __future__ import annotations

from threading import Event

import pytest
from sqlalchemy import delete, func, select

from phonics_app.domain.errors import Conflict, NotAllowed, NotFound, ProblemsFound
from phonics_app.domain.plan import BlockKind
from phonics_app.domain.school import PupilDraft, Sex
from phonics_app.records.guesses import PER_ADDRESS
from phonics_app.records.pupils import insert_pupils
from phonics_app.records.schema import screen_pair
from phonics_app.workflows import assess
from phonics_app.workflows.second_screen import (
    ShownItems,
    join_screen,
    open_screen,
    screen_gone,
    see_screen,
    show_on_screen,
    stop_waiting,
    wait_for_screen,
)
from tests import sites
from tests.pages.busy import diary_of
from tests.workflows.use_cases import GRADE, OWN

TEACHER = sites.PEOPLE.teacher
ATTEMPT = "e" * 32


@pytest.fixture
def site(own_template, tmp_path, clock):
    phonics = sites.open_copy(own_template, tmp_path / "data", clock)
    draft = PupilDraft("1", "ด.ช.", "ต้นกล้า", "จำลองกิจ", Sex.MALE, GRADE, "1")
    with phonics.store.write() as connection:
        insert_pupils(connection, OWN.school, sites.YEAR, [(OWN.pupil, draft)])
    yield phonics
    phonics.store.close()


@pytest.fixture
def sitting(site):
    return assess.start_attempt(site, TEACHER, ATTEMPT, OWN.pupil)


@pytest.fixture
def block(sitting):
    """One that is read, as the player would show it."""
    known = {item.id: item for item in sitting.plan.items}
    found = next(b for b in sitting.plan.blocks if all(known[i].stimulus for i in b.items))
    assert found.kind is BlockKind.GRID
    return [known[i] for i in found.items]


def paired(site):
    """A screen that has joined; its token."""
    return join_screen(site, open_screen(site, TEACHER, ATTEMPT).code, "1.2.3.4")


def shown(items):
    return ShownItems(tuple(item.id for item in items), (len(items),))


def test_the_screen_shows_the_words_and_nothing_else(site, block):
    token = paired(site)
    assert see_screen(site, token).status == "waiting"
    assert show_on_screen(site, TEACHER, ATTEMPT, shown(block)).status == "connected"
    seen = see_screen(site, token)
    assert (seen.status, seen.lines) == ("showing", (tuple(item.stimulus for item in block),))
    show_on_screen(site, TEACHER, ATTEMPT, None)
    assert (see_screen(site, token).status, see_screen(site, token).lines) == ("waiting", ())


def test_only_what_is_read_in_this_very_test_can_be_shown(site, sitting, block):
    paired(site)
    heard = next(item for item in sitting.plan.items if not item.stimulus)
    for foreign in ("ต้นกล้า", heard.id, "", block[0].key):
        with pytest.raises(ProblemsFound) as refused:
            show_on_screen(site, TEACHER, ATTEMPT, ShownItems((foreign,), (1,)))
        assert refused.value.problems[0].code == "screen.unknown_item"


def test_lines_hold_all_items(site, block):
    paired(site)
    for lines in ((), (1,), (len(block), 0), (len(block) + 1, -1)):
        with pytest.raises(ProblemsFound) as refused:
            show_on_screen(site, TEACHER, ATTEMPT, ShownItems(shown(block).items, lines))
        assert refused.value.problems[0].code == "screen.lines"


def test_a_code_is_good_for_one_screen(site, sitting):
    code = open_screen(site, TEACHER, ATTEMPT).code
    assert code.isdigit()
    assert len(code) == 6
    assert open_screen(site, TEACHER, ATTEMPT).code == code
    join_screen(site, f"{code[:3]} {code[3:]}", "1.2.3.4")
    with pytest.raises(NotFound):
        join_screen(site, code, "1.2.3.4")
    assert open_screen(site, TEACHER, ATTEMPT).code == ""


def test_another_screen_takes_the_place_of_the_first_when_it_joins(site, sitting):
    first = paired(site)
    renewed = open_screen(site, TEACHER, ATTEMPT, renew=True)
    assert see_screen(site, first) is not None
    second = join_screen(site, renewed.code, "1.2.3.4")
    assert see_screen(site, first) is None
    assert see_screen(site, second) is not None


def test_a_code_lives_ten_minutes(site, sitting, clock):
    code = open_screen(site, TEACHER, ATTEMPT).code
    clock.advance(minutes=10)
    with pytest.raises(NotFound):
        join_screen(site, code, "1.2.3.4")
    assert open_screen(site, TEACHER, ATTEMPT).code != code


def test_guessing_is_slowed_down_by_address_and_locks_no_class_out(site, sitting):
    code = open_screen(site, TEACHER, ATTEMPT).code
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    for _ in range(PER_ADDRESS):
        with pytest.raises(NotFound):
            join_screen(site, wrong, "6.6.6.6")
    with pytest.raises(NotAllowed):
        join_screen(site, code, "6.6.6.6")
    assert join_screen(site, code, "1.2.3.4")


@pytest.mark.parametrize("junk", ["", "abc", "12345", "1234567", "x" * 1000])
def test_what_is_no_code_leads_nowhere(site, sitting, junk):
    open_screen(site, TEACHER, ATTEMPT)
    with pytest.raises(NotFound):
        join_screen(site, junk, "1.2.3.4")


def test_the_pair_ends_with_the_test(site, sitting, block):
    token = paired(site)
    show_on_screen(site, TEACHER, ATTEMPT, shown(block))
    assess.append_events(site, TEACHER, ATTEMPT, diary_of(sitting, 4))
    assert (see_screen(site, token).status, see_screen(site, token).lines) == ("ended", ())
    assert show_on_screen(site, TEACHER, ATTEMPT, shown(block)).status == "closed"
    with pytest.raises(Conflict):
        open_screen(site, TEACHER, ATTEMPT)


def test_the_teacher_can_end_it(site, block):
    token = paired(site)
    show_on_screen(site, TEACHER, ATTEMPT, shown(block))
    show_on_screen(site, TEACHER, ATTEMPT, None, ended=True)
    assert see_screen(site, token).status == "ended"


def test_after_half_an_hour_without_a_word_of_the_teacher_nothing_is_shown(site, block, clock):
    token = paired(site)
    show_on_screen(site, TEACHER, ATTEMPT, shown(block))
    clock.advance(seconds=20)
    assert (see_screen(site, token).teacher, see_screen(site, token).status) == (False, "showing")
    clock.advance(minutes=30)
    assert see_screen(site, token) is None


def test_the_teacher_is_told_when_the_screen_does_not_ask_any_more(site, sitting, clock):
    token = paired(site)
    clock.advance(seconds=13)
    assert show_on_screen(site, TEACHER, ATTEMPT, None).status == "lost"
    see_screen(site, token)
    assert show_on_screen(site, TEACHER, ATTEMPT, None).status == "connected"
    asked = clock()
    screen_gone(site, token, asked)
    assert show_on_screen(site, TEACHER, ATTEMPT, None).status == "lost"
    clock.advance(seconds=1)
    see_screen(site, token)
    # What it had asked before it was loaded anew hangs up only now.
    screen_gone(site, token, asked)
    assert show_on_screen(site, TEACHER, ATTEMPT, None).status == "connected"


def test_another_process_knows_the_pair(site, block, tmp_path, clock):
    token = paired(site)
    show_on_screen(site, TEACHER, ATTEMPT, shown(block))
    other = sites.reopened(site)
    assert see_screen(other, token) == see_screen(site, token)
    assert show_on_screen(other, TEACHER, ATTEMPT, None).status == "connected"
    assert see_screen(site, token).status == "waiting"
    other.store.close()


def test_the_teachers_device_brings_a_forgotten_pair_along(site, block):
    token = paired(site)
    link = show_on_screen(site, TEACHER, ATTEMPT, shown(block)).link
    assert link != token
    with site.store.write() as connection:
        connection.execute(delete(screen_pair))
    assert see_screen(site, token) is None
    assert show_on_screen(site, TEACHER, ATTEMPT, shown(block)).status == "closed"
    show_on_screen(site, TEACHER, ATTEMPT, shown(block), link)
    assert see_screen(site, token).lines == (tuple(item.stimulus for item in block),)


def test_a_link_gives_nobody_more_than_he_may_have(site, block):
    link = show_on_screen(site, TEACHER, ATTEMPT, None, "0" * 64).link
    with pytest.raises(NotAllowed):
        show_on_screen(site, sites.PEOPLE.other_teacher, ATTEMPT, shown(block), link)
    # Whoever knows the hash alone, as the teacher's device does, can't see the screen by it.
    assert see_screen(site, link) is None


def test_whoever_waits_is_told_once_whichever_process_changed_it(site, block):
    token, told, heard = paired(site), Event(), []

    def listener():
        heard.append("changed")
        told.set()

    other = sites.reopened(site)
    for process in (site, other):
        told.clear()
        wait_for_screen(site, token, see_screen(site, token).version, listener)
        show_on_screen(process, TEACHER, ATTEMPT, shown(block) if process is site else None)
        assert told.wait(10)
        show_on_screen(process, TEACHER, ATTEMPT, shown(block[:1]))
    assert heard == ["changed"] * 2
    wait_for_screen(site, token, see_screen(site, token).version, listener)
    stop_waiting(listener)
    show_on_screen(site, TEACHER, ATTEMPT, None)
    assert heard == ["changed"] * 2
    other.store.close()


def test_a_device_that_beats_writes_seldom(site, block, clock):
    """Every beat of both devices would else be a write, of a hundred pairs too many."""
    token = paired(site)
    show_on_screen(site, TEACHER, ATTEMPT, shown(block))
    written = []
    real = type(site.store).write

    def counted(store):
        written.append(clock())
        return real(store)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(site.store), "write", counted)
        for _ in range(60):
            clock.advance(seconds=1)
            show_on_screen(site, TEACHER, ATTEMPT, shown(block))
            see_screen(site, token, "seen")
    assert len(written) <= 60 / 5 + 60 / 2


def test_pairs_that_nobody_uses_any_more_go(site, sitting, clock):
    open_screen(site, TEACHER, ATTEMPT)
    clock.advance(minutes=31)
    assess.start_attempt(site, TEACHER, "f" * 32, OWN.pupil)
    open_screen(site, TEACHER, "f" * 32)
    with site.store.read() as connection:
        assert connection.scalar(select(func.count()).select_from(screen_pair)) == 1
