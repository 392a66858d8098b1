"""When Python looks for the garbage that counting references does not free."""

import gc

OFTEN = (10_000, 10, 10)
"""Objects made since the last look. Reading a country makes some 6,000 rows that are all kept: at Python's own 700, a
fifteenth of that time goes into looking through them.
"""


def pause() -> None:
    """Nothing of what is imported is garbage: looking for some takes an eighth of the start."""
    gc.disable()


def resume() -> None:
    """After the imports, which later looks leave out."""
    gc.freeze()
    gc.set_threshold(*OFTEN)
    gc.enable()
