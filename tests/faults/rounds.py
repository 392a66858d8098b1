"""How long the fault tests insist: short in `make test`, long in `make faults`."""

import os

LONG = os.environ.get("FAULTS") == "long"


def rounds(short: int, long: int) -> range:
    return range(long if LONG else short)
