"""Messages of pupils' screens beside a teacher's device."""

from __future__ import annotations

from phonics_app.locales import N_

MESSAGES: dict[str, str] = {
    "attempt.over": N_("This test has ended; nothing is shown to the pupil any more."),
    "screen.code_wrong": N_("No teacher’s device has this code now. Look at the digits there once more."),
    "screen.not_joined": N_("This screen is not connected any more. Type the code of the teacher’s device."),
    "screen.unknown_item": N_("“{value}” is nothing that a pupil reads in this test."),
    "screen.lines": N_("The lines do not hold the items that are to be shown: {value}"),
}
