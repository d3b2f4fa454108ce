"""What argparse finds wrong with a command, in the reader's language."""

from __future__ import annotations

import re
from functools import cache

from phonics_app.locales import N_, Translate

_TEMPLATES = (
    N_("the following arguments are required: {names}"),
    N_("one of the arguments {names} is required"),
    N_("unrecognized arguments: {names}"),
    N_("ambiguous option: {name} could match {names}"),
    N_("argument {name}: {fault}"),
    N_("invalid choice: {value} (choose from {names})"),
    N_("invalid int value: {value}"),
    N_("invalid float value: {value}"),
    N_("expected one argument"),
    N_("not allowed with argument {name}"),
    N_("ignored explicit argument {value}"),
)
"""As argparse words them (Python 3.11 to 3.14); the command lines of the product bring about no others."""


def in_words(message: str, _: Translate) -> str:
    """argparse's message translated; one that is not known stays as it is."""
    for template in _TEMPLATES:
        match = _pattern(template).fullmatch(message)
        if match:
            values = match.groupdict()
            if "fault" in values:
                values["fault"] = in_words(values["fault"], _)
            return _(template).format(**values)
    return message


@cache
def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+?)", re.escape(template)), re.DOTALL)
