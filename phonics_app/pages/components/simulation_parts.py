"""What became of simulated pupils: figures, whether the test's word is true, and where it is weak."""

from __future__ import annotations

from functools import partial

import streamlit as st

from phonics_app.domain.simulation import Simulation
from phonics_app.locales.simulation_labels import WORLDS
from phonics_app.pages.components.dashboard_plots import show_plot
from phonics_app.pages.components.downloads import downloads
from phonics_app.pages.components.html import Cell, Column, badge, note, section, stats, table, text
from phonics_app.pages.components.labels import level_badge
from phonics_app.pages.components.session import Session
from phonics_app.reports.figures import Look
from phonics_app.reports.labels import percent
from phonics_app.reports.simulation_figure import honesty_figure
from phonics_app.reports.simulation_report import pair_label
from phonics_app.reports.simulation_wording import TONES, weak_spots, word_of, word_text
from phonics_app.workflows.exports import ExportFormat
from phonics_app.workflows.simulation import export_simulation


def show_simulation(session: Session, made: Simulation) -> None:
    _ = session.translate
    section(_("{n} simulated pupils").format(n=f"{made.figures.pupils:,}"))
    text(_(WORLDS[made.world]))
    _figures(session, made)
    downloads(session, "phonics-simulation", partial(_export, session, made), (ExportFormat.CSV, ExportFormat.EXCEL))
    _honesty(session, made)
    _weak_spots(session, made)
    _levels(session, made)
    _cuts(session, made)
    identity = _("Item bank {bank}, blueprint {blueprint}, engine {engine}")
    st.caption(identity.format(bank=made.bank, blueprint=made.blueprint, engine=made.engine))


def _export(session: Session, made: Simulation, format: ExportFormat) -> bytes:
    return export_simulation(session.phonics, session.actor, made, format=format, language=session.language)


def _figures(session: Session, made: Simulation) -> None:
    _, of = session.translate, made.figures
    wrong = _("too high {high}, too low {low}").format(high=percent(of.too_high), low=percent(of.too_low))
    longest = _("19 of 20 tests have at most {n}").format(n=f"{of.long_items:.0f}")
    stats(
        [
            (_("Level exactly right"), f"{of.exact:.1%}", wrong),
            (_("Within one level"), f"{of.adjacent:.1%}"),
            (_("Items in a test"), f"{of.mean_items:.0f}", longest),
            (_("Minutes"), f"{of.minutes:.1f}", _("at 4 seconds an item")),
        ]
    )


def _honesty(session: Session, made: Simulation) -> None:
    of = made.figures
    section(session.translate("Is it as sure as it says?"))
    note(word_text(session.translate, of.around_90), TONES[word_of(of.around_90)])
    show_plot(honesty_figure(of, Look(session.language, simulated=True)), "honesty")


def _weak_spots(session: Session, made: Simulation) -> None:
    _ = session.translate
    section(_("Weak spots"))
    spots = list(weak_spots(_, made))
    for spot in spots:
        note(spot, "warn")
    if not spots:
        note(_("No level stands out, and there are items enough wherever two levels meet."), "good")


def _levels(session: Session, made: Simulation) -> None:
    _ = session.translate
    section(_("By true level"))
    titles = (_("Pupils"), _("Level exactly right"), _("Within one level"), _("Placed too high"), _("Placed too low"))
    columns = [Column(_("True level")), *(Column(title, "number") for title in (*titles, _("Items in a test")))]
    rows: list[list[Cell]] = [
        [
            level_badge(of.level),
            f"{of.pupils:,}",
            *(percent(share) for share in (of.exact, of.adjacent, of.too_high, of.too_low)),
            f"{of.mean_items:.0f}",
        ]
        for of in made.figures.levels
    ]
    table(columns, rows)


def _cuts(session: Session, made: Simulation) -> None:
    _ = session.translate
    if not made.cuts:
        return
    section(_("Where two levels meet"))
    confused = {(b.lower, b.upper): percent(b.confused) for b in made.figures.boundaries}
    titles = (_("Taken for one another"), _("Items that tell them apart"), _("Blocks with such items"))
    columns = [Column(_("Levels"), "nowrap"), *(Column(title, "number") for title in titles), Column("")]
    rows: list[list[Cell]] = [
        [
            pair_label(_, cut.lower, cut.upper),
            confused.get((cut.lower, cut.upper), ""),
            f"{cut.items:,}",
            f"{cut.blocks:,}",
            badge(_("few"), "warn") if cut.few else "",
        ]
        for cut in made.cuts
    ]
    table(columns, rows)
    st.caption(_("few: not half as many as at the middle one of these places; pupils there see the same items oftener"))
