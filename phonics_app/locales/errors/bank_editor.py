"""Messages of the item bank's editor."""

from __future__ import annotations

from phonics_app.locales import N_

MESSAGES: dict[str, str] = {
    "item.unknown": N_("There is no item {id}."),
    "item.changed": N_("Somebody else has changed this item in the meantime. Look at it again, then decide."),
    "item.nothing_proposed": N_("Nothing is proposed for this item, or it has been decided already."),
    "item.sent_back": N_("This proposal was sent back; it can be activated once it has been mended."),
    "item.own_proposal": N_("You have written this proposal yourself; another person must review it."),
    "item.other_proposal": N_("Only the person who made a proposal can withdraw it."),
    "item.not_active": N_("Only an active item can be retired."),
    "item.not_retired": N_("Only a retired item can be restored."),
    "item.reason_missing": N_("Please write the reason."),
    "items.no_table": N_("There is no table of items in this file. Its header must hold at least: {expected}"),
    "items.date_cell": N_("Excel has made a date of this cell ({value}). Set the column to “Text” and type it again."),
    "items.id_unknown": N_("There is no item {value}. Leave the cell empty for a new item."),
    "items.state_kept": N_("The state is not changed by an import: it stays “{expected}”."),
    "items.stale": N_("The item bank has changed since the preview. Choose the file again."),
}
