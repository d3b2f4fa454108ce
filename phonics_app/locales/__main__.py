"""`python -m phonics_app.locales`: lists what is missing, unused or broken in the Thai catalogues."""

import sys

from phonics_app.locales.coverage import faults

if __name__ == "__main__":
    found = faults()
    print("\n".join(found))
    sys.exit(1 if found else 0)
