# -*- coding: utf-8 -*-  # noqa: UP009 (Python 2 needs it to say that it is too old)
"""The two commands: `python3 start.py` opens the app, `python3 start.py test` runs all its tests.

This file keeps to the syntax of old Pythons (no annotations, no f-strings), so that one which is too old can say so.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036
    _HAVE = "%d.%d" % sys.version_info[:2]  # noqa: UP031
    _LINE = (
        "ต้องใช้ Python 3.11 ขึ้นไป เครื่องนี้เป็นรุ่น " + _HAVE + " โปรดติดตั้งรุ่นใหม่จาก python.org"
        " · Python 3.11 or newer is needed, this is " + _HAVE + ": install a newer one from python.org\n"
    )
    getattr(sys.stderr, "buffer", sys.stderr).write(_LINE if str is bytes else _LINE.encode("utf-8"))
    sys.exit(1)

from phonics_app.launcher.main import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
