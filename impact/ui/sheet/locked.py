"""A figure that may not be typed now: why, and what is stored."""

from markupsafe import Markup

from impact.figures import Definition
from impact.formats import capital, moment, short_date
from impact.queries.sheets import SheetLine
from impact.queries.views import EntryView
from impact.ui import marks, page, readings
from impact.ui.pieces import said
from impact.ui.sheet.acts import give_up, take_back
from impact.ui.sheet.reference import Fact, facts
from impact.ui.wording import answer, breakdowns
from impact.vocabulary import Answer, MethodFamily, Status


def why(line: SheetLine) -> str:
    """The sentence that says why; '' where the figure may be typed."""
    view = line.view
    if view and view.status is Status.VALIDATED:
        by = f" par {view.validated_by}" if view.validated_by else ""
        when = f" le {moment(view.validated_at)}" if view.validated_at else ""
        return f"Validé{by}{when}. Seul le bureau national peut le rouvrir."
    if view and view.status is Status.SUBMITTED:
        when = f" le {moment(view.submitted_at)}" if view.submitted_at else ""
        begun = f" La relecture a commencé ({view.review_started_by})." if view.review_started_by else ""
        return f"Soumis par {view.submitted_by}{when}.{begun}"
    return capital(line.lock or "")


def draw(line: SheetLine) -> None:
    """The figure read-only, and what may still be done with it."""
    page.inform(why(line))
    if line.view:
        rows = [*stored(line.definition, line.view), *proven(line.view)]
        facts(rows, f"{line.definition.code}, ce qui est enregistré")
    if line.typed:
        page.note("Ce que vous aviez commencé à saisir n’a pas été enregistré.")
        give_up(line.cell)
    if line.status is Status.SUBMITTED and line.view and not line.view.review_started_by and not line.lock:
        take_back(line.cell)


def stored(definition: Definition, view: EntryView) -> list[Fact]:
    """Everything that an entry says, by name; what it does not say is left out."""
    rows: list[Fact] = [("Réponse", Markup("<strong>{}</strong>").format(answer(definition, view)))]
    rows += breakdowns(definition, view)
    if view.answer is Answer.VALUE:
        family = MethodFamily(view.method_family).label if view.method_family else ""
        rows += [
            ("Source", view.source),
            ("Méthode", " ; ".join(text for text in (family, view.method) if text)),
            ("Population", view.population),
            ("Jours couverts", f"du {short_date(view.coverage_start)} au {short_date(view.coverage_end)}"),
            ("Fiabilité", marks.raising(view.reliability)),
            ("Preuve", evidence(view.evidence_link)),
        ]
    rows.append(("Commentaire", view.comment))
    return [(page.typeset(name), text) for name, text in rows if text]


def proven(view: EntryView) -> list[Fact]:
    """Who read its evidence, who verified it outside."""
    rows = [("Lecture", readings.read(view)), ("Vérification", readings.verified(view))]
    return [(name, page.typeset(text)) for name, text in rows if text]


def evidence(link: str) -> Markup | str:
    return said.link(link, longest=70) if link else ""
