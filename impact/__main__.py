"""python -m impact: see impact.cli."""

import sys

from impact.cli import main

if __name__ == "__main__":
    sys.exit(main())
