"""How far an action has come, and the days that count: shared by the screens of a plan, a region and the country."""

from impact.ui.stages.ladder import ladder, stage_name
from impact.ui.stages.timeline import milestones_of, timeline

__all__ = ["ladder", "milestones_of", "stage_name", "timeline"]
