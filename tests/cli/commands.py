"""What the parser knows, for tests about all commands."""

from __future__ import annotations

import argparse


def commands_of(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """Name of every command → its own parser."""
    (action,) = (a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    return dict(action.choices)
