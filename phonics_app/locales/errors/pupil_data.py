"""Messages of handing out and erasing pupils' data."""

from phonics_app.locales import N_

MESSAGES: dict[str, str] = {
    "erasure.not_confirmed": N_("Nothing was erased: type {expected} exactly to confirm."),
}
