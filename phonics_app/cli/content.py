"""Commands that analyse words and texts by the grapheme–phoneme table."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from phonics_app.cli.commands import Commands
from phonics_app.cli.documents import add_document, language_of, table_format_of, write_document
from phonics_app.cli.output import Output
from phonics_app.domain.account import SYSTEM
from phonics_app.domain.analysis import CountedWord, Part, Reason, TextAnalysis, WordAnalysis
from phonics_app.domain.calendar import thai_day
from phonics_app.domain.errors import PhonicsError
from phonics_app.locales import Translate
from phonics_app.reports.decodability_wording import (
    SOURCES,
    part_text,
    reasons_text,
    sentence_text,
    word_level,
)
from phonics_app.reports.labels import level_label
from phonics_app.reports.wording import skill_label


def add_commands(commands: Commands) -> None:
    """analyse-word, analyse-text, export-analysis."""
    _ = commands.translate
    help = _("show how letters spell the sounds of words, and from which level they can be read")
    parser = commands.add("analyse-word", analyse_word, help, "cake said --json")
    parser.add_argument("words", nargs="+", metavar="WORD", help=_("an English word, or a made-up one"))
    help = _("show how much of a text can be read at each level, and which words not yet")
    parser = commands.add("analyse-text", analyse_text, help, "story.txt --level 6")
    _add_text(commands, parser)
    help = _("write the analysis of a text as a file")
    parser = commands.add("export-analysis", export_analysis, help, "story.txt --level 6 --out words.csv")
    _add_text(commands, parser)
    add_document(parser, _, ("pdf", "csv"))


def _add_text(commands: Commands, parser: argparse.ArgumentParser) -> None:
    _ = commands.translate
    parser.add_argument("file", type=Path, help=_("a text file in UTF-8"))
    parser.add_argument("--level", type=int, help=_("what can't be read yet at this level (default: the last)"))


def analyse_word(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows.analysis import analyse_words
    from phonics_app.workflows.context import Settings

    for word in analyse_words(Settings.from_environment().content_dir, SYSTEM, options.words):
        if output.json:
            print(json.dumps(word_data(word), ensure_ascii=False))
        else:
            output.show(None, word_lines(output.translate, word))
    return 0


def analyse_text(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import analysis
    from phonics_app.workflows.context import Settings

    content_dir = Settings.from_environment().content_dir
    level = analysis.chosen_level(content_dir, SYSTEM, options.level)
    found = analysis.analyse_text(content_dir, SYSTEM, _read(options.file))
    output.show(text_data(found, level), list(text_lines(output.translate, found, level)))
    return 0


def export_analysis(options: argparse.Namespace, output: Output) -> int:
    from phonics_app.workflows import analysis
    from phonics_app.workflows.context import Settings, utc_now

    content_dir, format = Settings.from_environment().content_dir, table_format_of(options, output)
    level = analysis.chosen_level(content_dir, SYSTEM, options.level)
    text, language, today = _read(options.file), language_of(options, output), thai_day(utc_now())
    return write_document(
        options,
        output,
        lambda: analysis.export_analysis(content_dir, SYSTEM, text, level, today, format=format, language=language),
    )


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise PhonicsError("analysis.file", {"name": path.name}) from None


def word_data(word: WordAnalysis) -> dict[str, object]:
    """One word as JSON: a grapheme is irregular where no row of the table stands behind it."""
    return {
        "word": word.word,
        "level": word.level,
        "irregular": word.irregular,
        "graphemes": [_part_data(part) for part in word.parts],
        "shape": word.shape,
        "syllables": word.syllables,
        "skills": dict(word.skills),
        "affixes": word.affixes,
        "source": word.source.value,
    }


def _part_data(part: Part) -> dict[str, object]:
    row = part.correspondence
    return {
        "grapheme": part.grapheme,
        "phonemes": part.phonemes,
        "level": part.level,
        "irregular": part.irregular,
        "correspondence": row.id if row else None,
    }


def word_lines(_: Translate, word: WordAnalysis) -> list[str]:
    shape = _("{shape}, syllables: {n}").format(shape=word.shape, n=word.syllables)
    affixes = f" · {' '.join(word.affixes)}" if word.affixes else ""
    width = max(len(part.grapheme) for part in word.parts)
    return [
        f"{word.word}: {word_level(_, word)} · {shape}{affixes}",
        *(f"  {part.grapheme:<{width}}  {part_text(_, part)}" for part in word.parts),
        *(f"  + {skill_label(_, code)}: {level_label(_, level)}" for code, level in word.skills),
        f"  {_(SOURCES[word.source])}",
    ]


def text_data(found: TextAnalysis, level: int) -> dict[str, object]:
    """A text as JSON; shares are from 0 to 1."""
    lengths = found.sentences
    return {
        "words": found.running_words,
        "different_words": len(found.words),
        "levels": [{"level": s.level, "running": s.running, "different": s.different} for s in found.shares],
        "level": level,
        "not_yet": [_not_yet(word, level) for word in found.beyond(level)],
        "heart_words": [{"word": w.analysis.word, "count": w.count} for w in found.heart_words],
        "sentences": {
            "count": len(lengths),
            "mean": sum(lengths) / len(lengths),
            "longest": max(lengths),
            "lengths": lengths,
        },
    }


def _not_yet(word: CountedWord, level: int) -> dict[str, object]:
    reasons = [_reason_data(reason) for reason in word.analysis.reasons_beyond(level)]
    return {"word": word.analysis.word, "count": word.count, "level": word.analysis.level, "reasons": reasons}


def _reason_data(reason: Reason) -> dict[str, object]:
    return {"kind": reason.kind.value, "value": reason.value, "sound": reason.ipa, "level": reason.level}


def text_lines(_: Translate, found: TextAnalysis, level: int) -> list[str]:
    words = _("Words: {n}, of which different: {different}")
    shares = [
        f"{'>' if s.level == level else ' '} {level_label(_, s.level)}  {s.running:4.0%}  {s.different:4.0%}"
        for s in found.shares
    ]
    later = [w for w in found.beyond(level) if w.analysis.level is not None]
    return [
        words.format(n=found.running_words, different=len(found.words)),
        sentence_text(_, found),
        _("What can be read at each level, of the text and of its different words:"),
        *shares,
        *_listed(_, _("Not yet at level {n}:").format(n=level), later, level),
        *_listed(_, _("Heart words:"), list(found.heart_words), level),
    ]


def _listed(_: Translate, title: str, words: list[CountedWord], level: int) -> list[str]:
    lines = [f"  {w.analysis.word} ({w.count}): {reasons_text(_, w.analysis, level)}" for w in words]
    return [title, *lines] if lines else []
