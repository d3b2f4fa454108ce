"""A passage on paper: a sheet to read from, and behind it a sheet to mark and to ask by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from phonics_app.domain.bank import ItemStatus
from phonics_app.domain.passage import Passage, Question
from phonics_app.locales import N_, translator
from phonics_app.reports import typesetting as ts
from phonics_app.reports.administration import ACCURACY, RATE
from phonics_app.reports.form_bubbles import BubbleSheet
from phonics_app.reports.form_mark import SheetKind, form_mark
from phonics_app.reports.form_paper import FormPaper
from phonics_app.reports.labels import level_label
from phonics_app.reports.passage_wording import KINDS, STATUSES, heart_words, lines_label

LARGEST = "28pt"
"""Letters of the pupil's sheet; smaller where a line would not fit."""
_FORMULAS = {
    RATE: N_("Words right per minute = words right × 60 ÷ (60 − seconds left)"),
    ACCURACY: N_("Accuracy in % = words right × 100 ÷ words read"),
}
_NO_NORMS = N_("There are no Thai norms of words per minute: compare pupils with their own earlier reading.")
_ASKING = N_("Ask only what the pupil has read of: each question as soon as he has read up to its word.")
_SELF_CORRECTION = "EGRA-SC"


@dataclass(frozen=True, slots=True)
class PassageSheets:
    """What the two sheets are made of."""

    passage: Passage
    alike: tuple[Passage, ...]
    """Passages of the level: all have letters of one size, so that none is easier to read than another."""
    rules: Mapping[str, str]
    """Rules of the one-minute reading: name → sentence, in the language of the document."""
    form: str = ""
    """The fixed form that is printed with it, as its foot names it."""
    paper: FormPaper | None = None
    """That form, whose sheets have marks by which a machine knows them."""


def passage_pdf(sheets: Sequence[PassageSheets], bank_version: str, made_on: date, language: str) -> bytes:
    """Two A4 pages for each passage, the pupil's first: printed on both sides, each passage is one leaf."""
    _ = translator(language)
    pages = (page for sheet in sheets for page in _Writer(sheet, bank_version, made_on, language).pages())
    levels = {sheet.passage.level for sheet in sheets}
    subtitle = level_label(_, levels.pop()) if len(levels) == 1 else _("All levels")
    return ts.pdf(pages, ts.Page(_("Reading passages"), language, made_on, subtitle))


