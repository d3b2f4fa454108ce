"""A class takes a test by itself: who may do what, from the code to the result."""

from __future__ import annotations

from dataclasses import replace

import pytest

from phonics_app.domain.account import Actor, Grant, Role
from phonics_app.domain.class_sitting import SeatAction
from phonics_app.domain.errors import Conflict, NotAllowed, NotFound
from phonics_app.domain.event import Event, EventKind
from phonics_app.domain.school import Classroom
from phonics_app.records import class_sittings as records
from phonics_app.records.class_sittings import note_heard
from phonics_app.records.pupils import draft_of
from phonics_app.speech import espeak
from phonics_app.workflows import assess, class_sittings, presence, roster, self_run
from phonics_app.workflows.class_sittings import act_on_seats, change_sitting, sitting_board
from phonics_app.workflows.exports import export_result
from phonics_app.workflows.item_bank import count_asked
from phonics_app.workflows.levels import explain_result
from tests import classroom, sites
from tests.engine.listening import Device

SCHOOL = sites.SCHOOLS[0].id
TEACHER = sites.PEOPLE.teacher


@pytest.fixture(scope="module")
def template(own_template, tmp_path_factory):
    phonics = sites.open_copy(own_template, tmp_path_factory.mktemp("class"))
    classroom.enrol(phonics)
    classroom.record_everything(phonics)
    phonics.store.close()
    return sites.path_of(phonics)


@pytest.fixture
def site(template, tmp_path, clock):
    phonics = sites.open_copy(template, tmp_path / "data", clock)
    yield phonics
    phonics.store.close()


@pytest.fixture
def sitting(site):
    return class_sittings.open_class_sitting(site, TEACHER, SCHOOL, classroom.GRADE, classroom.ROOM)


def teacher_of(room):
    rooms = (Classroom(sites.YEAR, classroom.GRADE, room),)
    return Actor("teacher", "teacher", (Grant(Role.TEACHER, SCHOOL, rooms),))


def test_sittings_of_single_rooms(site, sitting):
    """One of a level belongs to those who hold the rooms of all who sit in it."""
    mine, other = teacher_of(classroom.ROOM), teacher_of("9")
    seated = [row.seat.pupil_id for row in sitting_board(site, mine, sitting.id).rows]
    with site.store.write() as connection:
        plan = sitting.plan_hash
        of_level = replace(sitting, id="1e" * 16, grade=None, room="", level=4, code="", plan_hash=plan)
        records.insert_sitting(connection, of_level, seated)
    found = class_sittings.list_class_sittings(site, mine, SCHOOL)
    assert {one.id for one in found} == {sitting.id, of_level.id}
    assert class_sittings.list_class_sittings(site, other, SCHOOL) == ()
    assert len(sitting_board(site, mine, of_level.id).rows) == len(seated)
    pupil = roster.get_pupil(site, TEACHER, seated[0])
    roster.correct_pupil(site, TEACHER, pupil.id, replace(draft_of(pupil), room="9"))
    assert class_sittings.list_class_sittings(site, mine, SCHOOL) == (sitting,)
    for refused in (mine, other):
        with pytest.raises(NotAllowed):
            sitting_board(site, refused, of_level.id)
    assert class_sittings.list_class_sittings(site, TEACHER, SCHOOL) != (sitting,)


def enter(site, sitting, number, *, admitted=True):
    """A device that sits at `number`; its token."""
    token = self_run.join(site, sitting.code, "1.2.3.4").token
    self_run.choose_number(site, token, number)
    self_run.confirm_name(site, token, is_mine=True)
    if admitted:
        act_on_seats(site, TEACHER, sitting.id, SeatAction.ADMIT, [number])
    return token


def statuses(site, sitting):
    return [row.seat.status.value for row in sitting_board(site, TEACHER, sitting.id).rows]


