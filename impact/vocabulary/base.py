"""How a closed list carries its French words."""

from enum import StrEnum


class LabelledEnum(StrEnum):
    """A closed list whose members carry their French label."""

    label: str

    def __new__(cls, value: str, label: str = "") -> "LabelledEnum":
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member
