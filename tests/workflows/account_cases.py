"""The lines of `use_cases` that are about accounts and their sessions."""

from phonics_app.workflows import own_sessions

_MANAGE = "all - - - - -"

ACCOUNT_CASES = {
    own_sessions.end_sessions: (_MANAGE, lambda p, a, w: own_sessions.end_sessions(p, a, "other_director")),
}
