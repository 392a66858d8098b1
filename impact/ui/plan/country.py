"""What the whole country prepares: plans side by side, their money at one status, what they share."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import streamlit as st
from markupsafe import Markup

from impact.actions import ActionKey, Plan, added, complete, stated
from impact.formats import capital, counted, short_date
from impact.permissions import Actor, Right
from impact.presentation.actions import together, words
from impact.presentation.stages import word
from impact.ui import charting, filters, page, parts, tables
from impact.ui.plan import selection
from impact.ui.plan.known import SCREEN, address
from impact.ui.plan.selection import Shown
from impact.ui.reads import Key
from impact.ui.stages import stage_name
from impact.ui.stages.reads import standings
from impact.ui.tables import Column
from impact.vocabulary import NATIONAL_CODE, ActionStage, FundingState, Section, Status
from impact.world import World

PLANS, MONEY, TOGETHER = "plans", "argent", "ensemble"
PARTS = {PLANS: "Plans côte à côte", MONEY: "Argent et nature", TOGETHER: "Ce que le pays prépare ensemble"}
FIRST = (Status.SUBMITTED, Status.RETURNED, Status.DRAFT, Status.VALIDATED)
"""What waits for the office comes first."""
SIDE_BY_SIDE = (
    Column("region", "Région et action", html=True, row_header=True),
    Column("stage", "Étape", html=True, secondary=True),
    Column("sections", "Sections", "right"),
    Column("status", "Statut", html=True),
    Column("budget", "Budget", "right", secondary=True),
    Column("money", "Argent", "right"),
    Column("balance", "Équilibre", "right", secondary=True),
)
"""The money's header says its status."""
ACTIVITIES = (
    Column("activity", "Activité", html=True, row_header=True),
    Column("deliverable", "Livrable", secondary=True),
    Column("region", "Région", html=True),
    Column("when", "Quand"),
)
PARTNERS = (
    Column("partner", "Partenaire", html=True, row_header=True),
    Column("regions", "Régions, rôle et engagement", html=True),
)
RESOURCES = (
    Column("kind", "Type et unité", html=True, row_header=True),
    Column("total", "Quantité", "right"),
    Column("of", "De quoi, où", html=True),
)


def choose(calendar: World, actor: Actor) -> tuple[str, str]:
    """The filters of this view: chantier ('' = all), and which plans count."""
    chantiers = {filters.ALL: "Tous les chantiers", **calendar.chantier_names}
    above = {"region": NATIONAL_CODE}
    chantier = filters.one(SCREEN, "chantier", "Chantier", "le chantier", chantiers, above=above)
    offered = {selection.LAST_VALIDATED: "Validés"}
    if actor.may(Right.READ_ALL):
        named = {one.value: f"En vigueur : {one.label}" for one in FIRST}
        offered = {filters.ALL: "Tous, en vigueur", **named, selection.LAST_VALIDATED: "Dernières validées"}
    which = filters.one(SCREEN, "statut", "Plans comptés", "le statut", offered, above=above)
    return "" if chantier == filters.ALL else chantier, which


def sentence(calendar: World, actor: Actor) -> str:
    """Which plans are read, and as of when."""
    when = f"situation au {short_date(calendar.today)}"
    if actor.may(Right.READ_ALL):
        return f"Ce que chaque région prépare et déploie, son argent et son étape ; {when}."
    return f"Ce que chaque région prépare et déploie, son argent et son étape : plans validés ; {when}."


def draw(key: Key, calendar: World, chantier: str, which: str, status: FundingState) -> None:
    shown = selection.selected(key, chantier, which)
    carried = {name: st.query_params[name] for name in ("chantier", "statut", "argent") if name in st.query_params}
    here = _part()
    links = {code: (name, address(None, "" if code == PLANS else code, "", **carried)) for code, name in PARTS.items()}
    parts.draw("Parties de la vue nationale des plans", links, here)
    if not shown:
        page.empty(
            "Aucun plan ne répond à ces filtres. Les plans paraissent ici dès que le bureau national les a validés ; "
            "une région lit le sien en se choisissant plus haut."
        )
    elif here == MONEY:
        _money(key, calendar, chantier, which, status)
    elif here == TOGETHER:
        _together(shown, calendar)
    else:
        _side_by_side(key, shown, calendar, status)


def _part() -> str:
    asked = st.query_params.get("partie", PLANS)
    if asked in PARTS:
        return asked
    page.warn(f"L’adresse demande la partie « {asked[:40]} » : elle n’existe pas ici.")
    return PLANS


# Side by side


def _side_by_side(key: Key, shown: tuple[Shown, ...], calendar: World, status: FundingState) -> None:
    waiting = sum(one.status is Status.SUBMITTED for one in shown)
    told = f" ; {counted(waiting, 'plan attend', 'plans attendent')} une décision" if waiting else ""
    page.section(
        "Plans côte à côte",
        f"{counted(len(shown), 'plan')}{told}. L’argent est compté au statut « {status.label} », hors apports en "
        "nature ; l’équilibre compare l’identifié, non refusé, au budget.",
    )  # fmt: skip
    stages = standings(key)
    order = sorted(shown, key=lambda one: (FIRST.index(one.status), list(calendar.region_names).index(one.row.key[0])))
    rows = []
    for one in order:
        standing = stages.get(one.row.key)
        rows.append(_plan(one, calendar, standing.stage if standing else None, status))
    columns = [replace(one, label=f"Argent {status.label}") if one.key == "money" else one for one in SIDE_BY_SIDE]
    page.html(_wrapped(tables.table(columns, rows, "Plans d’action des régions, côte à côte")))


