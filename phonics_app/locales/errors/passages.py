"""Messages of passages, and of faults in `item_bank/passages/`."""

from __future__ import annotations

from phonics_app.locales import N_

MESSAGES: dict[str, str] = {
    "content.id_form": N_("“{value}” does not have the form of such an id; write it like {expected}"),
    "content.passage_count": N_("Only {value} active passages; at least {expected} are needed."),
    "content.passage_sign": N_(
        "“{value}” can't be read aloud by its letters: write it as a word. Signs that a text may have: {expected}"
    ),
    "content.passage_words": N_("The passage has {value} words; at this level it should have {expected}."),
    "content.passage_sentence": N_("This sentence has more than {expected} words: {value}"),
    "content.passage_line": N_("A line has 1 to {expected} words; this one does not: “{value}”"),
    "content.passage_share": N_(
        "Without the heart words, {value} of the words are decodable at this level; at least {expected} are needed. "
        "In brackets: the words that are not."
    ),
    "content.heart_share": N_("{value} of the words are heart words; at most {expected} may be."),
    "content.heart_unused": N_(
        "The heart word “{value}” is not in the text (heart words are written in small letters)."
    ),
    "content.questions_count": N_("The passage has {value} questions; {expected} are needed."),
    "content.questions_kind": N_("Only {value} questions of this kind; at least {expected} are needed."),
    "passages.unknown": N_("There is no passage {id}."),
    "passages.none": N_("No passage is in use there; levels that have passages: {expected}"),
    "content.evidence": N_("There is no line {value}; the passage has the lines {expected}."),
}
