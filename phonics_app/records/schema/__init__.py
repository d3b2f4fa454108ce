"""The tables. Ids are text made by the application; only attempts and events also have integer keys, for size.

Times are UTC, ISO 8601 text with offset (`Instant`), so that SQLite and PostgreSQL hold and sort them alike.
Nothing sensitive is stored: no citizen number, birth date, religion, ethnicity or blood group.
"""

from phonics_app.records.schema.attempts import (
    attempt,
    class_seat,
    class_sitting,
    event,
    placement,
    plan,
    printed_form,
    result,
    screen_pair,
    self_device,
)
from phonics_app.records.schema.bank import calibration, calibration_decision, item_change, recording
from phonics_app.records.schema.base import Instant, metadata
from phonics_app.records.schema.erased import erased_count, erased_gap
from phonics_app.records.schema.history import past_enrolment, past_name
from phonics_app.records.schema.level_class import level_class, level_class_teacher, level_member
from phonics_app.records.schema.merge import pupil_merge
from phonics_app.records.schema.people import (
    account,
    account_grant,
    audit,
    credential,
    invitation,
    session,
    sign_in_failure,
)
from phonics_app.records.schema.privacy import lawful_basis
from phonics_app.records.schema.site import column_mapping, enrolment, onet_result, onet_target, pupil, school, setting
from phonics_app.records.schema.trail import audit_chain
from phonics_app.records.schema.transfer import pupil_transfer
from phonics_app.records.schema.year_turn import year_turn, year_turn_pupil

__all__ = [
    "Instant",
    "account",
    "account_grant",
    "attempt",
    "audit",
    "audit_chain",
    "calibration",
    "calibration_decision",
    "class_seat",
    "class_sitting",
    "column_mapping",
    "credential",
    "enrolment",
    "erased_count",
    "erased_gap",
    "event",
    "invitation",
    "item_change",
    "lawful_basis",
    "level_class",
    "level_class_teacher",
    "level_member",
    "metadata",
    "onet_result",
    "onet_target",
    "past_enrolment",
    "past_name",
    "placement",
    "plan",
    "printed_form",
    "pupil",
    "pupil_merge",
    "pupil_transfer",
    "recording",
    "result",
    "school",
    "screen_pair",
    "self_device",
    "session",
    "setting",
    "sign_in_failure",
    "year_turn",
    "year_turn_pupil",
]
