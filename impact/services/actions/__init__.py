"""Regional actions and their plans: opened, written part by part, submitted, validated, sent back, withdrawn.

One act makes one version, with all its lines; nothing that a plan said is lost. Two people who write different parts
do not hinder each other: a save is refused only where the part that it replaces has changed since it was read.

Split by noun: held (an action that is being acted on, and its row of history), writing, reviewing.
"""

from impact.services.actions.held import OPEN, RETURN, SAVE, SUBMIT, TAKE_BACK, VALIDATE, WITHDRAW
from impact.services.actions.reviewing import return_plan, submit_plan, take_back_plan, validate_plan, withdraw_action
from impact.services.actions.writing import open_action, remove_line, save_identity, save_line, set_budget

__all__ = [
    "OPEN", "RETURN", "SAVE", "SUBMIT", "TAKE_BACK", "VALIDATE", "WITHDRAW", "open_action", "remove_line",
    "return_plan", "save_identity", "save_line", "set_budget", "submit_plan", "take_back_plan", "validate_plan",
    "withdraw_action",
]  # fmt: skip
