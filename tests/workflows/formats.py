"""In what format the tables of use cases export; a test may put another there."""

from __future__ import annotations

from phonics_app.workflows.exports import ExportFormat

CSV = {"format": ExportFormat.CSV, "language": "th"}
