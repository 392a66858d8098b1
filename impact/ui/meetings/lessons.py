"""What a meeting learnt: each with the conditions under which it holds, and its proof."""

from collections.abc import Iterator

from markupsafe import Markup

from impact.formats import capital, day_of, short_date
from impact.permissions import Actor, Right
from impact.queries.meetings import LessonRow
from impact.ui import page, tables
from impact.ui.meetings import teaching
from impact.ui.meetings.known import CONFRONTING, Opened, address
from impact.ui.meetings.words import claim, listed
from impact.ui.page import typeset


def draw(held: Opened, actor: Actor) -> None:
    in_force = [one for one in held.row.lessons if not one.is_withdrawn]
    may = actor.may(Right.MEETINGS)
    if not held.row.lessons:
        page.empty(
            "Aucun enseignement n’est encore écrit : ce que la rencontre apprend paraîtra ici, avec les conditions "
            "auxquelles il vaut et ce qui l’établit."
        )
    for one in in_force:
        page.html(_lesson(one, held))
        if may:
            teaching.revise(held, one)
    if gone := [one for one in held.row.lessons if one.is_withdrawn]:
        page.section("Retirés", "", *(_withdrawn(one) for one in gone))
    if may:
        page.section("Consigner un enseignement")
        teaching.write(held)


def _lesson(one: LessonRow, held: Opened) -> Markup:
    said = f"version {one.version}, " if one.version > 1 else ""
    lines = Markup().join(Markup("<p><strong>{}</strong> {}</p>").format(*row) for row in _told(one, held))
    return Markup('<article class="imp-lesson"><h2>{}</h2>{}<p class="imp-light">{}</p></article>').format(
        typeset(f"{one.number}. {one.said.statement}"), lines,
        capital(f"{said}écrit par {one.written_by} le {short_date(day_of(one.written_at))}"),
    )  # fmt: skip


def _told(one: LessonRow, held: Opened) -> Iterator[tuple[str, object]]:
    yield typeset("Vaut si :"), typeset(one.said.conditions)
    if one.said.proof:
        yield typeset("Établi par :"), typeset(one.said.proof)
    if one.said.claims:
        yield typeset("Affirmations :"), listed([claim(code) for code in one.said.claims])
    if one.said.snapshot is not None:
        number = str(one.said.snapshot)
        name = held.frozen.get(number, f"confrontation {number}")
        link = address(rencontre=str(held.row.number), partie=CONFRONTING, arrete=number)
        yield typeset("Tiré de :"), tables.link(link, typeset(name))


def _withdrawn(one: LessonRow) -> Markup:
    day = short_date(day_of(one.withdrawn_at)) if one.withdrawn_at else ""
    why = f"Retiré par {one.withdrawn_by} le {day} : {one.withdrawn_reason}"
    return Markup('<article class="imp-lesson"><h2>{}</h2><p class="imp-light">{}</p></article>').format(
        typeset(f"{one.number}. {one.said.statement}"), typeset(why)
    )
