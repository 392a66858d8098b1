"""Files that come in: bytes to rows of text, each with its place in the file. Pure; nothing is guessed.

What the rows mean is for `impact.rules`, what they change for `impact.services.imports`.
"""

from impact.imports.rows import IMPORT_COLUMNS, ImportRow, read
from impact.imports.text import LARGEST_FILE
from impact.imports.verdicts import Outcome, Verdict, all_accepted

__all__ = ["IMPORT_COLUMNS", "LARGEST_FILE", "ImportRow", "Outcome", "Verdict", "all_accepted", "read"]
