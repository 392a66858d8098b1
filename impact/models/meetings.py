"""National thematic meetings: who came, what was compared on frozen figures, what was learnt and decided, and then."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from impact.models.base import Table, check, one_of, refers
from impact.vocabulary import DecisionKind, DecisionState, SnapshotKind

DECISION = ["meeting_number", "decision_number"]


class Snapshot(Table, table=True):
    """Figures frozen on a day; never changed, never deleted.

    asked: what was chosen. content: every figure and word as it stood, JSON-ready; sha256 is of its canonical JSON.
    data_version: of the data that it was taken from.
    """

    __tablename__ = "snapshot"
    __table_args__ = (one_of("kind", SnapshotKind), check("number_is_positive", "number > 0"))
    number: int = Field(primary_key=True)
    kind: str
    title: str
    meeting_number: int | None = Field(default=None, foreign_key="meeting.number")
    asked: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    content: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    sha256: str = Field(max_length=64)
    data_version: int
    taken_by: int = Field(foreign_key="account.id")
    taken_at: datetime
    taken_on: date


class Meeting(Table, table=True):
    """milestone_number: of the country's milestones, the one that holds its planned day and its forecasts.

    chantiers: codes. version rises at every change; history keeps what was said before.
    """

    __tablename__ = "meeting"
    __table_args__ = (
        refers(["milestone_region", "milestone_number"], "milestone", ["region_code", "number"]),
        check("number_is_positive", "number > 0"),
        check("it_has_a_theme", "theme <> ''"),
        check("its_milestone_is_the_countrys", "milestone_region = 'FR'"),
        check("version_is_positive", "version > 0"),
    )
    number: int = Field(primary_key=True)
    version: int = 1
    theme: str
    chantiers: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    place: str = ""
    agenda: str = ""
    milestone_region: str = Field(default="FR", max_length=3)
    milestone_number: int
    set_by: int = Field(foreign_key="account.id")
    set_at: datetime


class MeetingParticipant(Table, table=True):
    """region_code: absent for somebody who comes for no region."""

    __tablename__ = "meeting_participant"
    __table_args__ = (check("it_is_named", "name <> ''"),)
    meeting_number: int = Field(primary_key=True, foreign_key="meeting.number")
    line: int = Field(primary_key=True)
    region_code: str | None = Field(default=None, foreign_key="region.code")
    name: str
    role: str = ""


class MeetingDocument(Table, table=True):
    """Either a stored file (sha256, size in bytes, name shown) or a link; for everybody who is signed in."""

    __tablename__ = "meeting_document"
    __table_args__ = (
        check("it_is_a_file_or_a_link", "(sha256 = '') <> (link = '')"),
        check("it_has_a_title", "title <> ''"),
        check("a_withdrawal_says_why", "withdrawn_at IS NULL OR withdrawn_reason <> ''"),
        sa.Index(None, "sha256"),
    )
    meeting_number: int = Field(primary_key=True, foreign_key="meeting.number")
    number: int = Field(primary_key=True)
    title: str
    sha256: str = Field(default="", max_length=64)
    link: str = ""
    name: str = ""
    media_type: str = ""
    extension: str = ""
    size: int = Field(default=0, sa_type=sa.BigInteger)
    added_by: int = Field(foreign_key="account.id")
    added_at: datetime
    withdrawn_by: int | None = Field(default=None, foreign_key="account.id")
    withdrawn_at: datetime | None = None
    withdrawn_reason: str = ""


class Lesson(Table, table=True):
    """What a meeting learnt, under which conditions it holds, and what proves it. version, history: as of a meeting.

    claims: « 22-3 »; proof: what backs it, in words. snapshot_number: the comparison that it was drawn from.
    """

    __tablename__ = "lesson"
    __table_args__ = (
        check("number_is_positive", "number > 0"),
        check("it_is_stated", "statement <> ''"),
        check("it_says_where_it_holds", "conditions <> ''"),
        check("version_is_positive", "version > 0"),
        check("a_withdrawal_says_why", "withdrawn_at IS NULL OR withdrawn_reason <> ''"),
    )
    meeting_number: int = Field(primary_key=True, foreign_key="meeting.number")
    number: int = Field(primary_key=True)
    version: int = 1
    statement: str
    conditions: str
    proof: str = ""
    claims: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    snapshot_number: int | None = Field(default=None, foreign_key="snapshot.number")
    written_by: int = Field(foreign_key="account.id")
    written_at: datetime
    withdrawn_by: int | None = Field(default=None, foreign_key="account.id")
    withdrawn_at: datetime | None = None
    withdrawn_reason: str = ""


class Decision(Table, table=True):
    """What a meeting decided; its words do not change, what becomes of it is in its steps.

    action_*: the action that it is about, or that is to be deployed elsewhere. host_region: where the new action is
    prepared, under host_action. figures, proof: figures looked at and proof at the time, as they stood, JSON-ready.
    measure: the draft of an indicator, field by field; indicator_code: its code once it entered the catalogue.
    agreement_*: the host's signed agreement, and the piece of the host region that holds it.
    """

    __tablename__ = "decision"
    __table_args__ = (
        refers(["action_region", "action_number"], "regional_action", ["region_code", "number"]),
        one_of("kind", DecisionKind),
        check("number_is_positive", "number > 0"),
        check("it_is_stated", "statement <> ''"),
        check("it_says_why", "reason <> ''"),
        check("it_has_an_owner", "owner <> ''"),
        check("its_action_is_whole", "(action_region IS NULL) = (action_number IS NULL)"),
        check(
            "a_deployment_names_its_action",
            "kind <> 'deploiement' OR (action_region IS NOT NULL AND host_region IS NOT NULL "
            "AND host_region <> action_region)",
        ),
        check("a_new_action_names_its_region", "kind <> 'nouvelle_action' OR host_region IS NOT NULL"),
        check("an_agreement_is_documented", "(agreement_on IS NULL) = (agreement_piece IS NULL)"),
        check("version_is_positive", "version > 0"),
    )
    meeting_number: int = Field(primary_key=True, foreign_key="meeting.number")
    number: int = Field(primary_key=True)
    version: int = 1
    kind: str
    statement: str
    reason: str
    owner: str
    owner_region: str | None = Field(default=None, foreign_key="region.code")
    due_on: date
    action_region: str | None = None
    action_number: int | None = None
    host_region: str | None = Field(default=None, foreign_key="region.code")
    host_action: int | None = None
    adaptation: str = ""
    agreement_on: date | None = None
    agreement_piece: int | None = None
    measure: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    indicator_code: str | None = Field(default=None, foreign_key="indicator.code")
    snapshot_number: int | None = Field(default=None, foreign_key="snapshot.number")
    figures: list[Any] = Field(default_factory=list, sa_type=sa.JSON)
    proof: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    taken_by: int = Field(foreign_key="account.id")
    taken_at: datetime
    taken_on: date


class DecisionStep(Table, table=True):
    """What became of a decision, said once; the last number counts. succeeded: of a deployment that is done."""

    __tablename__ = "decision_step"
    __table_args__ = (
        refers(DECISION, "decision", ["meeting_number", "number"]),
        one_of("state", DecisionState),
        check("number_is_positive", "number > 0"),
        check("it_says_what_came_of_it", "outcome <> ''"),
        check("only_what_is_done_succeeds", "succeeded IS NULL OR state = 'realisee'"),
    )
    meeting_number: int = Field(primary_key=True)
    decision_number: int = Field(primary_key=True)
    number: int = Field(primary_key=True)
    state: str
    outcome: str
    succeeded: bool | None = None
    said_by: int = Field(foreign_key="account.id")
    said_at: datetime
    said_on: date
