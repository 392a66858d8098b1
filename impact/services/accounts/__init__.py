"""Accounts: who may come in, with which role, for which regions, and how they prove who they are.

Nobody is ever deleted: history names people. `by` is the administrator who acts, or the words that name the operator
of a command or of the first installation. Only hashes of passwords, links and cookies are stored. Times are real ones.
"""

from impact.services.accounts.attempts import TooManyAttempts, admit, forget
from impact.services.accounts.changes import (
    change_role_and_regions,
    create_account,
    disable,
    enable,
)
from impact.services.accounts.identity import actor_by_email, actor_for_token, actor_of, identify
from impact.services.accounts.links import LINK_LIFETIME, link_owner, new_link, set_password_by_link
from impact.services.accounts.passwords import (
    LONGEST_PASSWORD,
    SHORTEST_PASSWORD,
    change_password,
    password_problems,
    set_password,
)
from impact.services.accounts.sessions import (
    ABSOLUTE_LIMIT,
    IDLE_LIMIT,
    BadCredentials,
    end_sessions,
    open_session,
    sign_in,
    sign_out,
)

__all__ = [
    "ABSOLUTE_LIMIT", "IDLE_LIMIT", "LINK_LIFETIME", "LONGEST_PASSWORD", "SHORTEST_PASSWORD", "BadCredentials",
    "TooManyAttempts", "actor_by_email", "actor_for_token", "actor_of", "admit", "change_password",
    "change_role_and_regions", "create_account", "disable", "enable", "end_sessions", "forget", "identify",
    "link_owner", "new_link", "open_session", "password_problems", "set_password", "set_password_by_link", "sign_in",
    "sign_out",
]  # fmt: skip
