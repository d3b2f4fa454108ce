"""`python -m phonics_app`: the command line."""

import sys

from phonics_app.cli.main import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
