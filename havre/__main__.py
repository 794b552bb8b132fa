"""`python -m havre`: see havre/wiring/cli.py."""

import sys

from havre.wiring.cli import main

sys.exit(main(sys.argv[1:]))
