"""Messages of sign-in, the JSON API and the player."""

from __future__ import annotations

from phonics_app.locales import N_

MESSAGES: dict[str, str] = {
    "address.unknown": N_("There is nothing at this address."),
    "request.cross_site": N_("This request did not come from a page of this site, so it was refused."),
    "request.too_large": N_("The request is too large; at most {limit} bytes are taken."),
    "request.not_json": N_("The request holds no readable JSON: {value}"),
    "session.missing": N_("You are not signed in, or your session has ended. Please sign in again."),
    "setup.passwords_differ": N_("The two passwords are not the same."),
    "setup.demonstration_failed": N_(
        "The demonstration data could not be made. The reason stands in the server's log."
    ),
}
