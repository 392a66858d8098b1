"""Keeping what was entered: online backup, restoring into an empty place, and the check of everything."""

from impact.maintenance.archive import Manifest
from impact.maintenance.backups import backup
from impact.maintenance.checks import check
from impact.maintenance.restores import restore

__all__ = ["Manifest", "backup", "check", "restore"]
