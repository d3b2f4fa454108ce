"""How the command line writes what it was given: for nobody else on the machine."""

from __future__ import annotations

from phonics_app.records.private_files import write_private

__all__ = ["write_private"]
