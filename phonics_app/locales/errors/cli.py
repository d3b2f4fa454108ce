"""Messages of faults that the command line finds itself."""

from __future__ import annotations

from phonics_app.locales import N_

MESSAGES: dict[str, str] = {
    "cli.refused": N_("The command was not carried out."),
    "cli.file": N_("The file {name} cannot be used: {reason}"),
    "cli.file_exists": N_("There is a file {name} already; it is kept. Choose another name, or add --overwrite."),
    "cli.nothing_to_export": N_("There is nothing to write: no pupils or results fit this choice."),
    "cli.school": N_("“{value}” does not name exactly one school; expected one of: {expected}"),
    "cli.role_without_school": N_("The role {value} is for the whole site; leave the school out."),
    "cli.classes_without_teacher": N_("Single classes are held by teachers; leave --class out, or add --role teacher."),
    "cli.not_missing": N_("{value} is nobody who is missing in the file; missing: {expected}"),
    "cli.no_such_header": N_("The file has no column “{value}”; it has: {expected}"),
    "cli.no_such_field": N_("“{value}” is not a field of the class list; expected one of: {expected}"),
}