class _Writer:
    """The pages of one passage."""

    def __init__(self, sheets: PassageSheets, bank_version: str, made_on: date, language: str) -> None:
        self.sheets, self.passage, self.language = sheets, sheets.passage, language
        self._ = translator(language)
        what = self._("{id}, version {version} · item bank {bank}").format(
            id=self.passage.id, version=self.passage.version, bank=bank_version[:12]
        )
        what = " · ".join(filter(None, (sheets.form, what)))
        day, page_of = ts.long_date(made_on, language), self._("Page {n} of {m}")
        self.foot = (ts.content(what), ts.content(day), ts.escape(page_of))

    def pages(self) -> Iterator[ts.Markup]:
        lines = _texts(self.passage)
        alike = [line for passage in self.sheets.alike for line in _texts(passage)]
        reading = ts.call("reading-lines", ts.array(map(ts.escape, lines)), ts.array(map(ts.escape, alike)), LARGEST)
        yield ts.call("pupil-page", *self.foot, ts.content(reading), *self._mark(SheetKind.PUPIL, corners=False))
        marking = ts.call("fitted", ts.content(ts.Markup("\n".join(self._teacher()))))
        yield ts.call("teacher-page", *self.foot, ts.content(marking), *self._mark(SheetKind.TEACHER))
        if self.sheets.paper is not None:
            yield from BubbleSheet(self.sheets.paper, self.language).pages(self.foot)

    def _mark(self, kind: SheetKind, *, corners: bool = True) -> list[str]:
        paper = self.sheets.paper
        return [f"mark: {form_mark(paper, kind, corners=corners)}"] if paper is not None else []

    def _teacher(self) -> Iterator[ts.Markup]:
        yield self._title()
        yield self._fields((self._("Name"), self._("Class"), self._("Date"), self._("Tester")), ("2fr", *["1fr"] * 3))
        yield self._before()
        yield self._text()
        yield from self._marks()
        yield from self._rules()
        yield from self._questions()

    def _title(self) -> ts.Markup:
        title, status = self.passage.title, self.passage.status
        names = dict.fromkeys((title.in_language(self.language), title.en))
        shown = [name if place == 0 else ts.muted(name) for place, name in enumerate(names)]
        shown.append(ts.muted(level_label(self._, self.passage.level)))
        if status is not ItemStatus.ACTIVE:
            shown.append(ts.badge(self._(STATUSES[status])))
        return ts.heading(ts.joined(shown, "  "))

    def _fields(self, names: Iterable[str], widths: Sequence[str]) -> ts.Markup:
        return ts.columns([ts.call("fill-in", ts.content(f"{name}:")) for name in names], widths, "4mm")

    def _before(self) -> ts.Markup:
        lines = [ts.muted(self.passage.note.in_language(self.language))]
        if self.passage.heart_words:
            words = ts.stimulus(",  ".join(heart_words(self.passage)), "10.5pt")
            lines.insert(0, ts.joined((ts.bold(self._("Heart words to practise first:")), words)))
        return ts.paragraph(ts.stacked(lines))

    def _text(self) -> ts.Markup:
        cells = []
        for line in self.passage.lines:
            words = ts.stimulus(line.text, "1em")
            cells += [ts.content(ts.muted(str(line.number))), ts.content(words), ts.content(ts.bold(str(line.total)))]
        return ts.call("counted-lines", "11pt", *cells)

    # ---- marks -----------------------------------------------------------------------------------------------------

    def _marks(self) -> Iterator[ts.Markup]:
        _ = self._
        counted = [_("Words read, up to the last one"), _("Errors"), _("Seconds left")]
        if _SELF_CORRECTION in self.sheets.rules:
            counted.insert(2, _("Self-corrected (no error)"))
        reckoned = [_("Words right = words read − errors")]
        reckoned += [_(formula) for rule, formula in _FORMULAS.items() if rule in self.sheets.rules]
        for labels in (counted, reckoned):
            boxes = [ts.call("number-box", ts.content(label)) for label in labels]
            yield ts.columns(boxes, ["1fr"] * len(boxes), "3mm")

    def _rules(self) -> Iterator[ts.Markup]:
        told = [sentence for rule, sentence in self.sheets.rules.items() if rule not in _FORMULAS]
        if told:
            told.append(self._(_NO_NORMS))
            yield ts.call("small-list", *map(ts.content, told))

    # ---- questions -------------------------------------------------------------------------------------------------

    def _questions(self) -> Iterator[ts.Markup]:
        _ = self._
        yield ts.heading(_("Questions (answers in Thai or English)"), 2)
        yield ts.paragraph(ts.muted(_(_ASKING)))
        columns = [
            ts.Column(_("No."), "auto", "center"),
            ts.Column(_("Question"), "1fr"),
            ts.Column(_("Answer"), "1.3fr"),
            ts.Column(_("Lines"), "auto"),
            ts.Column(_("Up to word"), "auto", "center"),
            ts.Column(_("Right"), "auto", "center"),
        ]
        rows = [self._question(number, one) for number, one in enumerate(self.passage.asked, start=1)]
        yield ts.table(columns, rows, size="9pt")

    def _question(self, number: int, one: Question) -> list[str]:
        accepted = one.accepted.th if self.language == "th" else one.accepted.en
        key = ts.bold(one.key.in_language(self.language))
        answers = ts.joined((key, ts.muted(" · ".join(accepted)))) if accepted else key
        asked = ts.joined((one.question.in_language(self.language), ts.muted(f"({self._(KINDS[one.kind])})")))
        word = str(self.passage.words_for(one))
        return [str(number), asked, answers, lines_label(one.evidence), word, ts.Markup("#tick;")]


def _texts(passage: Passage) -> list[str]:
    return [line.text for line in passage.lines]
