"""Every use case, who may call it, and how it is called: the table of `test_every_use_case`."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from phonics_app.domain.account import SYSTEM, Actor
from phonics_app.domain.bank import ItemStatus
from phonics_app.domain.calibration import CalibrationContent, CalibrationFacts
from phonics_app.domain.errors import NotFound, Problem
from phonics_app.domain.grade import Grade
from phonics_app.domain.item_change import ChangeKind, ItemChange
from phonics_app.domain.onet import OnetResult, OnetTarget
from phonics_app.domain.paper import KeyedSheet
from phonics_app.domain.school import PupilDraft, SchoolDraft, Sex
from phonics_app.domain.sound import Licence
from phonics_app.domain.strand import Task
from phonics_app.domain.text import Text
from phonics_app.progress.dashboard import Filters
from phonics_app.records.bank_changes import insert_changes
from phonics_app.records.calibrations import insert_calibration
from phonics_app.speech.fetching import Manners
from phonics_app.speech.voice_pack import write_pack
from phonics_app.workflows import (
    analysis,
    assess,
    bank_editor,
    bank_reports,
    bank_sheets,
    calibration,
    calibration_comparison,
    calibrations,
    classes,
    dashboards,
    difficulty,
    exports,
    form_figures,
    form_giving,
    forms,
    item_analysis,
    item_analysis_export,
    item_bank,
    item_help,
    levels,
    onet,
    paper_entry,
    paper_import,
    passages,
    roster,
    rubrics,
    schools,
    simulation,
    site_item_analysis,
    speech,
    takes,
    voice_packs,
)
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.exports import ExportFormat
from phonics_app.workflows.rubrics import DocumentFormat, RubricFilter
from tests import rosters, sites
from tests.pages.busy import attempt_id
from tests.simulated import made_up_simulation
from tests.speech import packs
from tests.speech.fake_google import Answer, fake_google
from tests.speech.signals import wav
from tests.workflows.account_cases import ACCOUNT_CASES
from tests.workflows.audit_cases import AUDIT_CASES
from tests.workflows.backup_cases import BACKUP_CASES
from tests.workflows.formats import CSV
from tests.workflows.items import GOOD, OTHER_GOOD
from tests.workflows.papers import template_of_no_form
from tests.workflows.privacy_cases import PRIVACY_CASES
from tests.workflows.pupil_data_cases import PUPIL_DATA_CASES
from tests.workflows.record_cases import RECORD_CASES
from tests.workflows.screen_cases import SCREEN_CASES
from tests.workflows.sheet_cases import SHEET_CASES
from tests.workflows.sitting_cases import SITTING_CASES

ROLES = ("administrator", "teacher", "director", "trainer", "municipal_director", "auditor")
GRADE = Grade.P6


@dataclass(frozen=True)
class Place:
    """A school with a pupil who has a finished test."""

    school: str
    pupil: str
    attempt: str


OWN = Place(sites.SCHOOLS[0].id, "own", attempt_id(1))
OTHER = Place(sites.SCHOOLS[1].id, "other", attempt_id(2))
DRAFT = PupilDraft("77", "ด.ญ.", "ใบข้าว", "สมมุติวงศ์", Sex.FEMALE, GRADE, "1")
FILE, TABLE = "a.csv", "ปี,ชั้น,จำนวน,เฉลี่ย\n2565,ป.6,30,35.5\n".encode()
CALIBRATION = CalibrationFacts("c" * 32, sites.START, "system", "2pl", "0" * 16, 1, 1, 1, 0.0, 1, True, simulated=False)
SIMULATION = made_up_simulation()

Call = Callable[[Phonics, Actor, Place], object]

# Rights by role in the order of ROLES: everywhere, at the own school only, nowhere.
MANAGE = "all - - - - -"
EDIT = TEST = "all own - - - -"
SEE = "all own own - - -"
FIGURES = EDIT_ONET = "all - own - all -"
TRACE = "all - own - - -"
NETWORK = "all - - all all -"
EVERYBODY = "all all all all all all"
RECORD = ITEMS = "all all - all - -"
IMPORT_PACK = RETIRE = "all - - all - -"


def onet_result(place: Place) -> OnetResult:
    return OnetResult(place.school, 2565, GRADE, 30, 35.5)


def shown_roster(place: Place) -> roster.RosterPreview:
    return roster.RosterPreview(place.school, sites.YEAR, "", {}, (), (), ())


def answers_file(phonics: Phonics) -> Path:
    path = phonics.settings.data_dir / "answers.csv"
    rows = [f"{person},{item},{(person + item) % 2}" for person in range(4) for item in range(3)]
    path.write_text("\n".join(["person,item,score", *rows]), encoding="utf-8")
    return path


def parameter_file(phonics: Phonics) -> Path:
    path = phonics.settings.data_dir / "parameters.csv"
    path.write_text("item,a,b\n0,1,0\n1,1,0\n2,1,0\n", encoding="utf-8")
    return path


def new_take(number: int) -> takes.NewTake:
    return takes.NewTake(f"{number:032x}", packs.CAT, wav(), sites.START, "", Licence.CC_BY, consent=True)


def take_of(actor: Actor) -> str:
    """The id of the actor's undecided take."""
    return f"{ROLES.index(actor.account_id) + 1 if actor.account_id in ROLES else 1:032x}"


