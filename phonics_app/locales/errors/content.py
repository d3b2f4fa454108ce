"""Messages of faults in `item_bank/`."""

from __future__ import annotations

from phonics_app.locales import N_

MESSAGES: dict[str, str] = {
    "content.problems": N_("The item bank or the rubrics have {count} faults."),
    "content.file_missing": N_("The file is missing."),
    "content.file_unreadable": N_("The file can't be read. Save it as UTF-8 (in Excel: “CSV UTF-8”)."),
    "content.csv": N_("The file is not a table of cells separated by commas: {value}"),
    "content.toml": N_("The file is not valid TOML: {value}"),
    "content.field": N_("{value} does not fit this field; expected {expected}"),
    "content.column_missing": N_("The column “{value}” is missing. The columns are: {expected}"),
    "content.column_unknown": N_("The column “{value}” is not known. The columns are: {expected}"),
    "content.column_repeated": N_("The column “{value}” stands there twice."),
    "content.cells": N_("The row has {value} cells instead of {expected}. A text with a comma needs quotation marks."),
    "content.empty": N_("This cell is empty; it is needed."),
    "content.number": N_("“{value}” is not a fitting number; expected {expected}"),
    "content.choice": N_("“{value}” is not known; expected one of: {expected}"),
    "content.context": N_("“{value}” can't be read; write what must stand there with the letters {expected}"),
    "content.date": N_("“{value}” is not a date; write it like {expected}"),
    "content.task_strand": N_("The task “{value}” does not belong to this strand; tasks that do: {expected}"),
    "content.phoneme_unknown": N_("“{value}” is not a phoneme; expected ARPAbet without stress: {expected}"),
    "content.phonemes_count": N_(
        "Each grapheme needs its phonemes: {expected} entries are needed, but here is “{value}”"
    ),
    "content.id_repeated": N_("The id “{value}” is used already: {expected}. An id is never used again."),
    "content.hint_repeated": N_("“{value}” has a hint already, in row {expected}."),
    "content.hint_missing": N_("There is no hint how to say {expected}; add a row for the phonemes “{value}”."),
    "content.level_repeated": N_("Level {value} stands there twice."),
    "content.level_unknown": N_("There is no level “{value}”; levels: {expected}"),
    "content.code_unknown": N_("The code “{value}” is not known; expected one of: {expected}"),
    "content.spelling": N_("The graphemes spell “{value}”, not “{expected}”."),
    "content.correspondence_unknown": N_("The table {expected} has no such sound for this grapheme: {value}"),
    "content.too_late": N_("“{value}” is taught from level {expected} on; the item is of an earlier level."),
    "content.nothing_new": N_(
        "The item tests nothing that is new at level {value}; move it to an earlier level or correct: {expected}"
    ),
    "content.guessing_open": N_("An item that is read aloud can't be guessed: write {expected} instead of {value}."),
    "content.blocked": N_("“{value}” is not fit for pupils, or sounds like a rude word (see blocked_words.csv)."),
    "content.key_word": N_("The key of a word is the word itself: “{expected}”, not “{value}”."),
    "content.word_unknown": N_("The dictionary does not have the word “{value}”; add its pronunciation to {expected}."),
    "content.pronunciation": N_("The phonemes say {value}, but the dictionary says {expected}"),
    "content.pseudo_is_word": N_("“{value}” is a real word; a made-up word is needed."),
    "content.pseudo_sounds_like": N_("The made-up word sounds like a real one: {value}"),
    "content.key_sound": N_("The key “{value}” is not how the phonemes sound: {expected}"),
    "content.sounds_missing": N_(
        "A pupil who says {value} is right as well: the table has this sound for these letters. Accept: {expected}"
    ),
    "content.rhyme_onset": N_("Words rhyme from the vowel on: write “{expected}”, not “{value}”."),
    "content.transfer_place": N_(
        "The sound {expected} stands alone and has no end of a word, so “{value}” can't show in it; take the code away."
    ),
    "content.ipa": N_("“{value}” can't be read as IPA; write it like {expected}"),
    "content.item_repeated": N_("“{value}” is asked already by item {expected}."),
    "content.options_open": N_("Only items to choose from have options; the task {expected} has none."),
    "content.options_few": N_("At least {expected} options that differ are needed, separated by |; here is “{value}”"),
    "content.options_key": N_("The key “{expected}” must be one of the options, once; here is “{value}”"),
    "content.options_guessing": N_("The chance of guessing right is 1 divided by the number of options: {expected}"),
    "content.options_key_error": N_("The right option catches no error; take away “{value}”"),
    "content.options_error": N_(
        "“{value}” does not say which error it catches; write it after a colon, one of: {expected}"
    ),
    "content.options_picture": N_("“{value}” is not a picture with its name; write it like {expected}"),
    "content.options_name": N_("Only pictures have names; write “{expected}” instead of “{value}”"),
    "content.options_right_too": N_("“{value}” is right as well as “{expected}”; take another wrong option."),
    "content.picture_names": N_("This picture is called “{expected}” in another item, here “{value}”"),
    "content.name_pictures": N_("Another item has the picture {expected} for this name, here “{value}”"),
    "content.level_items": N_("Only {value} active items; at least {expected} are needed."),
    "content.level_strands": N_("Active items of only {value} strands; at least {expected} are needed."),
    "content.block_items": N_("Only {value} active items; {expected} are needed to fill two blocks."),
    "content.strand_repeated": N_("There is more than one block rule for “{value}”."),
    "content.dictionary_missing": N_("The dictionary is not installed: the package {package} is missing."),
    "content.strand_empty": N_("There is a block rule for “{value}” but no active item."),
    "content.grade_missing": N_("The expected level of grade {value} is missing."),
}
