"""The commands of `python -m impact`: one module per noun, the services and queries of the screens.

Modules import what is heavy where they use it: a command starts in the time of what it does.
"""

from impact.cli.program import main, parser

__all__ = ["main", "parser"]
