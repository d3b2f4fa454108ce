"""Classes that a spreadsheet program has turned into dates: 3/2 became 3 February.

Thai computers write the day first, so 3 February was 3/2. A computer set to American dates makes
March 2 of it; where a whole column can only be read that way, it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from phonics_app.records.writing import plain_digits, squeezed

_MONTHS = (
    ("jan", "january", "ม.ค.", "มกราคม"),
    ("feb", "february", "ก.พ.", "กุมภาพันธ์"),
    ("mar", "march", "มี.ค.", "มีนาคม"),
    ("apr", "april", "เม.ย.", "เมษายน"),
    ("may", "may", "พ.ค.", "พฤษภาคม"),
    ("jun", "june", "มิ.ย.", "มิถุนายน"),
    ("jul", "july", "ก.ค.", "กรกฎาคม"),
    ("aug", "august", "ส.ค.", "สิงหาคม"),
    ("sep", "september", "ก.ย.", "กันยายน"),
    ("oct", "october", "ต.ค.", "ตุลาคม"),
    ("nov", "november", "พ.ย.", "พฤศจิกายน"),
    ("dec", "december", "ธ.ค.", "ธันวาคม"),
)
_MONTH_NUMBER = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)")
_NUMBERS = re.compile(r"(?P<day>\d{1,2})[/.\-](?P<month>\d{1,2})[/.\-](?P<year>\d{4})")
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})[\s\-](?P<month>[a-zก-๎.]+)(?:[\s\-]\d{2,4})?")
_MONTH_FIRST = re.compile(r"(?P<month>[a-zก-๎.]+)[\s\-](?P<day>\d{1,2})")
_GRADES = range(1, 7)


def date_year(text: str) -> int | None:
    """The year of a full date in numbers ("2026-02-03", "3/2/2569"), else None."""
    text = plain_digits(text)
    match = _ISO.fullmatch(text) or _NUMBERS.fullmatch(text)
    return int(match["year"]) if match else None


def full_date(text: str) -> tuple[int, int, int] | None:
    """Year, month and day of a full date in numbers, the year as it is written."""
    text = plain_digits(text)
    match = _ISO.fullmatch(text) or _NUMBERS.fullmatch(text)
    return (int(match["year"]), int(match["month"]), int(match["day"])) if match else None


def day_and_month(text: str) -> tuple[int, int] | None:
    """Of "2026-02-03", "3-Feb", "Feb-3", "3-ก.พ.", "3/2/2569"; None for what is no date."""
    text = plain_digits(squeezed(text)).casefold()
    match = _ISO.fullmatch(text) or _NUMBERS.fullmatch(text) or _DAY_FIRST.fullmatch(text)
    match = match or _MONTH_FIRST.fullmatch(text)
    if match is None:
        return None
    written = match["month"]
    month = int(written) if written.isdecimal() else _MONTH_NUMBER.get(written, 0)
    day = int(match["day"])
    return (day, month) if 1 <= month <= 12 and 1 <= day <= 31 else None


def is_american(texts: Iterable[str]) -> bool:
    """Whether the dates of a column of classes make grades only when the month is read first."""
    dates = [found for text in texts if (found := day_and_month(text)) is not None]
    return any(day not in _GRADES for day, _ in dates) and all(month in _GRADES for _, month in dates)


def class_of_date(text: str, american: bool) -> str | None:
    """ "3/2" of a date that was one, else None."""
    found = day_and_month(text)
    if found is None:
        return None
    first, second = (found[1], found[0]) if american else found
    return f"{first}/{second}"