def _plan(one: Shown, calendar: World, stage: ActionStage | None, status: FundingState) -> dict[str, object]:
    identity = one.plan.identity
    region = calendar.region_names[one.row.key.region]
    named = Markup("{}, {}").format(
        page.typeset(identity.title), tables.nowrap(tables.chantier(identity.chantier, identity.chantier))
    )
    short = Markup('<span class="imp-short">, {}, {}</span>').format(word(stage), words.balance(one.plan))
    return {
        "region": tables.two_lines(tables.link(address(one.row.key), region), Markup("{}{}").format(named, short)),
        "stage": stage_name(stage),
        "sections": f"{complete(one.plan)} sur {len(Section)}",
        "status": tables.nowrap(page.status_text(one.status)),
        "budget": words.euros(one.plan.budget),
        "money": words.euros(stated(one.plan, status)),
        "balance": words.balance(one.plan),
    }


def _wrapped(table: Markup) -> Markup:
    return Markup('<div class="imp-plan">{}</div>').format(table)


# Money


def _money(key: Key, calendar: World, chantier: str, which: str, status: FundingState) -> None:
    page.note(
        f"Au statut « {status.label} » seul : chaque montant est une part du précédent, deux statuts ne s’additionnent "
        "pas. L’argent et les apports en nature restent à part."
    )
    for in_kind in (False, True):
        _kind_of_money(key, calendar, chantier, which, status, in_kind)


def _kind_of_money(key: Key, calendar: World, chantier: str, which: str, status: FundingState, in_kind: bool) -> None:
    rows = selection.regions_money(key, chantier, which, status, in_kind)
    drawn = selection.funded(key, chantier, which, status, in_kind, page.mode())
    page.section(
        f"{capital(selection.kind(in_kind))} : {status.label}", "" if in_kind else "Losange : le budget prévu."
    )
    if drawn is None:
        page.empty("Aucun plan retenu n’en dit rien à ce statut.")
        return
    left, right = st.columns([6, 5], gap="large")
    with left:
        charting.show(drawn, f"plan_{'nature' if in_kind else 'argent'}")
    with right:
        columns = (
            Column("region", "Région", row_header=True),
            Column("plans", "Plans", "right"),
            *(() if in_kind else (Column("budget", "Budget", "right"),)),
            Column("amount", capital(status.label), "right", html=True),
        )
        told = [
            {"region": calendar.region_names[one.region], "plans": str(one.plans), "budget": words.euros(one.budget),
             "amount": words.euros(one.amount)} for one in rows
        ]  # fmt: skip
        total = {
            "region": "Ensemble", "plans": str(sum(one.plans for one in rows)),
            "budget": words.euros(added(one.budget for one in rows)),
            "amount": tables.strong(words.euros(added(one.amount for one in rows))),
        }  # fmt: skip
        page.html(tables.table(columns, [*told, total], drawn.title))


# Together


def _together(shown: tuple[Shown, ...], calendar: World) -> None:
    held, names = selection.plans(shown), calendar.region_names
    page.section("Activités et livrables, mois par mois", "Au mois de leur début ; chaque ligne ouvre le plan.")
    months = together.by_month(held)
    if not months:
        page.empty("Aucune activité n’est écrite dans les plans retenus.")
    for month, own in months:
        rows = [
            {
                "activity": page.typeset(one.name), "deliverable": one.deliverable or "–",
                "region": tables.link(address(key, Section.CONTENT.value), names[key.region]),
                "when": words.span(one.start, one.end),
            }
            for key, one in own
        ]  # fmt: skip
        drawn = tables.table(ACTIVITIES, rows, f"Activités, {month}")
        page.html(Markup('<h3 class="imp-month">{}</h3><div class="imp-plan imp-months">{}</div>').format(month, drawn))
    _partners(held, names)
    _resources(held, names)


def _partners(held: Mapping[ActionKey, Plan], names: Mapping[str, str]) -> None:
    page.section(
        "Partenaires de plusieurs régions", "Réunis par leur nom, sans regarder aux majuscules ni aux accents."
    )
    found = together.shared_partners(held)
    if not found:
        page.empty("Aucun partenaire n’est nommé par deux régions.")
        return
    rows = [
        {
            "partner": tables.two_lines(page.typeset(one.name), counted(len(one.by_region), "région")),
            "regions": _listed(
                f"{names[region]} : {', '.join(_said(partner.role, partner.commitment.label) for partner in own)}"
                for region, own in one.by_region.items()
            ),
        }
        for one in found
    ]
    page.html(_wrapped(tables.table(PARTNERS, rows, "Partenaires de plusieurs régions")))


def _said(role: str, commitment: str) -> str:
    return f"{role} ({commitment})" if role else commitment


def _resources(held: Mapping[ActionKey, Plan], names: Mapping[str, str]) -> None:
    page.section("Ressources, par type", "Des quantités ne s’additionnent que dans la même unité.")
    found = together.resources(held)
    if not found:
        page.empty("Aucune ressource n’est écrite dans les plans retenus.")
        return
    rows = [
        {
            "kind": tables.two_lines(capital(one.kind.label), one.unit or "unité non dite"),
            "total": words.count(one.total),
            "of": _listed(f"{resource.name}, {names[key.region]} : {words.held(resource)}" for key, resource in one.of),
        }
        for one in found
    ]
    page.html(_wrapped(tables.table(RESOURCES, rows, "Ressources, par type et unité")))


def _listed(lines: Iterable[str]) -> Markup:
    return Markup("<br>").join(page.typeset(line) for line in lines)
