"""Lawful bases and where they stand, in words."""

from __future__ import annotations

from phonics_app.domain.privacy import Basis, BasisSource
from phonics_app.locales import N_

BASES = {
    Basis.PUBLIC_TASK: N_("Public task of the school (s. 24 (4))"),
    Basis.LEGAL_DUTY: N_("Duty by law (s. 24 (6))"),
    Basis.CONSENT: N_("Consent (s. 19, 20)"),
    Basis.VITAL: N_("To prevent danger to life or health (s. 24 (2))"),
    Basis.LEGITIMATE: N_("Legitimate interest (s. 24 (5))"),
    Basis.WITHDRAWN: N_("Consent taken back"),
}
SOURCES = {
    BasisSource.PAPER: N_("Signed paper form"),
    BasisSource.E_FORM: N_("Electronic form"),
    BasisSource.DECISION: N_("Decision of the school or municipality"),
}
