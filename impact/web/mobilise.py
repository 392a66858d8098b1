"""« Je veux me mobiliser sur mon territoire »: the only page that strangers write to. Plain HTML, no script, no cookie.

A sending is counted, then its form is checked, then its trap, then what it says. What fills the trap is answered as if
it were kept, and is not.
"""

from anyio import to_thread
from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from impact import clock
from impact.db import reading, transaction
from impact.errors import ImpactError, Refused
from impact.formats import clean_text, day_of, short_date
from impact.queries import catalogue
from impact.queries.catalogue import RegionRow
from impact.queries.offers import kept_under
from impact.rules.offers import CONSENT, LABELS, LONGEST_MESSAGE, OfferDraft, read_offer
from impact.services import offers, setup, visitors
from impact.services.accounts.tokens import digest
from impact.settings import Settings
from impact.web import address
from impact.web.plain import page, read_form

TRAP = "telecopie"
"""A field that people do not see; programs fill in whatever they find."""
_FORM = "application/x-www-form-urlencoded"


async def show(request: Request) -> Response:
    chosen = {name: request.query_params.get(name, "") for name in ("region", "chantier")}
    return await to_thread.run_sync(_show, chosen)


def _show(typed: dict[str, str], status: int = 200, error: ImpactError | None = None, form: str = "") -> Response:
    """The form, with what was typed. form: the token that it keeps; '' = a new one."""
    with reading() as session:
        if setup.is_needed(session):
            return RedirectResponse("/connexion", 303)  # where a first installation begins
        known, chantiers = list(catalogue.regions(session).values()), catalogue.chantiers(session)
        demonstration = setup.is_demonstration(session)
    fields = {name: typed.get(name, "") for name in LABELS}
    return page(
        "mobilise.html",
        status,
        error,
        form=form or visitors.new_form(),
        typed=fields,
        labels=LABELS,
        consent=CONSENT,
        longest=LONGEST_MESSAGE,
        regions=_grouped(known),
        chantiers=chantiers,
        demonstration=demonstration,
    )


def _grouped(known: list[RegionRow]) -> list[tuple[str, list[RegionRow]]]:
    """Those that are active first; a group without a region is left out."""
    active, others = [row for row in known if row.active], [row for row in known if not row.active]
    groups = [("Régions engagées", active), ("Autres régions", others)]
    return [(title, rows) for title, rows in groups if rows]


async def read_sent(request: Request) -> dict[str, str]:
    """The fields of a form; 415 for anything that no form of ours sends."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        raise HTTPException(415)
    return await read_form(request)


async def send(request: Request) -> Response:
    form = await read_sent(request)
    return await to_thread.run_sync(_send, address.client_address(request.scope), form)


def _send(client: str, form: dict[str, str]) -> Response:
    try:
        with reading() as session:
            visitors.require_room(session, client)  # whoever was sent away before does not hold the writers up
        with transaction() as session:
            visitors.admit(session, client)
        secret = visitors.check_form(form.get("formulaire", ""))
        if form.get(TRAP, "").strip():
            return _thanks(_as_typed(form), secret)
        try:
            draft = _read(form)
        except Refused as error:  # the same form: what is corrected at once does not come back too soon
            return _show(form, 400, error, form["formulaire"])
        with transaction() as session:
            offers.receive(session, draft, secret)
    except visitors.TooManySendings as error:
        answer = _show(form, 429, error)
        answer.headers["retry-after"] = str(int(visitors.WINDOW.total_seconds()))
        return answer
    except ImpactError as error:
        return _show(form, 400, error)
    return _thanks(draft, secret)


def _read(form: dict[str, str]) -> OfferDraft:
    with reading() as session:
        draft, problems = read_offer(
            form, catalogue.regions(session), [one.code for one in catalogue.chantiers(session)]
        )
    if draft is None:
        raise Refused(problems)
    return draft


def _as_typed(form: dict[str, str]) -> OfferDraft:
    """What a program filled in, to be shown back to it."""
    said = {name: clean_text(form.get(name, ""), len(form.get(name, ""))) for name in LABELS}
    return OfferDraft(said["nom"], said["courriel"], said["region"], said["chantier"] or None, said["message"])


def _thanks(draft: OfferDraft, secret: str) -> Response:
    with reading() as session:
        until = offers.a_year_after(clock.today(session))
        said = _in_words(session, draft)
    link = f"{Settings.from_env().public_url}/mobilisation/effacer?lien={secret}"
    return page("mobilise_sent.html", said=said, until=short_date(until), link=link)


def _in_words(session: Session, draft: OfferDraft) -> dict[str, str]:
    region = catalogue.regions(session).get(draft.region)
    chantier = next((one for one in catalogue.chantiers(session) if one.code == draft.chantier), None)
    return {
        "name": draft.name,
        "email": draft.email,
        "region": region.name if region else draft.region,
        "chantier": chantier.name if chantier else "je ne sais pas encore",
        "message": draft.message,
    }


async def ask_erase(request: Request) -> Response:
    return await to_thread.run_sync(_ask_erase, request.query_params.get("lien", ""))


def _ask_erase(secret: str) -> Response:
    with reading() as session:
        found = kept_under(session, digest(secret))
    if found is None:
        return page("mobilise_erase.html", erased=False, kept=False)
    since, until = short_date(day_of(found.received_at)), short_date(found.erase_on)
    return page("mobilise_erase.html", erased=False, kept=True, secret=secret, since=since, until=until)


async def erase(request: Request) -> Response:
    form = await read_sent(request)
    return await to_thread.run_sync(_erase, form.get("lien", ""))


def _erase(secret: str) -> Response:
    with reading() as session:
        if kept_under(session, digest(secret)) is None:  # nothing is written for a guess
            return page("mobilise_erase.html", erased=False, kept=False)
    with transaction() as session:
        erased = offers.erase_by_link(session, secret)
    return page("mobilise_erase.html", erased=erased, kept=False)


routes = [
    Route("/mobilisation", show),
    Route("/mobilisation", send, methods=["POST"]),
    Route("/mobilisation/effacer", ask_erase),
    Route("/mobilisation/effacer", erase, methods=["POST"]),
]