def let_fetch(phonics: Phonics, actor: Actor) -> None:
    with fake_google(lambda text: Answer(429)) as fake:
        speech.fetch_audio(phonics, actor, lambda done, of: None, fake.client(), Manners(0.0, ()))


PROPOSED = "X-000000aa-0001"
ACTIVE_ITEM, RETIRED_ITEM = (item.id for item in sites.content().bank.active(9)[:2])


def unless_missing(call: Callable[[], object]) -> None:
    """No form was printed here: whoever is let in is told so."""
    with suppress(NotFound):
        call()


def bank_changes_made(phonics: Phonics) -> None:
    """A proposal of somebody else, and an item that is retired."""
    item = bank_editor.check_form(phonics, SYSTEM, OTHER_GOOD).item
    retired = replace(sites.content().bank.item(RETIRED_ITEM), status=ItemStatus.RETIRED)
    steps = [(ChangeKind.PROPOSED, replace(item, id=PROPOSED)), (ChangeKind.RETIRED, retired)]
    changes = [ItemChange(f"17e{n}", *step, "", "somebody", sites.START) for n, step in enumerate(steps)]
    with phonics.store.write() as connection:
        insert_changes(connection, changes)


def calibration_made(phonics: Phonics) -> None:
    with phonics.store.write() as connection:
        insert_calibration(connection, CALIBRATION, CalibrationContent((), ()))


def withdraw_own(phonics: Phonics, actor: Actor) -> None:
    change = bank_editor.propose_item(phonics, actor, GOOD)
    bank_editor.withdraw_item(phonics, actor, change.item_id)


