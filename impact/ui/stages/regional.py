"""A region's actions and their stages, and its milestones where it set some."""

from markupsafe import Markup

from impact.permissions import Actor
from impact.ui import naming, page, tables
from impact.ui.reads import Key
from impact.ui.stages.ladder import ladder
from impact.ui.stages.reads import milestones, standings
from impact.ui.stages.timeline import timeline


def draw(actor: Actor, key: Key, region: str) -> None:
    """Each action's ladder, with the way to its plan."""
    own = [one for one in standings(key).values() if one.key.region == region]
    page.section("Action et étape", "Une étape se déduit de ce qui est fait et prouvé ; elle peut redescendre.")
    if not own:
        way = " : ouvrez-en une à l’écran « Plan »" if actor.may_enter(region) else ""
        page.empty(f"Cette région n’a pas encore d’action régionale{way}.")
    for one in own:
        title = one.title or f"Action {one.key}, dont le plan n’est pas encore validé"
        way = Markup("<h3>{}</h3>").format(tables.link(naming.plan(one.key), title))
        page.html(Markup('<div class="imp-action">{}{}</div>').format(way, ladder(one, brief=True)))
    if dated := [one for one in milestones(key) if one.region == region]:
        timeline(dated, key.today, "jalons_region")
