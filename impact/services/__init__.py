"""Every write: permission, rules, change and history, in one transaction that the caller opens.

Each function takes a session of `db.transaction()` and the acting Actor; an ImpactError means nothing was written.
"""
