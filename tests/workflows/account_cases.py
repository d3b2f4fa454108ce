"""The lines of `use_cases` that are about accounts and their sessions."""

from phonics_app.domain.account import Grant, Role
from phonics_app.workflows import accounts, own_sessions
from tests import sites

_MANAGE = "all - - - - -"
ADMINISTRATOR = (Grant(Role.ADMINISTRATOR),)

ACCOUNT_CASES = {
    accounts.list_accounts: (_MANAGE, lambda p, a, w: accounts.list_accounts(p, a)),
    accounts.find_account: (_MANAGE, lambda p, a, w: accounts.find_account(p, a, "teacher")),
    accounts.create_account: (
        _MANAGE,
        lambda p, a, w: accounts.create_account(p, a, "new.name", "ชื่อใหม่", sites.PASSWORD, ADMINISTRATOR),
    ),
    accounts.change_grants: (_MANAGE, lambda p, a, w: accounts.change_grants(p, a, "other_director", ADMINISTRATOR)),
    accounts.set_disabled: (_MANAGE, lambda p, a, w: accounts.set_disabled(p, a, "other_director", True)),
    accounts.set_password: (_MANAGE, lambda p, a, w: accounts.set_password(p, a, "other_director", "ลำไย-8-กิ่ง-เขียว")),
    own_sessions.end_sessions: (_MANAGE, lambda p, a, w: own_sessions.end_sessions(p, a, "other_director")),
}
