"""A simulation as labelled tables."""

from __future__ import annotations

from datetime import date

from phonics_app.domain.simulation import Simulation
from phonics_app.locales import Translate, translator
from phonics_app.locales.simulation_labels import STOPS, WORLDS
from phonics_app.reports.simulation_wording import weak_spots, word_text
from phonics_app.reports.tables import Cell, Column, Kind, Report, Table


def simulation_report(made: Simulation, language: str, made_on: date) -> Report:
    """Always marked as simulated."""
    _ = translator(language)
    facts = (
        (_("How they answer"), _(WORLDS[made.world])),
        (_("Simulated pupils"), f"{made.figures.pupils:,}"),
        (_("Start of the random numbers"), str(made.seed)),
        (_("Version of the item bank"), made.bank),
        (_("Blueprint"), made.blueprint),
        (_("Version of the engine"), made.engine),
    )
    tables = (_whole(_, made), _by_level(_, made), _cuts(_, made), _said(_, made), _stops(_, made))
    notes = (word_text(_, made.figures.around_90), *weak_spots(_, made))
    title = _("How good the placement test is")
    return Report(title, language, made_on, facts, tables, simulated=True, notes=notes)


def _whole(_: Translate, made: Simulation) -> Table:
    of = made.figures
    shares: tuple[tuple[str, Cell], ...] = (
        (_("Level exactly right"), of.exact),
        (_("Within one level"), of.adjacent),
        (_("Placed too high"), of.too_high),
        (_("Placed too low"), of.too_low),
        (_("How sure the test said it was"), of.stated),
        (_("Distance between said and right"), of.ece),
        (_("The same of an honest test, by chance"), of.ece_by_chance),
        (_("Pupils who had the item given most"), of.max_exposure),
        (_("Left between two levels: one of the two is right"), of.between_holds),
    )
    numbers = (
        (_("Items in a test"), of.mean_items),
        (_("Items in the longest tests (19 of 20 are shorter)"), of.long_items),
        (_("Minutes"), of.minutes),
    )
    columns = (Column(_("Figure")), Column(_("Share"), Kind.SHARE), Column(_("Quantity"), Kind.SCORE))
    rows = (*((name, share, None) for name, share in shares), *((name, None, n) for name, n in numbers))
    return Table(_("All pupils"), columns, rows)


def _by_level(_: Translate, made: Simulation) -> Table:
    titles = (_("Level exactly right"), _("Within one level"), _("Placed too high"), _("Placed too low"))
    columns = (
        Column(_("True level")),
        Column(_("Pupils"), Kind.COUNT),
        *(Column(title, Kind.SHARE) for title in titles),
        Column(_("Items in a test"), Kind.SCORE),
    )
    rows = tuple(
        (str(of.level), of.pupils, of.exact, of.adjacent, of.too_high, of.too_low, of.mean_items)
        for of in made.figures.levels
    )
    return Table(_("By true level"), columns, rows)


def _cuts(_: Translate, made: Simulation) -> Table:
    confused = {(b.lower, b.upper): b.confused for b in made.figures.boundaries}
    columns = (
        Column(_("Levels")),
        Column(_("Taken for one another"), Kind.SHARE),
        Column(_("Items that tell them apart"), Kind.COUNT),
        Column(_("Blocks with such items"), Kind.COUNT),
        Column(_("Few items")),
    )
    rows = tuple(
        (
            pair_label(_, cut.lower, cut.upper),
            confused.get((cut.lower, cut.upper)),
            cut.items,
            cut.blocks,
            _("yes") if cut.few else _("no"),
        )
        for cut in made.cuts
    )
    return Table(_("Where two levels meet"), columns, rows)


def pair_label(_: Translate, lower: int, upper: int) -> str:
    return _("{lower} and {upper}").format(lower=lower, upper=upper)


def _said(_: Translate, made: Simulation) -> Table:
    columns = (
        Column(_("The test said")),
        Column(_("Pupils"), Kind.COUNT),
        Column(_("How sure the test said it was"), Kind.SHARE),
        Column(_("Level exactly right"), Kind.SHARE),
    )
    rows = tuple((f"{b.low:.0%}–{b.high:.0%}", b.pupils, b.stated, b.right) for b in made.figures.reliability)
    return Table(_("Is it as sure as it says?"), columns, rows)


def _stops(_: Translate, made: Simulation) -> Table:
    columns = (Column(_("Why tests ended")), Column(_("Share"), Kind.SHARE))
    rows = tuple((_(STOPS.get(reason, reason)), share) for reason, share in made.figures.stops.items())
    return Table(_("Why tests ended"), columns, rows)
