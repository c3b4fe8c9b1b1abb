"""Backup and restore of everything that cannot be made again."""

from forms_api.backups.archive import BackupRefused
from forms_api.backups.commands import Copied, backup, restore

__all__ = ["BackupRefused", "Copied", "backup", "restore"]