def test_from_the_code_to_the_result(site, sitting):
    assert len(sitting.code) == 6
    token = self_run.join(site, f"{sitting.code[:3]} {sitting.code[3:]}", "1.2.3.4").token
    place = self_run.place_of(site, token)
    assert (place.status, place.name) == ("choosing", "")
    assert place.numbers == tuple((n, True) for n in range(1, 6))
    place = self_run.choose_number(site, token, 2)
    assert (place.status, place.name) == ("checking", "ด.ช.ต้นกล้า สมมุติ1")
    place = self_run.confirm_name(site, token, is_mine=True)
    assert (place.status, place.name) == ("waiting", "")
    with pytest.raises(Conflict, match="not_admitted"):
        self_run.self_test(site, token)
    assert act_on_seats(site, TEACHER, sitting.id, SeatAction.ADMIT) == 1
    test = self_run.self_test(site, token)
    assert self_run.self_test(site, token).attempt == test.attempt
    events = classroom.whole_test(test)
    self_run.ask_help(site, token, wanted=True)
    acknowledged, place = self_run.append_self_events(site, token, test.attempt.id, events[:9])
    assert (acknowledged, place.status) == (9, "going")
    acknowledged, place = self_run.append_self_events(site, token, test.attempt.id, events[5:])
    assert (acknowledged, place.status) == (len(events), "finished")
    row = sitting_board(site, TEACHER, sitting.id).rows[1]
    result = assess.compute_result(site, TEACHER, test.attempt.id)
    assert not row.seat.needs_help
    assert (row.seat.items, row.level, row.flags) == (len(result.scores), result.proposed_level, ())
    assert result.proposed_level == 5
    explained = explain_result(site, TEACHER, test.attempt.id)
    assert (explained.level, explained.allowance) == (5, None)
    assert explained.fit is not None
    assert export_result(site, TEACHER, test.attempt.id, language="th")[:4] == b"%PDF"
    asked = count_asked(site, TEACHER)
    assert all(asked[score.item_id] == 1 for score in result.scores)
    placed = assess.decide_placement(site, TEACHER, test.attempt.id, 5)
    assert placed.pupil_id == row.pupil.id


def test_a_wrong_code_is_refused_and_many_are_throttled(site, sitting, clock):
    wrong = f"{(int(sitting.code) + 1) % 10**6:06}"
    for _ in range(30):
        with pytest.raises(NotFound, match="code_wrong"):
            self_run.join(site, wrong, "6.6.6.6")
    with pytest.raises(NotAllowed, match="throttled"):
        self_run.join(site, sitting.code, "6.6.6.6")
    assert self_run.join(site, sitting.code, "7.7.7.7").token
    clock.advance(minutes=16)
    assert self_run.join(site, sitting.code, "6.6.6.6").token


def test_a_code_ends(site, sitting, clock):
    clock.advance(hours=3)
    with pytest.raises(NotFound, match="code_wrong"):
        self_run.join(site, sitting.code, "1.2.3.4")
    again = change_sitting(site, TEACHER, sitting.id, ended=False)
    assert again.code != sitting.code
    assert self_run.join(site, again.code, "1.2.3.4").token


def test_two_devices_on_one_number(site, sitting):
    enter(site, sitting, 3, admitted=False)
    other = self_run.join(site, sitting.code, "1.2.3.5").token
    assert dict(self_run.place_of(site, other).numbers)[3] is False
    with pytest.raises(Conflict, match="number_taken"):
        self_run.choose_number(site, other, 3)
    assert self_run.place_of(site, other).status == "choosing"


def test_names_are_told_of_few_numbers(site, sitting):
    """A device can't read the class list."""
    token = self_run.join(site, sitting.code, "1.2.3.4").token
    for number in (1, 2, 3, 4, 5, 1):
        self_run.choose_number(site, token, number)
        self_run.confirm_name(site, token, is_mine=False)
    with pytest.raises(NotAllowed, match="too_many_numbers"):
        self_run.choose_number(site, token, 2)


def test_entering_again_tells_no_further_names(site, sitting, clock):
    """With the code every device could begin anew as another one: its address has had its share of names."""

    def look(number, address):
        token = self_run.join(site, sitting.code, address).token
        self_run.choose_number(site, token, number, address)
        self_run.confirm_name(site, token, is_mine=False)

    for _ in range(self_run.MOST_OF_ADDRESS):
        look(1, "6.6.6.6")
    with pytest.raises(NotAllowed, match="too_many_numbers"):
        look(2, "6.6.6.6")
    look(2, "7.7.7.7")
    clock.advance(minutes=16)
    look(2, "6.6.6.6")


def test_a_whole_class_behind_one_address_comes_in(site, sitting):
    """Names that were confirmed are no looking around."""
    for _ in range(3):
        for number in range(1, 6):
            token = self_run.join(site, sitting.code, "6.6.6.6").token
            self_run.choose_number(site, token, number, "6.6.6.6")
            assert self_run.confirm_name(site, token, is_mine=True).number == number
        act_on_seats(site, TEACHER, sitting.id, SeatAction.TAKE_BACK)
    assert len(statuses(site, sitting)) == 5
    for _ in range(self_run.MOST_OF_ADDRESS):
        token = self_run.join(site, sitting.code, "6.6.6.6").token
        self_run.choose_number(site, token, 1, "6.6.6.6")
        self_run.confirm_name(site, token, is_mine=True)
        act_on_seats(site, TEACHER, sitting.id, SeatAction.TAKE_BACK)


