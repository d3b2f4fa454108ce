"""What translators have to do: texts of the code and templates against the Thai catalogues."""

from __future__ import annotations

import ast
import re
import string
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from phonics_app.locales import DEFAULT_LANGUAGE

PACKAGE = Path(__file__).resolve().parents[1]
KEYWORDS = {"_": None, "N_": None, "translate": None, "gettext": None}
_METHODS = {".py": "python", ".html": "jinja2.ext:babel_extract"}
# Names and units that Thai texts keep in Latin letters.
_LATIN = r"PDF|CSV|Excel|Word|xlsx|docx|O-NET|DMC|JSON|S\.D\.|Phonics Nine|[nN]"


def used_texts() -> dict[str, list[str]]:
    """Every English text of the interface → the files and lines in which it stands."""
    places: dict[str, list[str]] = defaultdict(list)
    for path in sorted(PACKAGE.rglob("*")):
        method = _METHODS.get(path.suffix)
        if method is None:
            continue
        for line, text, _comments, _context in extract_from_file(method, path, KEYWORDS):
            for message in [text] if isinstance(text, str) else text:
                if message:
                    places[message].append(f"{path.relative_to(PACKAGE.parent)}:{line}")
    return dict(places)


def catalogues(language: str = DEFAULT_LANGUAGE) -> dict[str, dict[str, str]]:
    """Name of each catalogue → its English texts with their translations."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted((Path(__file__).parent / language).glob("*.po")):
        with path.open("rb") as file:
            entries = {str(m.id): str(m.string) for m in read_po(file, locale=language) if m.id}
        found[path.name] = entries
    return found


def faults() -> list[str]:
    """Everything missing, empty, unused, contradictory or broken, one line each; empty when all is well."""
    used, known = used_texts(), catalogues()
    return [*_missing(used, known), *_contradictions(known), *_unused(used, known), *_broken(known)]


def _missing(used: dict[str, list[str]], known: dict[str, dict[str, str]]) -> Iterator[str]:
    translated = {text for entries in known.values() for text, thai in entries.items() if thai}
    for text, places in used.items():
        if text not in translated:
            yield f"missing: {text!r} ({places[0]})"


def _contradictions(known: dict[str, dict[str, str]]) -> Iterator[str]:
    first: dict[str, tuple[str, str]] = {}
    for name, entries in known.items():
        for text, thai in entries.items():
            where, other = first.setdefault(text, (name, thai))
            if other != thai:
                yield f"two translations: {text!r} is {other!r} in {where}, {thai!r} in {name}"


def _unused(used: dict[str, list[str]], known: dict[str, dict[str, str]]) -> Iterator[str]:
    codes = _literals()
    for name, entries in known.items():
        for text in entries:
            if text not in used and text not in codes:
                yield f"unused: {text!r} in {name}"


def _literals() -> set[str]:
    """Every string of the code: names of columns and fields are translated without being marked."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in PACKAGE.rglob("*.py"))
    return {
        n.value for tree in trees for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)
    }


def _broken(known: dict[str, dict[str, str]]) -> Iterator[str]:
    for name, entries in known.items():
        for text, thai in entries.items():
            if placeholders(text) != placeholders(thai):
                yield f"placeholders differ: {text!r} and {thai!r} in {name}"
            if not re.search("[ก-๙]", thai) and re.search("[A-Za-z]", _bare(text)):
                yield f"not Thai: {thai!r} for {text!r} in {name}"


def placeholders(text: str) -> set[str]:
    """Names in braces."""
    return {name for _literal, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}


def _bare(text: str) -> str:
    """`text` without placeholders and without the names that stay in Latin letters."""
    return re.sub(rf"\b(?:{_LATIN})\b", "", re.sub(r"\{[^}]*\}", "", text))
