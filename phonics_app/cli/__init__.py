"""The command line: everything that the pages do, without a screen.

Exit codes: 0 done; 1 refused or failed, every problem on standard error; 2 wrong command line.
With `--json`, standard output holds one JSON document; a refusal is `{"error": {code, message: {th, en}, problems}}`.
"""