def test_a_token_is_good_for_one_pupil_until_it_is_taken_back(site, sitting):
    token = enter(site, sitting, 1)
    mine = self_run.self_test(site, token).attempt
    assert self_run.choose_number(site, token, 2).number == 1
    act_on_seats(site, TEACHER, sitting.id, SeatAction.TAKE_BACK, [1])
    assert self_run.place_of(site, token) is None
    assert self_run.self_test(site, token) is None
    assert self_run.append_self_events(site, token, mine.id, []) is None
    # Whoever sits down there next goes on with the same test.
    assert self_run.self_test(site, enter(site, sitting, 1)).attempt == mine


def test_pause_help_and_going_on(site, sitting):
    token = enter(site, sitting, 1)
    self_run.ask_help(site, token, wanted=True)
    assert sitting_board(site, TEACHER, sitting.id).rows[0].seat.needs_help
    act_on_seats(site, TEACHER, sitting.id, SeatAction.PAUSE)
    assert statuses(site, sitting)[0] == "paused"
    act_on_seats(site, TEACHER, sitting.id, SeatAction.HELPED, [1])
    act_on_seats(site, TEACHER, sitting.id, SeatAction.GO_ON)
    assert self_run.place_of(site, token).status == "admitted"
    assert not sitting_board(site, TEACHER, sitting.id).rows[0].seat.needs_help


def test_every_process_knows_which_devices_are_there_and_few_writes_say_so(site, sitting, clock, monkeypatch):
    tokens = [enter(site, sitting, number) for number in (1, 2, 3)]
    written = []
    monkeypatch.setattr(records, "note_heard", lambda *told: written.append(clock()) or note_heard(*told))
    for _ in range(24):
        clock.advance(seconds=2.5)
        for token in tokens:
            self_run.place_of(site, token)
    assert len(written) <= 60 / 6 + 1
    monkeypatch.setattr(presence, "_heard", {})  # as in a process that no device has asked
    assert [row.connected for row in sitting_board(site, TEACHER, sitting.id).rows] == [True] * 3 + [False] * 2
    clock.advance(seconds=25)
    assert not any(row.connected for row in sitting_board(site, TEACHER, sitting.id).rows)


def test_who_is_admitted_without_being_asked(site, sitting):
    waiting = enter(site, sitting, 1, admitted=False)
    change_sitting(site, TEACHER, sitting.id, admits=True)
    assert self_run.place_of(site, waiting).status == "admitted"
    assert self_run.place_of(site, enter(site, sitting, 2, admitted=False)).status == "admitted"


def half(test, answers=6):
    device = Device(test.ready, test.attempt.spec, test.attempt.id)
    device.record(EventKind.ATTEMPT_STARTED)
    for _ in range(answers):
        device.answer(right=True)
    return device


def test_an_unfinished_test_goes_on_another_day(site, sitting, clock):
    token = enter(site, sitting, 1)
    test = self_run.self_test(site, token)
    device = half(test)
    self_run.append_self_events(site, token, device.attempt, device.events)
    change_sitting(site, TEACHER, sitting.id, ended=True)
    assert statuses(site, sitting) == ["ended"] + ["expected"] * (len(statuses(site, sitting)) - 1)
    clock.advance(days=3)
    second = class_sittings.open_class_sitting(site, TEACHER, SCHOOL, classroom.GRADE, classroom.ROOM)
    again = self_run.self_test(site, enter(site, second, 1))
    assert again.attempt == test.attempt
    assert list(again.events) == device.events
    assert sitting_board(site, TEACHER, second.id).rows[0].seat.items == 6


def test_what_was_answered_before_the_end_still_comes_in(site, sitting):
    token = enter(site, sitting, 1)
    device = half(self_run.self_test(site, token))
    act_on_seats(site, TEACHER, sitting.id, SeatAction.END, [1])
    acknowledged, place = self_run.append_self_events(site, token, device.attempt, device.events)
    assert (acknowledged, place.status) == (len(device.events), "ended")
    act_on_seats(site, TEACHER, sitting.id, SeatAction.RE_OPEN, [1])
    assert self_run.place_of(site, token).status == "admitted"


def test_a_test_that_is_closed_counts_as_it_is(site, sitting):
    token = enter(site, sitting, 1)
    test = self_run.self_test(site, token)
    self_run.append_self_events(site, token, test.attempt.id, half(test).events)
    act_on_seats(site, TEACHER, sitting.id, SeatAction.END, [1])
    act_on_seats(site, TEACHER, sitting.id, SeatAction.CLOSE, [1])
    result = assess.compute_result(site, TEACHER, test.attempt.id)
    assert (result.stop_reason.value, len(result.scores)) == ("teacher", 6)
    assert statuses(site, sitting)[0] == "finished"
    assert self_run.place_of(site, token) is None


