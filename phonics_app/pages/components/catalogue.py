"""Every page: its file, address, title, icon, section, and what one must be allowed to do to see it."""

from __future__ import annotations

from dataclasses import dataclass

from phonics_app.domain.account import Actor
from phonics_app.locales import N_
from phonics_app.workflows.permissions import Action, allows


@dataclass(frozen=True, slots=True)
class PageEntry:
    """`listed` False: reached from other pages, not from the menu."""

    file: str
    path: str
    title: str
    icon: str
    section: str
    action: Action | None
    listed: bool = True
    whole_school: bool = False
    """Nothing for a teacher who holds single rooms."""


PAGES = (
    PageEntry("home.py", "", N_("Home"), "home", "", None),
    PageEntry("class_list.py", "class", N_("My class"), "groups", N_("Teaching"), Action.SEE_PUPILS),
    PageEntry("pupils.py", "pupils", N_("Pupils"), "badge", N_("Teaching"), Action.EDIT_ROSTER),
    PageEntry(
        "pupil_data.py",
        "pupil-data",
        N_("Data of a pupil"),
        "folder_shared",
        N_("Teaching"),
        Action.GIVE_OWN_DATA,
        listed=False,
    ),
    PageEntry(
        "roster_import.py",
        "roster",
        N_("Import class list"),
        "upload_file",
        N_("Teaching"),
        Action.EDIT_ROSTER,
        whole_school=True,
    ),
    PageEntry(
        "level_classes.py",
        "level-classes",
        N_("Level classes"),
        "workspaces",
        N_("Teaching"),
        Action.SEE_PUPILS,
        whole_school=True,
    ),
    PageEntry(
        "year_turn.py",
        "year-turn",
        N_("Year turn"),
        "event_repeat",
        N_("Teaching"),
        Action.EDIT_ROSTER,
        whole_school=True,
    ),
    PageEntry(
        "merge.py",
        "merge",
        N_("Pupils registered twice"),
        "join",
        N_("Teaching"),
        Action.MERGE_PUPILS,
        whole_school=True,
    ),
    PageEntry(
        "transfers.py",
        "transfers",
        N_("Pupils who change schools"),
        "transfer_within_a_station",
        N_("Teaching"),
        Action.TRANSFER_PUPILS,
        whole_school=True,
    ),
    PageEntry("tests.py", "tests", N_("All tests given"), "history", N_("Teaching"), Action.SEE_PUPILS),
    PageEntry(
        "pupil_history.py",
        "history",
        N_("A pupil over the years"),
        "timeline",
        N_("Teaching"),
        Action.SEE_PUPILS,
        listed=False,
    ),
    PageEntry("result.py", "result", N_("Test result"), "fact_check", N_("Teaching"), Action.SEE_PUPILS, listed=False),
    PageEntry(
        "lawful_basis.py",
        "lawful-basis",
        N_("Lawful basis and notice"),
        "verified_user",
        N_("Teaching"),
        Action.EDIT_ROSTER,
    ),
    PageEntry("decodability.py", "words", N_("Words and texts"), "spellcheck", N_("Teaching"), Action.ANALYSE_TEXTS),
    PageEntry("passages.py", "passages", N_("Passages"), "menu_book", N_("Teaching"), Action.SEE_BANK),
    PageEntry("dashboard.py", "dashboard", N_("Dashboard"), "bar_chart", N_("Results"), Action.SEE_DASHBOARD),
    PageEntry("network.py", "network", N_("School network"), "hub", N_("Results"), Action.SEE_NETWORK),
    PageEntry("onet.py", "onet", N_("O-NET"), "monitoring", N_("Results"), Action.SEE_DASHBOARD),
    PageEntry("exports.py", "exports", N_("Export tables"), "table_view", N_("Results"), Action.SEE_PUPILS),
    PageEntry("rubrics.py", "rubrics", N_("Rubrics"), "rule", N_("Results"), Action.SEE_RUBRICS),
    PageEntry("levels.py", "levels", N_("Levels"), "stairs", N_("Results"), Action.SEE_RUBRICS, listed=False),
    PageEntry("item_bank.py", "item-bank", N_("Item bank"), "quiz", N_("Items and tests"), Action.SEE_BANK),
    PageEntry(
        "item_editor.py",
        "item-editor",
        N_("Propose an item"),
        "edit_note",
        N_("Items and tests"),
        Action.PROPOSE_ITEMS,
        listed=False,
    ),
    PageEntry(
        "recording_studio.py",
        "recording-studio",
        N_("Recording studio"),
        "mic",
        N_("Items and tests"),
        Action.RECORD_AUDIO,
    ),
    PageEntry("fixed_forms.py", "forms", N_("Test forms"), "assignment", N_("Items and tests"), Action.SEE_BANK),
    PageEntry(
        "item_analysis.py",
        "item-analysis",
        N_("Item analysis"),
        "troubleshoot",
        N_("Items and tests"),
        Action.PROPOSE_ITEMS,
    ),
    PageEntry(
        "simulation.py",
        "simulation",
        N_("Simulated tests"),
        "science",
        N_("Items and tests"),
        Action.PROPOSE_ITEMS,
    ),
    PageEntry(
        "calibrations.py", "calibrations", N_("Calibration"), "balance", N_("Items and tests"), Action.MANAGE_SITE
    ),
    PageEntry("accounts.py", "accounts", N_("Accounts"), "manage_accounts", N_("Site"), Action.INVITE_TEACHERS),
    PageEntry("schools.py", "schools", N_("Schools"), "school", N_("Site"), Action.MANAGE_SITE),
    PageEntry("oneroster.py", "oneroster", N_("OneRoster"), "sync_alt", N_("Site"), Action.MANAGE_SITE),
    PageEntry("maintenance.py", "maintenance", N_("Backup"), "database", N_("Site"), Action.MANAGE_SITE),
    PageEntry(
        "research_export.py", "research-export", N_("Research export"), "labs", N_("Site"), Action.EXPORT_RESEARCH
    ),
    PageEntry("privacy.py", "privacy", N_("Privacy"), "shield_person", N_("Site"), Action.MANAGE_SITE),
    PageEntry("retention.py", "retention", N_("Retention"), "auto_delete", N_("Site"), Action.MANAGE_SITE),
    PageEntry("audit.py", "audit", N_("Record of use"), "policy", N_("Site"), Action.SEE_AUDIT),
    PageEntry("my_account.py", "my-account", N_("My account"), "account_circle", N_("Me"), None),
)


def permitted(entry: PageEntry, actor: Actor) -> bool:
    """Whether the actor may open the page (what it shows is checked again by each workflow)."""
    return entry.action is None or allows(actor, entry.action, whole_school=entry.whole_school)
