"""Texts of carrying a test to the server by QR codes: on the device that has it, and on the page that takes it."""

from __future__ import annotations

from phonics_app.locales import N_

CARRY_TEXTS: dict[str, str] = {
    "show_qr": N_("Show as QR codes"),
    "qr_failed": N_("The codes could not be made on this device. Save the test as a file instead."),
    "carry_title": N_("Carry the test to the server"),
    "carry_hint": N_(
        "Point the camera of a phone or tablet that is signed in here at each code and open the link. "
        "The order does not matter, and a code that is scanned twice does no harm."
    ),
    "carry_hint_one": N_("Point the camera of a phone or tablet that is signed in here at the code and open the link."),
    "carry_at": N_("Code {at} of {all}"),
    "carry_close": N_("Back"),
    "carried_missing": N_("{have} of {all} codes of this test are here. Still missing: {missing}."),
    "carried_sending": N_("All codes of this test are here. Handing it over…"),
    "carried_broken": N_("These codes do not belong together. Show them anew on the device that has the test."),
    "carried_not": N_("This address holds no part of a test. Scan the code once more."),
    "carried_forget": N_("Forget these codes"),
}
