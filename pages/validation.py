"""Validation: submitted figures, to validate or return; evidence to read later; what was validated last."""

from impact.ui import flash, page, reads
from impact.ui.guard import require
from impact.ui.review import acts, detail, later, queue, validated
from impact.vocabulary import Role

actor = require(Role.NATIONAL, Role.ADMIN)
waiting = queue.read_queue(actor)

page.head("Validation", queue.sentence(waiting), reads.source(actor).demonstration)
flash.show(acts.PLACE)
acts.empty_reasons()
region, chantier, period = queue.asked(actor)
items = queue.kept(waiting, region, chantier, period)
opened = queue.opened(waiting)

drawn = queue.shown(items, opened)

if not drawn:
    page.empty("Aucun chiffre à relire pour ces filtres. Ceux que les régions soumettent s’affichent ici.")
else:
    queue.pick_all(drawn)
    acts.many(queue.picked(drawn))
    for at, item in enumerate(drawn):
        queue.line(item, is_open=item is opened)
        if item is opened:
            detail.begin(item)
            detail.draw(item, following=drawn[at + 1] if at + 1 < len(drawn) else None)
    queue.more(items)
    queue.remember(drawn)

later.draw(actor, region, chantier, period)
validated.draw(actor, region, chantier, period)
