"""What can stop the two commands, each said in one line, Thai and English.

The gettext catalogues need Babel, which is not there before the first installation: hence both languages here.
"""

from __future__ import annotations

import errno
import re
import sys
from pathlib import Path

FAULTS = {
    "venv_missing": (
        "Python เครื่องนี้ไม่มีส่วน venv ให้ติดตั้งก่อน (Debian/Ubuntu: sudo apt install python3-venv)",
        "this Python lacks its venv part: install it first (Debian/Ubuntu: sudo apt install python3-venv)",
    ),
    "in_the_way": (
        "มีไฟล์ชื่อ {path} อยู่แล้ว ต้องเป็นโฟลเดอร์ โปรดย้ายหรือเปลี่ยนชื่อไฟล์นี้",
        "{path} is a file where a folder is needed: move or rename it",
    ),
    "not_writable": (
        "เขียนไฟล์ใน {path} ไม่ได้ โปรดใช้โฟลเดอร์ที่ท่านมีสิทธิ์เขียน",
        "cannot write in {path}: use a folder in which you may write",
    ),
    "disk_full": (
        "พื้นที่ว่างในดิสก์ไม่พอสำหรับ {path} ต้องการประมาณ {needed} MB",
        "the disk is too full for {path}: about {needed} MB are needed",
    ),
    "no_network": (
        "ดาวน์โหลดส่วนประกอบไม่ได้ การติดตั้งครั้งแรกต้องใช้อินเทอร์เน็ต โปรดตรวจสอบการเชื่อมต่อแล้วสั่งอีกครั้ง",
        "could not download the parts: installing needs the internet once; check the connection and run this again",
    ),
    "install_failed": (
        "ติดตั้งส่วนประกอบไม่สำเร็จ ดูรายละเอียดใน {log} ({detail})",
        "the parts could not be installed; see {log} ({detail})",
    ),
    "port_taken": (
        "พอร์ต {port} มีโปรแกรมอื่นใช้อยู่ (หรือเปิดโปรแกรมนี้ไว้แล้ว) ลองใช้ --port {other}",
        "port {port} is in use (perhaps by this app, already open): try --port {other}",
    ),
    "port_refused": (
        "เปิด {host} พอร์ต {port} ไม่ได้ ({detail})",
        "cannot open port {port} on {host} ({detail})",
    ),
    "not_prepared": (
        "เตรียมฐานข้อมูลไม่สำเร็จ: {thai}",
        "the database could not be prepared: {english}",
    ),
    "not_started": (
        "โปรแกรมเปิดไม่สำเร็จ (รหัส {code}) รายละเอียดอยู่ใน {log} ถ้าเกิดซ้ำ ให้ลบโฟลเดอร์ .venv แล้วสั่งอีกครั้ง",
        "the app ended while starting (code {code}); see {log}; if it happens again, delete .venv and run this again",
    ),
    "stopped": (
        "โปรแกรมหยุดทำงานเอง (รหัส {code}) ข้อมูลที่บันทึกแล้วไม่หาย สั่งอีกครั้งเพื่อเปิดใหม่ รายละเอียดอยู่ใน {log}",
        "the app stopped by itself (code {code}); what was stored is safe; run this again to open it; see {log}",
    ),
    "no_answer": (
        "โปรแกรมไม่ตอบภายใน {seconds} วินาที โปรดลองอีกครั้ง",
        "the app did not answer within {seconds} seconds: try again",
    ),
    "usage": ("คำสั่งไม่ถูกต้อง ดูวิธีใช้ด้วย --help", "{detail}; see --help"),
    "checks_failed": ("ไม่ผ่านการตรวจ: {names}", "checks failed: {names}"),
}


class Fault(Exception):
    """Stops a command: a key of `FAULTS` and what its texts need."""

    def __init__(self, key: str, **data: object) -> None:
        super().__init__(key)
        self.key = key
        thai, english = (text.format(**data) for text in FAULTS[key])
        self.line = f"ผิดพลาด: {thai} · Error: {english}"


def fault_of_os_error(error: OSError, path: Path, needed: int = 100) -> Fault:
    """The fault that an `OSError` at `path` amounts to; `needed` in MB."""
    if error.errno == errno.ENOSPC:
        return Fault("disk_full", path=path, needed=needed)
    if isinstance(error, FileExistsError | NotADirectoryError):
        return Fault("in_the_way", path=error.filename or path)
    return Fault("not_writable", path=path)


_SIGNS = (
    ("disk_full", r"No space left on device|Errno 28|not enough space on the disk"),
    ("not_writable", r"Permission denied|Errno 13|Access is denied|Read-only file system"),
    ("venv_missing", r"ensurepip is not available|No module named '?(ensurepip|venv)"),
    (
        "no_network",
        r"Connection(Error| refused| aborted| reset)|NewConnectionError|Max retries exceeded|Retrying \("
        r"|getaddrinfo failed|Name or service not known|Temporary failure in name resolution|Network is unreachable"
        r"|[Tt]imed out|ProxyError|SSLError",
    ),
)


def fault_of_output(text: str, path: Path, log: Path, needed: int) -> Fault:
    """The fault that the output of a failed venv or pip tells of."""
    for key, sign in _SIGNS:
        if re.search(sign, text):
            return Fault(key, path=path, needed=needed)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return Fault("install_failed", log=log, detail=lines[-1][:160] if lines else "?")


def say(thai: str, english: str) -> None:
    """One line of progress in both languages."""
    print(f"{thai} · {english}", flush=True)


def speak_utf8() -> None:
    """Thai must not break a console whose code page is cp874, cp1252 or ASCII."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
