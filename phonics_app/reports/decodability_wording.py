"""What stands between a reader and a word, in words: for screen, paper and command line. Loads nothing heavy."""

from __future__ import annotations

from phonics_app.domain.analysis import SILENT_IPA, Part, Reason, ReasonKind, Source, TextAnalysis, WordAnalysis
from phonics_app.locales import N_, Translate
from phonics_app.reports.labels import level_label
from phonics_app.reports.wording import skill_label

SOURCES = {
    Source.DICTIONARY: N_("Pronounced as in the dictionary (American English)."),
    Source.PARTS: N_("Not in the dictionary; pronounced like the words that it is made of."),
    Source.RULES: N_("Not in the dictionary; read by the rules of the table."),
}


def sound(ipa: str) -> str:
    """ "/ʃ/"; "–" for silent letters."""
    return ipa if ipa == SILENT_IPA else f"/{ipa}/"


def reason_text(_: Translate, reason: Reason) -> str:
    """Why a word can't be read yet: "ough /ɔ/ is taught at level 8"."""
    fields = {"what": reason.value, "sound": sound(reason.ipa), "level": reason.level}
    if reason.kind is ReasonKind.IRREGULAR:
        silent = _("{what} is silent here, by no rule: learn it by heart")
        heart = _("{what} is {sound} here, by no rule: learn it by heart")
        return (silent if reason.ipa == SILENT_IPA else heart).format(**fields)
    if reason.kind is ReasonKind.SKILL:
        named = fields | {"what": skill_label(_, reason.value)}
        return _("{what}: taught at level {level}").format(**named)
    silent = _("silent {what} is taught at level {level}")
    taught = _("{what} {sound} is taught at level {level}")
    return (silent if reason.ipa == SILENT_IPA else taught).format(**fields)


def reasons_text(_: Translate, word: WordAnalysis, level: int) -> str:
    return "; ".join(reason_text(_, reason) for reason in word.reasons_beyond(level))


def word_level(_: Translate, word: WordAnalysis) -> str:
    """ "Level 5", or "Heart word"."""
    return _("Heart word") if word.level is None else level_label(_, word.level)


def cut(word: WordAnalysis) -> str:
    """ "c · a_e · k", irregular parts in brackets."""
    return " · ".join(f"[{part.grapheme}]" if part.irregular else part.grapheme for part in word.parts)


def pronounced(word: WordAnalysis) -> str:
    """ "/k eɪ k/": the sounds of the graphemes one by one."""
    return "/" + " ".join(part.ipa for part in word.parts if part.phonemes) + "/"


def part_text(_: Translate, part: Part) -> str:
    """What a grapheme does in its word, with its row of the table."""
    heard = _("silent") if part.ipa == SILENT_IPA else sound(part.ipa)
    if part.correspondence is None:
        return _("{heard}, by no rule: learn it by heart").format(heard=heard)
    row = part.correspondence
    return _("{heard}, level {level}, as in {example} (row {id})").format(
        heard=heard, level=row.level, example=row.example, id=row.id
    )


def sentence_text(_: Translate, analysis: TextAnalysis) -> str:
    """How many sentences, and how long."""
    lengths = analysis.sentences
    template = _("{count} sentences; {mean:.1f} words on average, the longest {longest}")
    return template.format(count=len(lengths), mean=sum(lengths) / len(lengths), longest=max(lengths))
