"""The lines of `use_cases` that are about the record of use."""

from __future__ import annotations

from phonics_app.workflows import audit_trail
from phonics_app.workflows.exports import ExportFormat

_SEE = "all - - - - all"

AUDIT_CASES = {
    audit_trail.audit_page: (_SEE, lambda p, a, w: audit_trail.audit_page(p, a, language="th")),
    audit_trail.audit_people: (_SEE, lambda p, a, w: audit_trail.audit_people(p, a)),
    audit_trail.verify_audit: (_SEE, lambda p, a, w: audit_trail.verify_audit(p, a)),
    audit_trail.export_audit: (
        _SEE,
        lambda p, a, w: audit_trail.export_audit(p, a, format=ExportFormat.CSV, language="th"),
    ),
}
