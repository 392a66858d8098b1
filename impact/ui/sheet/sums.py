"""The running sum of a breakdown against its total, as it is typed. Pure."""

from collections.abc import Mapping
from contextlib import suppress
from decimal import Decimal

from impact.errors import Refused
from impact.figures import Axis, Definition
from impact.formats import NARROW, number, parse_number
from impact.rules import COLUMNS
from impact.vocabulary import AxisKind, Measure

_WORDS = {"numerateur": " au numérateur", "denominateur": " au dénominateur"}


def running_sum(definition: Definition, axis: Axis, texts: Mapping[str, str]) -> str:
    """« 15 sur 20, il manque 5 » ; « 20 sur 20, le compte y est » ; '' where nothing is typed yet.

    What cannot be read does not count: it is refused beside its own field. A mean's cases are summed, not its means.
    """
    columns = COLUMNS[definition.measure]
    typed = {column: _typed(axis, column, texts) for column in columns}
    if not any(typed.values()):
        return ""
    if axis.kind is AxisKind.OVERLAP:
        return "chaque modalité va jusqu’au total"
    summed = ["denominateur"] if definition.measure is Measure.MEAN else [c for c in columns if typed[c]]
    words = _WORDS if len(summed) > 1 else {"denominateur": " cas"} if definition.measure is Measure.MEAN else {}
    return f"{NARROW}; ".join(_against(sum(typed[c]), _number(texts.get(c, "")), words.get(c, "")) for c in summed)


def _typed(axis: Axis, column: str, texts: Mapping[str, str]) -> list[Decimal]:
    read = (_number(texts.get(f"{axis.code}/{category.code}/{column}", "")) for category in axis.categories)
    return [value for value in read if value is not None]


def _number(text: str) -> Decimal | None:
    with suppress(Refused):
        return parse_number(text)
    return None


def _against(found: Decimal | int, total: Decimal | None, words: str) -> str:
    if total is None:
        return f"somme {number(found)}{words}, le total n’est pas encore saisi"
    of = f"{number(found)} sur {number(total)}{words}"
    if found == total:
        return f"{of}, le compte y est"
    return f"{of}, {'il manque' if found < total else 'il y a en trop'} {number(abs(total - found))}"
