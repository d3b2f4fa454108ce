"""Excel files as all exports make them: text is text, never a formula, a link or a number by accident."""

from __future__ import annotations

from typing import BinaryIO

import xlsxwriter


def new_workbook(file: BinaryIO, *, row_by_row: bool = False) -> xlsxwriter.Workbook:
    """A workbook to be written to `file`. `row_by_row`: rows are not kept in memory, so none can be gone back to.

    Cells are written with `write_string`, `write_number` and `write_blank` alone, which say what they hold.
    """
    kept = {"constant_memory": True} if row_by_row else {"in_memory": True}
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    return xlsxwriter.Workbook(file, {**kept, **options})
