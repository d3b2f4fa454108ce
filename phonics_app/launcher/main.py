"""The command line of `start.py`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from phonics_app.launcher import checks, server
from phonics_app.launcher.environment import ROOT, Environment
from phonics_app.launcher.faults import Fault, say, speak_utf8


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Fault("usage", detail=message)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="start.py",
        description="เปิดโปรแกรม Phonics Nine · Opens Phonics Nine",
        epilog="start.py test [pytest …]: รันการทดสอบทั้งหมด · runs all checks and tests; what follows goes to pytest",
    )
    parser.add_argument("--port", type=_port, default=8501, help="พอร์ต (ค่าปกติ 8501) · port (default 8501)")
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        help="0.0.0.0 ให้แท็บเล็ตในเครือข่ายเดียวกันเปิดได้ · 0.0.0.0 lets tablets in the same network open it",
    )
    parser.add_argument("--data", type=Path, metavar="DIR", help="โฟลเดอร์เก็บข้อมูล · folder of the data (default: data)")
    parser.add_argument("--no-browser", action="store_true", help="ไม่เปิดเบราว์เซอร์ · do not open the browser")
    return parser


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port (1-65535)")
    return int(text)


def main(arguments: Sequence[str]) -> int:
    """Runs the command; 0 when all went well, 1 after a fault (said in one line), 2 for a wrong command."""
    speak_utf8()
    environment = Environment(ROOT)
    try:
        if arguments[:1] == ["test"]:
            return checks.run(environment, arguments[1:])
        chosen = _parser().parse_args(arguments)
        options = server.Options(chosen.port, chosen.host, chosen.data, not chosen.no_browser)
        return server.run(environment, options)
    except Fault as fault:
        print(fault.line, file=sys.stderr)
        return 2 if fault.key == "usage" else 1
    except KeyboardInterrupt:
        say("หยุดแล้ว", "Stopped")
        return 130
