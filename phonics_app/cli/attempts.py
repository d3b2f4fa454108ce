"""Commands for tests and what follows from them: results, placements, the result as a document."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from phonics_app.cli.audit import day_of
from phonics_app.cli.commands import (
    Commands,
    add_attempt,
    add_class,
    add_paging,
    add_pupil,
    add_school,
    add_year,
    find_school,
    paged_lines,
    wanted_of,
    year_of,
)
from phonics_app.cli.documents import add_document, format_of, language_of, write_document
from phonics_app.cli.output import Output, open_site
from phonics_app.domain.account import SYSTEM
from phonics_app.domain.attempt import Attempt, AttemptStatus
from phonics_app.domain.codec import encode
from phonics_app.domain.errors import Conflict
from phonics_app.locales import N_

if TYPE_CHECKING:
    from phonics_app.domain.block_totals import TestFigures
    from phonics_app.domain.plan import Plan
    from phonics_app.reports.why_wording import Shown
    from phonics_app.workflows.lists import AttemptRow

_STATUS = {
    AttemptStatus.OPEN: N_("not finished"),
    AttemptStatus.FINISHED: N_("finished"),
    AttemptStatus.DISCARDED: N_("discarded"),
}


def add_commands(commands: Commands) -> None:
    """list-attempts, list-tests, place, list-placements, discard-attempt, restore-attempt, export-result."""
    _ = commands.translate
    add_pupil(commands.add("list-attempts", list_attempts, _("list a pupil's tests, newest first"), "{id}"), _)
    _add_tests(commands)
    _add_place(commands)
    help = _("list the decisions on a pupil's level, newest first")
    add_pupil(commands.add("list-placements", list_placements, help, "{id}"), _)
    help = _("take a spoiled test out of all figures")
    add_attempt(commands.add("discard-attempt", discard_attempt, help, "{id}"), _)
    help = _("take a discarded test back in")
    add_attempt(commands.add("restore-attempt", restore_attempt, help, "{id}"), _)
    help = _("write a pupil's result as PDF")
    parser = commands.add("export-result", export_result, help, "{id} --out result.pdf")
    add_attempt(parser, _)
    add_document(parser, _, ("pdf",))


def _add_tests(commands: Commands) -> None:
    _ = commands.translate
    help = _("list the tests given at a school in an academic year, newest first")
    parser = commands.add("list-tests", list_tests, help, "--school {school} --grade P3 --status finished")
    add_school(parser, _)
    add_year(parser, _)
    add_class(parser, _)
    parser.add_argument("--search", default="", metavar="TEXT", help=_("a part of the name or of the pupil number"))
    parser.add_argument("--status", choices=[status.value for status in AttemptStatus], help=_("only such tests"))
    for name, help in (("since", _("from this day on (2026-06-15)")), ("until", _("up to this day (2026-06-30)"))):
        parser.add_argument(f"--{name}", type=day_of, help=help)
    add_paging(parser, _)


def list_tests(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import lists

    phonics = open_site()
    school, year = find_school(phonics, options.school), year_of(options, phonics)
    status = AttemptStatus(options.status) if options.status else None
    chosen = lists.AttemptFilter(options.grade, options.room, options.search, status, options.since, options.until)
    found = lists.page_of_attempts(phonics, SYSTEM, school.id, year, chosen, wanted_of(options))
    output.show(found.rows, paged_lines(output, found, [_test_line(row, output) for row in found.rows]))
    return 0


def _test_line(row: AttemptRow, output: Output) -> str:
    from phonics_app.reports.labels import class_label, moment_label

    where = class_label(row.pupil.grade, row.pupil.room, output.language)
    status = output.translate(_STATUS[row.status])
    return f"{row.attempt_id}  {moment_label(row.created_at, output.language)}  {where}  {row.pupil.name}  {status}"


def _add_place(commands: Commands) -> None:
    _ = commands.translate
    help = _("compute a test's result; with --accept or --level, decide the placement")
    parser = commands.add("place", place, help, "{id} --level 5 --reason 'อ่านคล่องในห้องเรียน'")
    add_attempt(parser, _)
    decision = parser.add_mutually_exclusive_group()
    decision.add_argument("--accept", action="store_true", help=_("place at the level proposed"))
    decision.add_argument("--level", type=int, help=_("place at this level instead"))
    parser.add_argument("--reason", default="", help=_("why the pupil is placed at another level"))


def list_attempts(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import assess

    found = assess.attempts_of(open_site(), SYSTEM, options.pupil)
    output.show(found, [_line(attempt, output) for attempt in found])
    return 0


def _line(attempt: Attempt, output: Output) -> str:
    from phonics_app.reports.labels import moment_label

    status = output.translate(_STATUS[attempt.status])
    return f"{attempt.id}  {moment_label(attempt.created_at, output.language)}  {status}"


def place(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.reports.why_wording import Shown
    from phonics_app.workflows import assess, form_figures, levels

    if options.reason and options.level is None:
        options.refuse(output.translate("a reason goes with --level"))
    phonics = open_site()
    result = assess.compute_result(phonics, SYSTEM, options.attempt)
    decided = None
    if options.accept or options.level is not None:
        level = result.proposed_level if options.level is None else options.level
        decided = assess.decide_placement(phonics, SYSTEM, options.attempt, level, options.reason)
    plan = assess.view_sitting(phonics, SYSTEM, options.attempt).plan
    explanation, lines = None, []
    if form_figures.tells_level(plan):
        explanation = levels.explain_result(phonics, SYSTEM, options.attempt)
        lines = _result_lines(Shown(result, plan, explanation, output.language), output)
    figures = form_figures.form_figures(phonics, SYSTEM, options.attempt)
    lines += _counted_lines(plan, figures, output)
    if decided:
        lines.append(output.translate("Placed at level {level}.").format(level=decided.level))
    told = {"result": encode(result), "explanation": encode(explanation), "placement": encode(decided)}
    output.show(told | {"blocks": encode(figures)}, lines)
    return 0


def _counted_lines(plan: Plan, figures: TestFigures, output: Output) -> list[str]:
    """Of a form everything that was counted; of the level test what happened in its blocks besides."""
    from phonics_app.reports import block_wording

    _, lines = output.translate, []
    of_block = block_wording.block_sentences if plan.form is not None else block_wording.trace_sentences
    for number, shown in enumerate(figures.blocks, start=1):
        if sentences := of_block(_, plan, shown, output.language):
            lines.append(f"{number}. {block_wording.block_name(_, plan, shown)}")
            lines += [f"   {sentence}" for sentence in sentences]
    return lines + block_wording.irregular_sentences(_, figures.irregular)


def _result_lines(shown: Shown, output: Output) -> list[str]:
    from phonics_app.reports import why_wording, wording

    _, result = output.translate, shown.result
    lines = [wording.proposal_sentence(_, result), wording.stop_sentence(_, result.stop_reason)]
    lines += [wording.probability_sentence(_, entry) for entry in wording.likely_levels(result)]
    lines += [*why_wording.warnings(_, shown), *why_wording.why_sentences(_, shown)]
    lines += [why_wording.allowance_sentence(_, shown)]
    return lines + [wording.evidence_sentence(_, evidence) for evidence in result.evidence]


def list_placements(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.reports.labels import moment_label
    from phonics_app.workflows import assess

    found = assess.placements_of(open_site(), SYSTEM, options.pupil)
    lines = [f"{moment_label(p.decided_at, output.language)}  {p.level}  {p.attempt_id}  {p.reason}" for p in found]
    output.show(found, [line.rstrip() for line in lines])
    return 0


def discard_attempt(options: argparse.Namespace, output: Output) -> int:
    return _set_discarded(options, output, True)


def restore_attempt(options: argparse.Namespace, output: Output) -> int:
    return _set_discarded(options, output, False)


def _set_discarded(options: argparse.Namespace, output: Output, discarded: bool) -> int:
    from phonics_app.workflows import assess

    attempt = assess.discard_attempt(open_site(), SYSTEM, options.attempt, discarded)
    output.show(attempt, [_line(attempt, output)])
    return 0


def export_result(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import assess, exports

    format_of(options, output)
    language = language_of(options, output)
    phonics = open_site()
    if assess.view_sitting(phonics, SYSTEM, options.attempt).attempt.status is AttemptStatus.OPEN:
        raise Conflict("attempt.not_finished", {"id": options.attempt})
    return write_document(
        options, output, lambda: exports.export_result(phonics, SYSTEM, options.attempt, language=language)
    )
