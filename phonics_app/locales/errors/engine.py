"""Messages of the engine's errors and of giving a test."""

from __future__ import annotations

from phonics_app.locales import N_

MESSAGES: dict[str, str] = {
    "engine.level_empty": N_("Level {value} has no active items, so no test can be made."),
    "engine.cuts_not_increasing": N_(
        "The items of these levels are not in order of difficulty: level {value} would be mastered no later than"
        " level {expected}. Check the difficulties of their items."
    ),
    "engine.auto_stop_unknown": N_("There is no stopping rule {value}; there are: {expected}"),
    "attempt.level_unknown": N_("There is no level {value}; choose one of: {expected}"),
    "attempt.id_taken": N_("This test belongs to another pupil. Start a new test."),
    "attempt.unknown": N_("This test was not found."),
    "attempt.not_finished": N_("This test is not finished yet."),
    "attempt.no_level": N_("Reading a passage says nothing about the level, so none can be decided from it."),
    "attempt.discarded": N_("This test was taken out of use, so no level can be decided from it."),
    "pupil.unknown": N_("This pupil was not found."),
    "pupil.archived": N_("{name} is archived. Put the pupil back into the class list before giving a test."),
    "placement.reason_missing": N_("Give a reason for placing the pupil at another level than the proposed one."),
    "events.differ": N_("Record {seq} of this test is stored already with other content."),
    "events.gap": N_("Records of this test are missing; stored up to number {acknowledged}."),
}
