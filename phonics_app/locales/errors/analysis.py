"""Messages of what can't be analysed as an English word or text."""

from __future__ import annotations

from phonics_app.locales import N_

MESSAGES: dict[str, str] = {
    "analysis.refused": N_("Nothing was analysed: {count} of the words can't be."),
    "analysis.empty": N_("There is no word here. Write an English word."),
    "analysis.not_a_word": N_(
        "“{value}” is not an English word: only letters a–z and apostrophes, one word at a time."
    ),
    "analysis.too_long": N_("“{value}” is too long for a word: {expected} letters at most."),
    "analysis.no_words": N_("There are no English words in this text."),
    "analysis.text_too_long": N_("The text has {length} characters; {most} at most can be analysed at once."),
    "analysis.file": N_("The file {name} is not a text in UTF-8. Save it as plain text (.txt, UTF-8)."),
    "analysis.refused_level": N_("The text was not analysed."),
    "analysis.level": N_("There is no level {value}; levels: {expected}"),
}
