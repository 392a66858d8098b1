"""The list of messages: those nobody has answered first."""

from collections.abc import Sequence

from markupsafe import Markup

from impact.formats import capital, counted, day_of, short_date
from impact.queries.offers import OfferRow
from impact.settings import Settings
from impact.ui import filters, flash, page, tables
from impact.ui.tables import Column
from impact.ui.volunteers.known import SCREEN, Known, address
from impact.vocabulary import OfferState

SIGNS = {OfferState.RECEIVED: "▲", OfferState.TAKEN_UP: "●", OfferState.CLOSED: "✓", OfferState.ERASED: "–"}
ORDER = tuple(SIGNS)
COLUMNS = (
    Column("who", "De la part de", html=True, row_header=True),
    Column("begins", "Message", secondary=True),
    Column("received", "Reçu le"),
    Column("state", "État", html=True),
)
LONGEST_BEGINNING = 90


def draw(known: Known) -> None:
    flash.show(SCREEN)
    if not known.rows:
        page.empty(
            "Aucun message pour l’instant. Ceux que l’on laisse sur la page publique « Je veux me mobiliser sur mon "
            "territoire » paraîtront ici."
        )
    else:
        with filters.grid():
            state, region = _chosen(known)
        shown = [row for row in known.rows if _answers(row, state, region)]
        page.note(_summary(known.rows))
        if shown:
            page.html(tables.table(COLUMNS, [_row(row, known) for row in _ordered(shown)], "Messages"))
        else:
            page.empty("Aucun message ne répond à ces filtres : effacez-en un.")
    if known.erased:
        page.note(f"{counted(known.erased, 'message effacé', 'messages effacés')} à ce jour : il n’en reste rien.")
    public = f"{Settings.from_env().public_url}/mobilisation"
    page.html(Markup('<p class="imp-note">Adresse à faire connaître : {}</p>').format(tables.link(public, public)))


def _chosen(known: Known) -> tuple[str, str]:
    """What is asked, '' = all."""
    states = {one.value: capital(one.label) for one in ORDER[:3]}
    state = filters.one(SCREEN, "etat", "État", "l’état", {filters.ALL: "Tous", **states})
    regions = (
        {filters.ALL: "Toutes les régions", **known.regions} if len(known.regions) > 1 else {filters.ALL: "La vôtre"}
    )
    region = filters.one(SCREEN, "region", "Région", "la région", regions)
    return _asked(state), _asked(region)


def _asked(code: str) -> str:
    return "" if code == filters.ALL else code


def _answers(row: OfferRow, state: str, region: str) -> bool:
    return state in ("", row.state.value) and region in ("", row.region)


def _ordered(rows: Sequence[OfferRow]) -> list[OfferRow]:
    """Unanswered first and the longest waiting of them on top; then the latest."""
    waiting = sorted((row for row in rows if row.state is OfferState.RECEIVED), key=lambda row: row.received_at)
    return waiting + [row for row in rows if row.state is not OfferState.RECEIVED]


def _summary(rows: Sequence[OfferRow]) -> str:
    counts = [(sum(row.state is state for row in rows), state.label) for state in ORDER[:3]]
    return (
        f"{counted(len(rows), 'message')} : " + ", ".join(f"{count} {label}" for count, label in counts if count) + "."
    )


def _row(row: OfferRow, known: Known) -> dict[str, object]:
    words = " ".join(row.message.split())
    begins = words if len(words) <= LONGEST_BEGINNING else f"{words[: LONGEST_BEGINNING - 1]}…"
    place = Markup("{} · {}").format(known.place(row), known.chantier(row))
    return {
        "who": tables.two_lines(tables.link(address(row.number), row.name), place),
        "begins": begins,
        "received": short_date(day_of(row.received_at)),
        "state": state_text(row.state),
    }


def state_text(state: OfferState) -> Markup:
    """« ▲ à lire »"""
    return tables.sign(SIGNS[state], state.label)
