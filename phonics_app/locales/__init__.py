"""Thai and English for every text of the interface.

The source text (msgid) is English and stands in the code; Thai stands in `locales/th/<room>.po`, one
catalogue for each room, all merged at loading. A language is chosen per session, never per process.
"""

from __future__ import annotations

import gettext as _gettext
import io
from collections.abc import Callable
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = ("th", "en")
DEFAULT_LANGUAGE = "th"
_FOLDER = Path(__file__).parent

Translate = Callable[[str], str]
"""What views receive: English source text → text in the session's language."""


@cache
def translations(language: str) -> _gettext.NullTranslations:
    """All catalogues of `language` merged; English needs none."""
    merged = Catalog(locale=language)
    for path in sorted((_FOLDER / language).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id and message.string:
                    merged.add(message.id, message.string, context=message.context)
    compiled = io.BytesIO()
    write_mo(compiled, merged)
    compiled.seek(0)
    return _gettext.GNUTranslations(compiled)


def translator(language: str) -> Translate:
    """The translating function of `language`; unknown languages fall back to the default one."""
    return translations(language if language in LANGUAGES else DEFAULT_LANGUAGE).gettext


def N_(message: str) -> str:
    """Marks a text for extraction where it is defined; it is translated where it is shown."""
    return message
