"""How calibrations stand, in words (English source texts; translate where shown)."""

from __future__ import annotations

from phonics_app.domain.calibration import CalibrationStatus
from phonics_app.locales import N_

IN_FORCE = N_("in force")
STANDING = {
    CalibrationStatus.PROPOSED: N_("waits for a decision"),
    CalibrationStatus.APPROVED: N_("approved, replaced since"),
    CalibrationStatus.WITHDRAWN: N_("withdrawn"),
}
"""Of one that is not in force."""
DECISIONS = {CalibrationStatus.APPROVED: N_("approved"), CalibrationStatus.WITHDRAWN: N_("withdrawn")}
SIMULATED = N_("from simulated pupils")
