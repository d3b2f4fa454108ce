"""Items as a table for machines and for Excel: headers as in `item_bank/items/*.csv`, every cell a text."""

from __future__ import annotations

import io
from collections.abc import Sequence

from phonics_app.domain.sheet_cells import write_csv
from phonics_app.reports.excel_file import new_workbook
from phonics_app.reports.tables import BOM

_WIDTHS = {"prompt_th": 50, "prompt_en": 40, "options": 50, "stimulus": 16, "key": 16, "id": 20}
_OTHER_WIDTH = 14
SHEET = "items"


def items_csv(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """UTF-8 with a mark, so that Excel takes Thai for Thai. What might be run is guarded."""
    text = io.StringIO()
    write_csv(text, [columns, *rows])
    return (BOM + text.getvalue()).encode("utf-8")


def items_excel(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """One sheet whose columns are text, so that Excel leaves `true`, `1/2` and `007` as they are typed."""
    file = io.BytesIO()
    with new_workbook(file) as book:
        sheet = book.add_worksheet(SHEET)
        as_text = book.add_format({"num_format": "@", "valign": "top"})
        head = book.add_format({"num_format": "@", "bold": True})
        for place, column in enumerate(columns):
            sheet.set_column(place, place, _WIDTHS.get(column, _OTHER_WIDTH), as_text)
            sheet.write_string(0, place, column, head)
        for number, row in enumerate(rows, start=1):
            for place, text in enumerate(row):
                sheet.write_string(number, place, text, as_text)
        sheet.freeze_panes(1, 1)
    return file.getvalue()
