"""Kinds of what is kept, in words."""

from __future__ import annotations

from phonics_app.domain.retention import Kept
from phonics_app.locales import N_

KINDS = {
    Kept.AUDIT: N_("Entries of the record of use"),
    Kept.SESSIONS: N_("Sign-ins that have expired"),
    Kept.FAILURES: N_("Failed sign-ins"),
    Kept.DEVICES: N_("Devices of class tests that have expired"),
    Kept.ANSWERS: N_("Tests with their answers and results"),
    Kept.ACCOUNTS: N_("Accounts that nobody has used"),
}
