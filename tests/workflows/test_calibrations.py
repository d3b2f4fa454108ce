"""Calibrations as versions: made from a site's answers, compared, approved by a person, withdrawn.

The answers are simulated from the difficulties in force, as those of a demonstration are: there is hardly any drift to
find.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from sqlalchemy import select, update

from phonics_app.calibration.rescoring import level_of_answers, with_parameters
from phonics_app.domain.account import SYSTEM
from phonics_app.domain.attempt import AttemptStatus
from phonics_app.domain.bank import Difficulty, DifficultySource
from phonics_app.domain.calibration import CalibrationStatus
from phonics_app.domain.errors import Conflict, NotFound, ProblemsFound
from phonics_app.domain.text import Text
from phonics_app.records import attempts, audit, calibrations, schema
from phonics_app.records.answers import answered_sittings, count_sittings
from phonics_app.records.settings import set_setting
from phonics_app.workflows import assess, calibration_comparison
from phonics_app.workflows.calibration_answers import BELIEF, LEAST_IN_GROUP, START_LEVEL, _groups, site_answers
from phonics_app.workflows.calibration_comparison import compare_calibration
from phonics_app.workflows.calibrations import (
    LEAST_ANSWERS,
    approve_calibration,
    list_calibrations,
    make_calibration,
    withdraw_calibration,
)
from phonics_app.workflows.context import new_id
from phonics_app.workflows.setup import SITE_SETTING, SiteState
from phonics_app.workflows.sittings import stored_plan
from tests import calibrated, sites

ADMINISTRATOR = sites.PEOPLE.administrator
REASON = "ตรวจแล้ว"


@pytest.fixture(scope="module")
def template(own_template, tmp_path_factory):
    """A site with one calibration, that was only proposed; returns its database and the calibration."""
    folder = tmp_path_factory.mktemp("calibrations")
    phonics = sites.open_copy(own_template, folder)
    calibrated.simulate_site(phonics)
    shares = []
    made = make_calibration(phonics, SYSTEM, shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    phonics.store.close()
    return folder / "phonics.db", made


@pytest.fixture
def made(template):
    return template[1]


@pytest.fixture
def site(template, tmp_path):
    phonics = replace(sites.open_copy(template[0], tmp_path / "data"), new_id=new_id)
    yield phonics
    phonics.store.close()


@pytest.fixture
def compared(site, made):
    return compare_calibration(site, ADMINISTRATOR, made.id)


def all_sittings(site):
    with site.store.read() as connection:
        return tuple(answered_sittings(connection))


def test_answers_are_those_of_the_stored_results(site, made):
    sittings = all_sittings(site)
    with site.store.read() as connection:
        found = site_answers(connection, site.uncalibrated.bank)
        assert count_sittings(connection) == len(sittings)
        rows = connection.execute(select(schema.attempt.c.key, schema.attempt.c.id)).all()
    ids = {row.key: row.id for row in rows}
    for sitting in sittings[:20]:
        result = assess.compute_result(site, SYSTEM, ids[sitting.key])
        assert sitting.answers == tuple((s.block_id, s.item_id, s.score) for s in result.scores)
    assert (made.sittings, made.answers, made.simulated) == (len(found.sittings), found.responses.count, True)


def test_of_an_item_met_twice_only_the_first_answer_counts(site):
    sittings = all_sittings(site)
    first = {}
    for sitting in sittings:
        for _block, item, score in sitting.answers:
            first.setdefault((sitting.pupil_id, item), (sitting.key, score))
    assert len(first) < sum(len(sitting.answers) for sitting in sittings)
    with site.store.read() as connection:
        responses = site_answers(connection, site.uncalibrated.bank).responses
    assert responses.count == len(first)
    assert responses.right.sum() == sum(score for _key, score in first.values())


def test_discarded_tests_and_changed_items_do_not_count(site):
    sitting = all_sittings(site)[0]
    before = len(all_sittings(site))
    item_id = sitting.answers[0][1]
    with site.store.write() as connection:
        attempts.set_status(connection, sitting.key, AttemptStatus.DISCARDED)
    assert len(all_sittings(site)) == before - 1
    bank = site.uncalibrated.bank
    changed = replace(bank, items=tuple(replace(i, key="other") if i.id == item_id else i for i in bank.items))
    with site.store.read() as connection:
        assert item_id in site_answers(connection, bank).responses.items
        assert item_id not in site_answers(connection, changed).responses.items


def test_what_the_teacher_says_is_the_question_where_nothing_is_shown(site):
    """Another instruction leaves a word that is read the same question; a sound task asks something else."""
    answered = {item for sitting in all_sittings(site) for _block, item, _score in sitting.answers}
    bank = site.uncalibrated.bank
    said = Text("พูดคำอื่น", "Another word.")
    for shown in (True, False):
        item_id = next(i.id for i in bank.active() if i.id in answered and bool(i.stimulus) is shown)
        items = tuple(replace(i, prompt=said) if i.id == item_id else i for i in bank.items)
        with site.store.read() as connection:
            found = site_answers(connection, replace(bank, items=items)).responses.items
        assert (item_id in found) is shown


def test_simulated_answers_do_not_count_beside_real_ones(site):
    with site.store.write() as connection:
        real = select(schema.attempt.c.key).where(schema.attempt.c.status == "finished").limit(7)
        keys = connection.scalars(real).all()
        connection.execute(update(schema.attempt).where(schema.attempt.c.key.in_(keys)).values(simulated=False))
    with site.store.read() as connection:
        found = site_answers(connection, site.uncalibrated.bank)
        assert count_sittings(connection) == len(found.sittings) == 7
    assert {sitting.key for sitting in found.sittings} == set(keys)
    assert not found.simulated


def test_small_groups_are_put_together_with_their_neighbours():
    many = LEAST_IN_GROUP
    assert _groups([1] * many + [2] * many, START_LEVEL) == {1: "1", 2: "2"}
    several = [1] * 3 + [2] * many + [5] * many + [9]
    assert _groups(several, START_LEVEL) == {1: "1-2", 2: "1-2", 5: "5-9", 9: "5-9"}
    assert _groups([3, 4], START_LEVEL) == {3: "3-4", 4: "3-4"}
    assert _groups([-11, -9, *[3] * many], BELIEF) == {-11: "-5.5 … +1.5", -9: "-5.5 … +1.5", 3: "-5.5 … +1.5"}


def test_groups_are_of_pupils_of_whom_the_same_was_expected(site, compared):
    with site.store.read() as connection:
        found = site_answers(connection, site.uncalibrated.bank)
    labels = dict(zip(found.responses.persons, found.responses.group, strict=True))
    expected = {}
    for sitting in found.sittings:
        expected.setdefault(labels[str(sitting.key)], set()).add(sitting.spec.prior.mean)
    assert len(expected) == len(compared.content.groups) == 2
    assert all(max(means) - min(means) <= 0.5 for means in expected.values())
    assert sum(group.sittings for group in compared.content.groups) == compared.facts.sittings


def test_too_few_answers_are_told(phonics):
    with pytest.raises(ProblemsFound) as refused:
        make_calibration(phonics, ADMINISTRATOR)
    assert [problem.code for problem in refused.value.problems] == ["calibration.few_sittings"]
    assert list_calibrations(phonics, ADMINISTRATOR).entries == ()


def test_answers_simulated_from_the_difficulties_in_force_show_hardly_any_drift(compared, made, tell):
    spread = compared.spread
    assert made.converged
    assert spread.items > 50
    assert abs(spread.mean) < 0.1
    assert spread.root_mean_square < 0.25
    assert spread.moved <= spread.items * 0.02
    assert compared.anchors.holds is None
    assert all(abs(cut.after - cut.before) < 0.2 for cut in compared.cuts)
    assert compared.moves.changed <= compared.moves.pupils * 0.08
    tell(
        f"calibration of simulated answers: {spread.items} items, drift {spread.root_mean_square:.3f} logits (rms), "
        f"{spread.moved} moved, level of {compared.moves.changed} of {compared.moves.pupils} pupils would change"
    )


def test_a_comparison_is_kept_until_what_it_rests_on_is_another(site, made, monkeypatch):
    monkeypatch.setattr(calibration_comparison, "_kept", {})
    shares = []
    first = compare_calibration(site, ADMINISTRATOR, made.id, shares.append)
    assert shares[0] == 0.0
    assert shares == sorted(set(shares))
    shares.clear()
    assert compare_calibration(site, ADMINISTRATOR, made.id, shares.append) is first
    assert shares == []
    with site.store.write() as connection:
        attempts.set_status(connection, all_sittings(site)[-1].key, AttemptStatus.DISCARDED)
    assert compare_calibration(site, ADMINISTRATOR, made.id).moves.pupils == first.moves.pupils - 1
    approve_calibration(site, ADMINISTRATOR, made.id, REASON)
    assert compare_calibration(site, ADMINISTRATOR, made.id).other is None


def test_items_whose_answers_say_otherwise_have_moved(site):
    """A few easy items are made hard in what was answered: these, and hardly another one, are found."""
    bank = site.uncalibrated.bank
    with site.store.read() as connection:
        responses = site_answers(connection, bank).responses
    counts = np.asarray(responses.answered.sum(axis=0)).ravel()
    hardened = {responses.items[j] for j in np.argsort(-counts)[:5]}
    random = np.random.default_rng(5)
    with site.store.write() as connection:
        rows = connection.execute(select(schema.result.c.attempt_key, schema.result.c.content)).all()
        for key, content in rows:
            result = attempts.unpack(assess.Result, content)
            scores = tuple(
                replace(s, score=0) if s.item_id in hardened and random.random() < 0.6 else s for s in result.scores
            )
            if scores != result.scores:
                packed = attempts.pack(replace(result, scores=scores))
                where = schema.result.c.attempt_key == key
                connection.execute(update(schema.result).where(where).values(content=packed))
    moved = compare_calibration(site, ADMINISTRATOR, make_calibration(site, ADMINISTRATOR).id).moved
    assert hardened & {drift.item_id for drift in moved} == hardened
    assert len(moved) <= len(hardened) + 2
    assert all(drift.logits > 0 for drift in moved if drift.item_id in hardened)


def test_only_items_with_enough_answers_take_effect(site, made, compared):
    for estimate in compared.content.items:
        if estimate.takes_effect:
            assert estimate.answers >= LEAST_ANSWERS
            assert 5 <= estimate.right <= estimate.answers - 5
            assert estimate.standard_error < site.uncalibrated.bank.item(estimate.item_id).difficulty.standard_error
    assert any(not estimate.takes_effect for estimate in compared.content.items)


def test_only_they_are_in_force_once_it_is_approved(site, made, compared):
    old = site.content.bank
    approve_calibration(site, ADMINISTRATOR, made.id, REASON)
    found = {e.item_id: e for e in compared.content.items if e.takes_effect}
    for item, before in zip(site.content.bank.items, old.items, strict=True):
        if estimate := found.get(item.id):
            known = Difficulty(estimate.difficulty, estimate.standard_error, DifficultySource.CALIBRATED)
            assert item == replace(before, difficulty=known)
        else:
            assert item == before


def test_decisions_are_kept_and_told(site, made):
    approve_calibration(site, ADMINISTRATOR, made.id, REASON)
    withdraw_calibration(site, ADMINISTRATOR, made.id, "กลับไปใช้ค่าเดิม")
    (entry,) = list_calibrations(site, ADMINISTRATOR).entries
    assert (entry.status, entry.in_force) == (CalibrationStatus.WITHDRAWN, False)
    assert [(d.status, d.reason) for d, _name in entry.decisions] == [
        (CalibrationStatus.APPROVED, REASON),
        (CalibrationStatus.WITHDRAWN, "กลับไปใช้ค่าเดิม"),
    ]
    with site.store.read() as connection:
        told = audit.entries(connection, wanted=audit.AuditFilter(action="calibration"))
    assert [(entry.action, entry.account_id, entry.data) for entry in told] == [
        ("calibration.withdrawn", "administrator", {"reason": "กลับไปใช้ค่าเดิม"}),
        ("calibration.approved", "administrator", {"reason": REASON}),
        ("calibration.made", SYSTEM.account_id, {}),
    ]
    assert {entry.subject for entry in told} == {made.id}


def test_a_second_calibration_begins_from_the_difficulties_as_written(site, made):
    """The same answers again, after the first was approved: equal parameters, for no answer counts twice."""
    approve_calibration(site, ADMINISTRATOR, made.id, REASON)
    again = make_calibration(site, ADMINISTRATOR)
    compared = compare_calibration(site, ADMINISTRATOR, again.id)
    assert compared.other == made.id
    assert compared.anchors.holds is True
    assert compared.spread.root_mean_square == pytest.approx(0.0, abs=1e-9)
    assert compared.moves.changed == 0
    approve_calibration(site, ADMINISTRATOR, again.id, REASON)
    withdraw_calibration(site, ADMINISTRATOR, again.id, REASON)
    assert calibrations_in_force(site) == made.id


def test_decisions_that_make_no_sense(site, made):
    for decide in (approve_calibration, withdraw_calibration):
        with pytest.raises(ProblemsFound, match=r"."):
            decide(site, ADMINISTRATOR, made.id, "  ")
        with pytest.raises(NotFound):
            decide(site, ADMINISTRATOR, "0" * 32, REASON)
    approve_calibration(site, ADMINISTRATOR, made.id, REASON)
    with pytest.raises(Conflict) as refused:
        approve_calibration(site, ADMINISTRATOR, made.id, REASON)
    assert refused.value.code == "calibration.in_force"
    withdraw_calibration(site, ADMINISTRATOR, made.id, REASON)
    with pytest.raises(Conflict) as refused:
        withdraw_calibration(site, ADMINISTRATOR, made.id, REASON)
    assert refused.value.code == "calibration.withdrawn"


def test_what_came_to_no_end_can_not_be_approved(site, made):
    with site.store.write() as connection:
        connection.execute(update(schema.calibration).values(converged=False))
    assert refusals(site, made.id) == ["calibration.not_converged"]


def refusals(site, calibration_id):
    """Codes of what keeps it from being approved, as it is told beforehand and when one tries."""
    told = compare_calibration(site, ADMINISTRATOR, calibration_id).problems
    with pytest.raises(ProblemsFound) as refused:
        approve_calibration(site, ADMINISTRATOR, calibration_id, REASON)
    assert refused.value.problems == told
    assert calibrations_in_force(site) is None
    return [problem.code for problem in told]


def calibrations_in_force(site):
    with site.store.read() as connection:
        return calibrations.id_in_force(connection)


def test_simulated_answers_can_not_be_approved_where_pupils_are_real(site, made):
    assert made.simulated
    with site.store.write() as connection:
        set_setting(connection, SITE_SETTING, SiteState.OWN.value)
    assert refusals(site, made.id) == ["calibration.simulated"]


def test_levels_out_of_order_are_told_and_can_not_be_approved(site, made):
    """Every item of a level as hard as one two levels up: then the level would be mastered after its successor."""
    with site.store.write() as connection:
        facts, content = calibrations.find_calibration(connection, made.id)
        bank = site.uncalibrated.bank
        known = {e.item_id: e for e in content.items}
        harder = tuple(
            replace(known[item.id], difficulty=9.0, standard_error=0.1, takes_effect=True)
            if item.level == 4
            else known[item.id]
            for item in bank.items
            if item.id in known
        )
        wrong = replace(facts, id="f" * 32)
        calibrations.insert_calibration(connection, wrong, replace(content, items=harder))
    assert refusals(site, wrong.id) == ["engine.cuts_not_increasing"]
    compared = compare_calibration(site, ADMINISTRATOR, wrong.id)
    assert (compared.cuts, compared.moves.pupils) == ((), 0)


def test_the_level_of_the_same_answers_is_the_one_that_was_proposed(site):
    with site.store.read() as connection:
        for sitting in all_sittings(site)[::10]:
            plan = stored_plan(connection, sitting.plan_hash)
            assert level_of_answers(plan, sitting.spec, sitting.answers) == sitting.proposed_level
            same = with_parameters(plan, {}, plan.levels)
            assert same == plan


def test_easier_items_and_cuts_that_stay_place_pupils_lower(site):
    sitting = next(s for s in all_sittings(site) if s.proposed_level == 5)
    with site.store.read() as connection:
        plan = stored_plan(connection, sitting.plan_hash)
    easier = {i.id: Difficulty(i.difficulty - 2.4, i.standard_error, DifficultySource.CALIBRATED) for i in plan.items}
    changed = with_parameters(plan, easier, plan.levels)
    assert level_of_answers(changed, sitting.spec, sitting.answers) < 5