NO_ANALYSIS = site_item_analysis.SiteAnalysis(
    sites.START, 0, 0, 0, 0, True, True, (), (), (), (), {}, (), site_item_analysis.DecisionQuality(0.0, 0.0, 0.0, ())
)
NO_ITEMS = bank_sheets.ItemsPreview("", (), ())
NO_SHEET = roster.RosterSheet("", "", (), (), (), (), {}, False)
USE_CASES: dict[Callable[..., object], tuple[str, Call]] = {
    analysis.analyse_words: (EVERYBODY, lambda p, a, w: analysis.analyse_words(p.settings.content_dir, a, ["cake"])),
    analysis.analyse_text: (EVERYBODY, lambda p, a, w: analysis.analyse_text(p.settings.content_dir, a, "A cake.")),
    analysis.chosen_level: (EVERYBODY, lambda p, a, w: analysis.chosen_level(p.settings.content_dir, a, 1)),
    analysis.export_analysis: (
        EVERYBODY,
        lambda p, a, w: analysis.export_analysis(p.settings.content_dir, a, "A cake.", 1, sites.START.date(), **CSV),
    ),
    assess.propose_test: (TEST, lambda p, a, w: assess.propose_test(p, a, w.pupil)),
    assess.start_attempt: (TEST, lambda p, a, w: assess.start_attempt(p, a, "e" * 32, w.pupil)),
    assess.get_sitting: (TEST, lambda p, a, w: assess.get_sitting(p, a, w.attempt)),
    assess.append_events: (TEST, lambda p, a, w: assess.append_events(p, a, w.attempt, [])),
    assess.discard_attempt: (TEST, lambda p, a, w: assess.discard_attempt(p, a, w.attempt)),
    assess.decide_placement: (TEST, lambda p, a, w: assess.decide_placement(p, a, w.attempt, 3, "อ่านได้ดี")),
    assess.view_sitting: (SEE, lambda p, a, w: assess.view_sitting(p, a, w.attempt)),
    assess.compute_result: (SEE, lambda p, a, w: assess.compute_result(p, a, w.attempt)),
    assess.placements_of: (SEE, lambda p, a, w: assess.placements_of(p, a, w.pupil)),
    assess.attempts_of: (SEE, lambda p, a, w: assess.attempts_of(p, a, w.pupil)),
    bank_editor.check_form: (ITEMS, lambda p, a, w: bank_editor.check_form(p, a, GOOD)),
    bank_editor.propose_item: (ITEMS, lambda p, a, w: bank_editor.propose_item(p, a, GOOD)),
    bank_editor.activate_item: (ITEMS, lambda p, a, w: bank_editor.activate_item(p, a, PROPOSED)),
    bank_editor.send_back_item: (ITEMS, lambda p, a, w: bank_editor.send_back_item(p, a, PROPOSED, "โปรดแก้")),
    bank_editor.withdraw_item: (ITEMS, lambda p, a, w: withdraw_own(p, a)),
    item_analysis.analyse_items_file: (
        MANAGE,
        lambda p, a, w: item_analysis.analyse_items_file(a, item_analysis.AnalysisSources(answers_file(p))),
    ),
    site_item_analysis.count_tests: (ITEMS, lambda p, a, w: site_item_analysis.count_tests(p, a)),
    site_item_analysis.kept_analysis: (ITEMS, lambda p, a, w: site_item_analysis.kept_analysis(p, a)),
    site_item_analysis.analyse_site_items: (ITEMS, lambda p, a, w: site_item_analysis.analyse_site_items(p, a)),
    item_analysis_export.export_item_analysis: (
        ITEMS,
        lambda p, a, w: item_analysis_export.export_item_analysis(p, a, NO_ANALYSIS, **CSV),
    ),
    item_bank.search_items: (EVERYBODY, lambda p, a, w: item_bank.search_items(p, a, item_bank.ItemSearch(level=4))),
    item_bank.view_item: (EVERYBODY, lambda p, a, w: item_bank.view_item(p, a, PROPOSED)),
    item_bank.count_asked: (EVERYBODY, lambda p, a, w: item_bank.count_asked(p, a)),
    item_help.suggest_item: (ITEMS, lambda p, a, w: item_help.suggest_item(p, a, Task.READ_WORD, "cake")),
    item_help.example_prompts: (ITEMS, lambda p, a, w: item_help.example_prompts(p, a, Task.RHYME, 1)),
    item_help.find_picture: (ITEMS, lambda p, a, w: item_help.find_picture(p, a, "ghost")),
    item_help.mends_of: (ITEMS, lambda p, a, w: item_help.mends_of(p, a, None, Problem("content.spelling"))),
    bank_reports.bank_figures: (EVERYBODY, lambda p, a, w: bank_reports.bank_figures(p, a)),
    bank_reports.export_bank_report: (EVERYBODY, lambda p, a, w: bank_reports.export_bank_report(p, a, **CSV)),
    bank_sheets.export_items: (
        EVERYBODY,
        lambda p, a, w: bank_sheets.export_items(p, a, item_bank.ItemSearch(), format=ExportFormat.CSV),
    ),
    bank_sheets.preview_items: (ITEMS, lambda p, a, w: bank_sheets.preview_items(p, a, FILE, TABLE)),
    bank_sheets.commit_items: (ITEMS, lambda p, a, w: bank_sheets.commit_items(p, a, NO_ITEMS)),
    bank_editor.retire_item: (RETIRE, lambda p, a, w: bank_editor.retire_item(p, a, ACTIVE_ITEM, "ไม่เหมาะ")),
    bank_editor.restore_item: (RETIRE, lambda p, a, w: bank_editor.restore_item(p, a, RETIRED_ITEM)),
    calibration.calibrate_file: (
        MANAGE,
        lambda p, a, w: calibration.calibrate_file(a, answers_file(p), calibration.Model.RASCH),
    ),
    calibration.score_file: (
        MANAGE,
        lambda p, a, w: calibration.score_file(a, answers_file(p), parameter_file(p)),
    ),
    calibrations.list_calibrations: (MANAGE, lambda p, a, w: calibrations.list_calibrations(p, a)),
    calibrations.make_calibration: (MANAGE, lambda p, a, w: calibrations.make_calibration(p, a)),
    calibration_comparison.compare_calibration: (
        MANAGE,
        lambda p, a, w: calibration_comparison.compare_calibration(p, a, CALIBRATION.id),
    ),
    calibrations.approve_calibration: (
        MANAGE,
        lambda p, a, w: calibrations.approve_calibration(p, a, CALIBRATION.id, "ดี"),
    ),
    calibrations.withdraw_calibration: (
        MANAGE,
        lambda p, a, w: calibrations.withdraw_calibration(p, a, CALIBRATION.id, "ยังไม่ดี"),
    ),
    classes.list_classes: (SEE, lambda p, a, w: classes.list_classes(p, a, w.school, sites.YEAR)),
    classes.class_page: (SEE, lambda p, a, w: classes.class_page(p, a, w.school, sites.YEAR)),
    **BACKUP_CASES,
    **SITTING_CASES,
    **ACCOUNT_CASES,
    **RECORD_CASES,
    **SCREEN_CASES,
    **PUPIL_DATA_CASES,
    **AUDIT_CASES,
    **PRIVACY_CASES,
    **SHEET_CASES,
    dashboards.dashboard: (FIGURES, lambda p, a, w: dashboards.dashboard(p, a, Filters(school_id=w.school))),
    dashboards.trace: (TRACE, lambda p, a, w: dashboards.trace(p, a, Filters(school_id=w.school))),
    dashboards.network: (NETWORK, lambda p, a, w: dashboards.network(p, a)),
    dashboards.network_page: (NETWORK, lambda p, a, w: dashboards.network_page(p, a)),
    difficulty.difficulty_model: (EVERYBODY, lambda p, a, w: difficulty.difficulty_model(p, a)),
    difficulty.predict_difficulty: (EVERYBODY, lambda p, a, w: difficulty.predict_difficulty(p, a, ())),
    difficulty.find_items: (EVERYBODY, lambda p, a, w: difficulty.find_items(p, a, ("WR-0223",))),
    difficulty.items_of_words: (EVERYBODY, lambda p, a, w: difficulty.items_of_words(p, a, ("cake",))),
    difficulty.train_difficulty: (
        MANAGE,
        lambda p, a, w: difficulty.train_difficulty(p, a, p.settings.data_dir / "model.json", quick=True),
    ),
    exports.export_class: (SEE, lambda p, a, w: exports.export_class(p, a, w.school, sites.YEAR, **CSV)),
    exports.export_result: (SEE, lambda p, a, w: exports.export_result(p, a, w.attempt, language="th")),
    exports.export_dashboard: (
        FIGURES,
        lambda p, a, w: exports.export_dashboard(p, a, Filters(school_id=w.school), **CSV),
    ),
    exports.export_network: (NETWORK, lambda p, a, w: exports.export_network(p, a, **CSV)),
    exports.export_onet: (FIGURES, lambda p, a, w: exports.export_onet(p, a, GRADE, w.school, **CSV)),
    forms.form_blueprints: (EVERYBODY, lambda p, a, w: forms.form_blueprints(p, a)),
    forms.assemble_forms: (EVERYBODY, lambda p, a, w: forms.assemble_forms(p, a, "probe-passage", (4,))),
    forms.export_form: (EVERYBODY, lambda p, a, w: forms.export_form(p, a, "probe-words", 3, "A", **CSV)),
    paper_entry.start_form_attempt: (
        TEST,
        lambda p, a, w: unless_missing(lambda: paper_entry.start_form_attempt(p, a, "f" * 32, w.pupil, "ABCDEF")),
    ),
    form_figures.form_figures: (SEE, lambda p, a, w: form_figures.form_figures(p, a, w.attempt)),
    form_giving.forms_to_give: (TEST, lambda p, a, w: form_giving.forms_to_give(p, a, w.pupil)),
    form_giving.give_form: (
        TEST,
        lambda p, a, w: form_giving.give_form(p, a, "e" * 32, w.pupil, "probe-words", 3, "A"),
    ),
    forms.one_form: (EVERYBODY, lambda p, a, w: forms.one_form(p, a, "probe-words", 3, "A")),
    paper_entry.use_form: (EVERYBODY, lambda p, a, w: paper_entry.use_form(p, a, "probe-words", 3, "A")),
    paper_entry.known_forms: (EVERYBODY, lambda p, a, w: paper_entry.known_forms(p, a)),
    paper_entry.paper_class: (
        TEST,
        lambda p, a, w: unless_missing(
            lambda: paper_entry.paper_class(p, a, w.school, sites.YEAR, GRADE, "1", "ABCDEF", sites.START.date())
        ),
    ),
    paper_entry.enter_sheet: (
        TEST,
        lambda p, a, w: unless_missing(
            lambda: paper_entry.enter_sheet(p, a, "ABCDEF", KeyedSheet(w.pupil, sites.START.date(), ()))
        ),
    ),
    paper_entry.sheet_of: (TEST, lambda p, a, w: unless_missing(lambda: paper_entry.sheet_of(p, a, w.attempt))),
    paper_entry.withdraw_sheet: (
        TEST,
        lambda p, a, w: unless_missing(lambda: paper_entry.withdraw_sheet(p, a, w.attempt)),
    ),
    paper_import.export_paper_template: (
        TEST,
        lambda p, a, w: unless_missing(
            lambda: paper_import.export_paper_template(
                p, a, w.school, sites.YEAR, GRADE, "1", "ABCDEF", sites.START.date(), "th"
            )
        ),
    ),
    paper_import.preview_paper: (
        TEST,
        lambda p, a, w: paper_import.preview_paper(p, a, "a.xlsx", template_of_no_form(w.school, GRADE)),
    ),
    paper_import.commit_paper: (
        TEST,
        lambda p, a, w: paper_import.commit_paper(p, a, "a.xlsx", template_of_no_form(w.school, GRADE), ""),
    ),
    levels.explain_result: (SEE, lambda p, a, w: levels.explain_result(p, a, w.attempt)),
    levels.show_levels: (EVERYBODY, lambda p, a, w: levels.show_levels(p, a)),
    onet.onet_page: (FIGURES, lambda p, a, w: onet.onet_page(p, a, GRADE, w.school)),
    onet.save_onet_result: (EDIT_ONET, lambda p, a, w: onet.save_onet_result(p, a, onet_result(w))),
    onet.delete_onet_result: (EDIT_ONET, lambda p, a, w: onet.delete_onet_result(p, a, w.school, 2564, GRADE)),
    onet.preview_onet_import: (EDIT_ONET, lambda p, a, w: onet.preview_onet_import(p, a, w.school, FILE, TABLE)),
    onet.commit_onet_import: (
        EDIT_ONET,
        lambda p, a, w: onet.commit_onet_import(p, a, onet.OnetPreview((onet_result(w),), ())),
    ),
    onet.set_target: (EDIT_ONET, lambda p, a, w: onet.set_target(p, a, OnetTarget(w.school, GRADE, 40.0, False))),
    onet.clear_target: (EDIT_ONET, lambda p, a, w: onet.clear_target(p, a, w.school, GRADE)),
    passages.list_passages: (EVERYBODY, lambda p, a, w: passages.list_passages(p, a)),
    passages.view_passage: (EVERYBODY, lambda p, a, w: passages.view_passage(p, a, "PS-0401")),
    passages.export_passages: (EVERYBODY, lambda p, a, w: passages.export_passages(p, a, "PS-0401", language="th")),
    roster.read_roster: (EDIT, lambda p, a, w: roster.read_roster(p, a, w.school, "a.xlsx", rosters.dmc_xlsx())),
    roster.preview_roster: (EDIT, lambda p, a, w: roster.preview_roster(p, a, w.school, sites.YEAR, NO_SHEET, {})),
    roster.commit_roster: (EDIT, lambda p, a, w: roster.commit_roster(p, a, shown_roster(w))),
    roster.list_pupils: (SEE, lambda p, a, w: roster.list_pupils(p, a, w.school, sites.YEAR)),
    roster.get_pupil: (SEE, lambda p, a, w: roster.get_pupil(p, a, w.pupil)),
    roster.add_pupil: (EDIT, lambda p, a, w: roster.add_pupil(p, a, w.school, sites.YEAR, DRAFT)),
    roster.correct_pupil: (EDIT, lambda p, a, w: roster.correct_pupil(p, a, w.pupil, DRAFT)),
    # Both schools are asked: this moves a pupil to the school where he is.
    roster.move_pupil: (EDIT, lambda p, a, w: roster.move_pupil(p, a, w.pupil, w.school)),
    roster.set_archived: (EDIT, lambda p, a, w: roster.set_archived(p, a, w.pupil, True)),
    rubrics.select_rubrics: (EVERYBODY, lambda p, a, w: rubrics.select_rubrics(p, a, RubricFilter())),
    rubrics.export_rubrics: (
        EVERYBODY,
        lambda p, a, w: rubrics.export_rubrics(p, a, RubricFilter(levels=(1,)), DocumentFormat.EXCEL, ("th",)),
    ),
    rubrics.teaching_steps: (EVERYBODY, lambda p, a, w: rubrics.teaching_steps(p, a, 1)),
    # Refuses nobody, but shows single-school roles their own school alone: see test_schools.
    schools.list_schools: (EVERYBODY, lambda p, a, w: schools.list_schools(p, a)),
    simulation.simulate: (ITEMS, lambda p, a, w: simulation.simulate(p, a, 9, 1)),
    simulation.export_simulation: (ITEMS, lambda p, a, w: simulation.export_simulation(p, a, SIMULATION, **CSV)),
    speech.list_audio: (EVERYBODY, lambda p, a, w: speech.list_audio(p, a)),
    speech.find_item_audio: (EVERYBODY, lambda p, a, w: speech.find_item_audio(p, a, p.content.bank.item("CP-0001"))),
    speech.find_audio: (EVERYBODY, lambda p, a, w: speech.find_audio(p, a, packs.CAT.key)),
    takes.to_record: (RECORD, lambda p, a, w: takes.to_record(p, a, takes.PHONEMES)),
    takes.add_take: (RECORD, lambda p, a, w: takes.add_take(p, a, new_take(50))),
    takes.keep_take: (RECORD, lambda p, a, w: takes.keep_take(p, a, take_of(a))),
    takes.delete_take: (RECORD, lambda p, a, w: takes.delete_take(p, a, take_of(a))),
    takes.take_audio: (RECORD, lambda p, a, w: takes.take_audio(p, a, f"{1:032x}")),
    speech.fetch_audio: (MANAGE, lambda p, a, w: let_fetch(p, a)),
    voice_packs.export_voice_pack: (RECORD, lambda p, a, w: voice_packs.export_voice_pack(p, a)),
    voice_packs.import_voice_pack: (
        IMPORT_PACK,
        lambda p, a, w: voice_packs.import_voice_pack(p, a, "a.zip", write_pack(packs.three())),
    ),
    schools.save_school: (MANAGE, lambda p, a, w: schools.save_school(p, a, SchoolDraft(Text("ใหม่", "New")), w.school)),
}
