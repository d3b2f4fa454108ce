"""Fixed forms as plans, and which of them were printed: a sheet is known again by the code that stands on it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from sqlalchemy import Connection

from phonics_app.domain.errors import NotFound
from phonics_app.domain.plan import Plan, StrandGuide
from phonics_app.domain.strand import SPOKEN_TASKS, TASK_STRAND, Strand, Task
from phonics_app.domain.text import Text
from phonics_app.engine.assembly import plan_hash
from phonics_app.engine.fixed_plan import fixed_plan
from phonics_app.locales import N_, translator
from phonics_app.records import attempts as records
from phonics_app.records.printed_forms import PrintedForm, find_printed_form, printed_forms, save_printed_form
from phonics_app.reports.form_paper import FormPaper
from phonics_app.reports.form_wording import instruction
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.sittings import current_plan, stored_plan

_NAMED = 8
"""Codes that a refusal names."""
_NO_SIGN = re.compile(r"[^0-9A-Z]")
_EMPTY = Text("", "")
_READING = N_("The pupil reads the text aloud. Tap each word that is wrong or left out; words put in are not counted.")
_READ = N_("Please read this story aloud to me. Read as well as you can.")
_READING_HINT = N_(
    "A self-correction is right. After three seconds of silence point to the next word, and tap this one."
)
_ASKING = N_("Take the text away, then ask. Tap what was answered wrongly or not at all.")
_ASKING_HINT = N_("Answers in Thai count as much as answers in English.")


def plan_of(phonics: Phonics, paper: FormPaper) -> Plan:
    """The plan that gives this form, on the levels of the placement test."""
    content, base = phonics.content, current_plan(phonics, 0)
    guides = _guides(base.guides)
    base = replace(base, guides=(*base.guides, *_of_a_text()))
    return fixed_plan(base, paper.blueprint, paper.made, paper.form, content.bank, content.passages, guides)


def _guides(of_strands: Sequence[StrandGuide]) -> dict[Task, StrandGuide]:
    """What stands on the teacher's sheet; what is said to the pupil is as in the placement test."""
    by_strand = {guide.strand: guide for guide in of_strands}
    found = {}
    for task in Task:
        strand = TASK_STRAND[task]
        known = by_strand.get(strand) if task in SPOKEN_TASKS else None
        told = Text(instruction(translator("th"), task), instruction(translator("en"), task))
        say, hint = (known.say, known.hint) if known else (_EMPTY, _EMPTY)
        found[task] = StrandGuide(strand, told, say, hint, task)
    return found


def _of_a_text() -> list[StrandGuide]:
    """For a passage and the questions about it."""
    reading = StrandGuide(Strand.ORAL_READING_FLUENCY, _both(_READING), _both(_READ), _both(_READING_HINT))
    asking = StrandGuide(Strand.COMPREHENSION, _both(_ASKING), _EMPTY, _both(_ASKING_HINT))
    return [reading, asking]


def _both(told: str) -> Text:
    return Text(translator("th")(told), translator("en")(told))


def remember_form(phonics: Phonics, connection: Connection, plan: Plan) -> None:
    """From now on sheets with its code can be keyed in."""
    if plan.form is None:
        raise ValueError("not a fixed form")
    stored_as = plan_hash(plan)
    records.save_plan(connection, stored_as, plan)
    save_printed_form(connection, PrintedForm(plan.form.code, plan.form.id, stored_as, phonics.now()))


def form_of_code(connection: Connection, code: str) -> Plan:
    """The plan of the form with that code, however it is written.

    `NotFound` "paper.no_form" where none was printed, else "paper.code_unknown" with the codes that come nearest.
    """
    wanted = _NO_SIGN.sub("", code.upper())
    found = find_printed_form(connection, wanted)
    if found is not None:
        return stored_plan(connection, found.plan_hash)
    known = printed_forms(connection)
    if not known:
        raise NotFound("paper.no_form", {"code": code[:40]})
    near = sorted(known, key=lambda form: -SequenceMatcher(None, wanted, form.code).ratio())[:_NAMED]
    expected = ", ".join(f"{form.code} ({form.form_id})" for form in near)
    raise NotFound("paper.code_unknown", {"code": code[:40], "expected": expected})
