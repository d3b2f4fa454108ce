"""Messages of backups."""

from __future__ import annotations

from phonics_app.locales import N_

MESSAGES: dict[str, str] = {
    "backup.missing": N_("The backup {path} does not exist."),
    "backup.no_checksum": N_(
        "The file {checksum} is missing beside the backup {path}, so that it can't be checked. Copy both files."
    ),
    "backup.changed": N_(
        "The backup {path} is not as it was made: it was cut short, damaged or changed. Use another backup."
    ),
    "backup.damaged": N_("What is in the backup {path} is damaged. Use another backup."),
    "backup.foreign": N_("{path} is no backup of Phonics Nine."),
    "backup.newer": N_(
        "The backup {path} was made by a newer version of Phonics Nine (revision {revision}). Please update this one."
    ),
    "backup.same_file": N_("{path} is the database itself, not a backup."),
    "backup.in_use": N_("Somebody is writing to the database {path}. Please try again."),
    "backup.failed": N_("The file {path} could not be written: {reason}"),
    "backup.no_room": N_("There is no room in {path}: about {needed} MB are needed."),
    "backup.source_damaged": N_("The database itself is damaged: no backup was made of it. Put a good backup back."),
    "backup.passphrase_needed": N_("The backup {path} is encrypted: its passphrase is needed."),
    "backup.passphrase_wrong": N_("This is not the passphrase of the backup {path}. The file itself is whole."),
    "backup.passphrase_short": N_("The passphrase is too short; at least {expected} characters"),
    "backup.key_missing": N_("The key of the backups in the file {path} can't be read: {reason}"),
    "backup.key_open": N_(
        "Others may read the key of the backups in the file {path}. Allow its owner alone (mode 600)."
    ),
    "backup.key_inside": N_(
        "The key of the backups {path} lies in {folder}: whoever takes that folder has both. Put it somewhere else."
    ),
    "backup.key_short": N_("The key of the backups ({path}) is too short; at least {expected} characters"),
    "backup.number_bad": N_("{value} is out of range; expected {expected}"),
    "site.revision": N_("The database is of revision {revision}, not {expected}. Start the app anew."),
    "site.folder_unwritable": N_("Nothing can be written into the folder {path}: {reason}"),
    "site.room": N_("Only {free} MB are left on the disk of {path}; there should be {needed}."),
    "site.clock": N_("The clock says {now} (UTC), but something stored is of {newest}. Set the computer's clock."),
    "site.no_backup": N_("There is no usable backup."),
    "site.backup_old": N_("The last good backup is older than {days} days."),
    "backup.too_large": N_("The file is too large; at most {limit} MB"),
}
