"""Messages of the database, accounts, class lists and backups."""

from __future__ import annotations

from phonics_app.locales import N_

MESSAGES: dict[str, str] = {
    "database.damaged": N_("The database {path} is damaged. Restore a backup: python -m phonics_app restore FILE"),
    "database.unwritable": N_(
        "The database {path} can't be opened or written. Check the folder and your permission to write there."
    ),
    "database.full": N_("There is no room left on the disk of the database {path}"),
    "database.busy": N_("The database {path} is busy. Please try again."),
    "database.newer": N_(
        "The database {path} was made by a newer version of Phonics Nine (revision {revision}). Please update this one."
    ),
    "database.foreign": N_("{path} is a database of another program. Choose another file."),
    "database.unreachable": N_("The database server {path} can't be reached."),
    "database.refused": N_("The database server of {path} refuses this user or password."),
    "database.no_such": N_("There is no database {path}. Create it first: createdb"),
    "database.no_rights": N_("The database user of {path} lacks a right. The database has to belong to this user."),
    "database.read_only": N_("The database {path} can only be read: the server is a copy of another one, or locked."),
    "database.no_dump": N_(
        "Before the upgrade the database {path} has to be backed up, and that failed ({reason}). Install PostgreSQL's"
        " client programs (Debian: postgresql-client), or back it up yourself and start once with"
        " PHONICS_BACKED_UP={revision}."
    ),
    "database.no_driver": N_("The driver {driver} of the database {path} is not installed."),
    "database.url_bad": N_("{path} is not the address of a database."),
    "copy.same": N_("{path} is the site's database itself. Name another, empty one."),
    "copy.not_empty": N_("The database {path} is not empty (table {table}). Nothing was copied."),
    "copy.incomplete": N_("Of the table {table} {found} of {expected} rows arrived. Nothing was copied."),
    "input.too_long": N_("{value}… is too long; at most {expected} characters"),
    "input.year_bad": N_("{value} is not an academic year of the Buddhist era; expected {expected}"),
    "sign_in.wrong": N_("Username or password is wrong."),
    "sign_in.throttled": N_(
        "Too many failed attempts. Please wait {minutes} minutes, or ask your administrator to set a new password."
    ),
    "sign_in.demonstration_only": N_("Only a demonstration site can be entered without a password."),
    "setup.code_wrong": N_("This is not the code."),
    "setup.throttled": N_(
        "Too many wrong codes were given. Wait {minutes} minutes, or set up at the computer itself: there no code is"
        " needed."
    ),
    "setup.done": N_("This site has been set up already."),
    "setup.no_school": N_("At least one school is needed."),
    "school.unknown": N_("There is no such school."),
    "school.name_empty": N_("The school needs its name in Thai."),
    "school.name_taken": N_("There is a school called {value} already."),
    "school.code_bad": N_("{value} is not a school code; expected {expected} digits, or nothing"),
    "school.code_taken": N_("Another school has the code {value} already."),
    "account.unknown": N_("There is no such account."),
    "account.username_empty": N_("A username is missing."),
    "account.username_bad": N_("{value} can't be a username; expected {expected} characters"),
    "account.username_taken": N_("The username {value} is taken already."),
    "account.display_name_empty": N_("A name to be shown is needed."),
    "account.password_short": N_("The password is too short; at least {expected} characters"),
    "account.password_long": N_("The password is too long; at most {expected} characters"),
    "account.password_common": N_(
        "This password is easy to guess. Choose several words of your own; not digits alone, not your name."
    ),
    "account.password_to_be_chosen": N_("Choose a password of your own first."),
    "account.password_is_own": N_("You have a password of your own already. Change it under My account."),
    "account.password_same": N_("This is the password that you were given. Choose another one."),
    "account.passwords_differ": N_("The two passwords are not the same."),
    "invitation.unknown": N_("There is no such invitation; it may have been used, withdrawn or too old."),
    "invitation.void": N_(
        "This invitation is good for nothing any more: {name}, who gave it, may not invite to it now. Ask the"
        " administrator for another."
    ),
    "invitation.void_of_teacher": N_(
        "This invitation is good for nothing any more: {name}, who gave it, may not invite to it now. Ask your"
        " school's director or the administrator for another."
    ),
    "invitation.number": N_("{expected} people can be invited at once; here are {value}."),
    "session.unknown": N_("This session has ended already."),
    "account.present_password_wrong": N_("The present password is not right."),
    "account.grant_with_rooms": N_("Single rooms are for teachers; {expected} is a role for more than that."),
    "account.grant_rooms_number": N_("A teacher holds {expected} rooms; here are {value}."),
    "account.grant_room_bad": N_("{value} is no classroom."),
    "account.grant_none": N_("An account needs at least one role."),
    "account.grant_without_school": N_("The role {expected} needs a school."),
    "account.grant_with_school": N_("The role {expected} is not tied to a school."),
    "account.grant_school_unknown": N_("The school of this role does not exist."),
    "account.last_administrator": N_("The site needs at least one administrator: this is the last one."),
    "pupil.unknown": N_("There is no such pupil."),
    "pupil.number_empty": N_("The pupil number is missing."),
    "pupil.first_name_empty": N_("The first name is missing."),
    "pupil.last_name_empty": N_("{value} has no last name."),
    "pupil.citizen_number": N_(
        "This is a citizen number, which is not kept here. Enter the school's own pupil number."
    ),
    "pupil.grade_too_high": N_("{value} is above the school's highest grade, {expected}"),
    "pupil.class_number_bad": N_("{value} is not a number in class; expected {expected}"),
    "pupil.number_taken": N_("Another pupil of this school has the number {value} already."),
    "pupil.number_taken_there": N_(
        "A pupil of the other school has the number {number} already. Correct one of the two numbers first."
    ),
    "spreadsheet.too_large": N_("The file is too large ({value}); at most {expected}"),
    "spreadsheet.too_many_rows": N_("The sheet has more than {expected} rows."),
    "spreadsheet.cell_too_long": N_("A cell holds more than {expected} characters."),
    "spreadsheet.empty": N_("The file is empty."),
    "spreadsheet.old_format": N_("This Excel file is older than Excel 95. Open it in Excel and save it as .xlsx."),
    "spreadsheet.password": N_("This Excel file has a password. Save it without one, then choose it again."),
    "spreadsheet.web_page": N_("This is a web page, whatever its name says. Open it in Excel and save it as .xlsx."),
    "spreadsheet.unreadable": N_("The file can't be read: it is damaged or no spreadsheet (.xlsx, .xls, .csv)."),
    "spreadsheet.unknown_encoding": N_("The file is no text in a known encoding (UTF-8, TIS-620). Save it as .xlsx."),
    "roster.no_table": N_("No class list was found in the file."),
    "roster.no_pupils": N_("The sheet holds no pupils."),
    "roster.sheet_not_read": N_("The sheet {value} was not read. Import it as a file of its own."),
    "roster.other_school": N_("The file is of {value}, but goes into {expected}. Is the right school chosen?"),
    "roster.header_unknown": N_("There is no column {value}; the columns are {expected}"),
    "roster.field_twice": N_("Several columns were chosen for: {expected}"),
    "roster.field_missing": N_("No column was chosen for: {expected}"),
    "roster.row_skipped": N_("Skipped, not a pupil: {value}"),
    "roster.grade_unknown": N_("{value} is not a grade; expected {expected}"),
    "roster.grade_empty": N_("The grade is missing; expected {expected}"),
    "roster.grade_from_above": N_("The cell is empty: taken from the row above, {value}"),
    "roster.grade_assumed": N_("{value} does not say which stage: taken as {expected}"),
    "roster.class_from_date": N_(
        "The spreadsheet program had turned a class into the date {value}: taken as {expected}"
    ),
    "roster.sex_unknown": N_("{value} is not understood as a sex; expected {expected}"),
    "roster.sex_and_prefix_differ": N_("The sex {value} does not go with the prefix {expected}"),
    "roster.row_repeated": N_("Pupil {value} stands in row {expected} already; this row is left out."),
    "roster.number_repeated": N_("The number {value} belongs to another pupil in row {expected}"),
    "roster.number_of_another": N_("The number {value} has belonged to {expected} until now: is it the same pupil?"),
    "roster.name_with_other_number": N_(
        "{value} is enrolled under the number {expected} already: is it another pupil?"
    ),
    "roster.stale": N_("The class list was changed by somebody else meanwhile. Look at the preview again."),
}