def test_whoever_never_came_is_not_sent_home(site, sitting):
    """Neither is a test counted that somebody only entered."""
    token = enter(site, sitting, 1)
    self_run.self_test(site, token)
    change_sitting(site, TEACHER, sitting.id, ended=True)
    assert statuses(site, sitting)[:2] == ["ended", "expected"]
    assert act_on_seats(site, TEACHER, sitting.id, SeatAction.CLOSE, [1, 2]) == 0
    assert statuses(site, sitting)[:2] == ["ended", "expected"]


def test_flags_reach_the_teacher(site, sitting):
    token = enter(site, sitting, 1)
    test = self_run.self_test(site, token)
    hasty = Device(test.ready, test.attempt.spec, test.attempt.id, pace=0.3)
    hasty.sit(lambda difficulty: difficulty < 0)
    self_run.append_self_events(site, token, test.attempt.id, hasty.events)
    assert sitting_board(site, TEACHER, sitting.id).rows[0].flags == ("rapid_guessing",)


def test_other_events_under_the_same_number_are_refused(site, sitting):
    token = enter(site, sitting, 1)
    device = half(self_run.self_test(site, token))
    events = device.events
    self_run.append_self_events(site, token, device.attempt, events)
    with pytest.raises(Conflict, match=r"events\.differ"):
        self_run.append_self_events(
            site, token, device.attempt, [replace(events[-1], data={"item": "x", "value": "y"})]
        )


def test_what_another_pupil_left_on_the_device_is_not_taken_for_mine(site, sitting):
    events = half(self_run.self_test(site, enter(site, sitting, 1))).events
    token = enter(site, sitting, 2)
    self_run.self_test(site, token)
    with pytest.raises(Conflict, match="other_test"):
        self_run.append_self_events(site, token, "f" * 32, events)


def test_a_finish_that_the_engine_does_not_see_finishes_nothing(site, sitting):
    token = enter(site, sitting, 1)
    device = half(self_run.self_test(site, token), 1)
    device.record(EventKind.ATTEMPT_FINISHED, reason="not_worth_more")
    _, place = self_run.append_self_events(site, token, device.attempt, device.events)
    assert place.status == "going"


def test_no_teacher_marks_a_self_run_test(site, sitting):
    test = self_run.self_test(site, enter(site, sitting, 1))
    with pytest.raises(Conflict, match="self_run"):
        assess.get_sitting(site, TEACHER, test.attempt.id)
    assert assess.propose_test(site, TEACHER, test.attempt.pupil_id).open_attempt_id is None
    # What a device could not send can be handed over by the teacher.
    started = Event(1, EventKind.ATTEMPT_STARTED, "2026-06-15T09:00:00+07:00", 0.0, {})
    assert assess.append_events(site, TEACHER, test.attempt.id, [started]) == 1


def test_audio_of_the_own_plan_alone(site, sitting):
    token = enter(site, sitting, 1)
    test = self_run.self_test(site, token)
    key = next(iter(test.audio))
    assert self_run.self_audio(site, token, key).digest == test.audio[key]
    with pytest.raises(NotFound, match=r"audio\.unknown"):
        self_run.self_audio(site, token, "0" * 32)
    assert self_run.self_audio(site, None, key) is None


def test_where_nothing_can_be_heard_there_is_no_sitting(phonics, monkeypatch):
    monkeypatch.setattr(espeak, "available", lambda: False)
    classroom.enrol(phonics)
    assert class_sittings.sound_of_items(phonics, TEACHER).heard == 0
    with pytest.raises(Conflict, match="no_audio"):
        class_sittings.open_class_sitting(phonics, TEACHER, SCHOOL, classroom.GRADE, classroom.ROOM)


def test_the_pupils_of_a_level(site, sitting):
    with pytest.raises(Conflict, match="no_pupils"):
        class_sittings.open_class_sitting(site, TEACHER, SCHOOL, level=5)
    token = enter(site, sitting, 4)
    test = self_run.self_test(site, token)
    self_run.append_self_events(site, token, test.attempt.id, classroom.whole_test(test))
    assert class_sittings.level_groups(site, TEACHER, SCHOOL) == ()
    assess.decide_placement(site, TEACHER, test.attempt.id, 5)
    assert class_sittings.level_groups(site, TEACHER, SCHOOL) == ((5, 1),)
    group = class_sittings.open_class_sitting(site, TEACHER, SCHOOL, level=5)
    (row,) = sitting_board(site, TEACHER, group.id).rows
    assert (row.seat.number, row.pupil.id) == (1, test.attempt.pupil_id)
    # What he has just seen is not shown again.
    again = self_run.self_test(site, enter(site, group, 1))
    assert set(again.attempt.spec.seen_items) == {
        s.item_id for s in assess.compute_result(site, TEACHER, test.attempt.id).scores
    }
