"""The recording studio's page. Everything on it is made by its script, which works without the server for a while."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from phonics_app.domain.text import Text
from phonics_app.locales import LANGUAGES, N_, translator
from phonics_app.web.gate import actor_in, phonics_in
from phonics_app.web.language import language_of
from phonics_app.web.player_pages import shown_errors
from phonics_app.web.studio_texts import studio_texts
from phonics_app.web.view import page_of
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.permissions import Action, require
from phonics_app.workflows.takes import PHONEMES, recording_sets

_PHONEMES_NAME = N_("The sounds of English")


@shown_errors
def studio(request: Request) -> Response:
    """The studio, opened at `?set=` (the phonemes, or a level's number)."""
    phonics, actor = phonics_in(request), actor_in(request)
    require(actor, Action.RECORD_AUDIO)
    sets = recording_sets(phonics)
    wanted = request.query_params.get("set", "")
    page = {
        "language": language_of(request),
        "texts": studio_texts(),
        "account": actor.account_id,
        "speaker": actor.display_name,
        "sets": [{"name": name, "title": _title(phonics, name)} for name in sets],
        "set": wanted if wanted in sets else PHONEMES,
    }
    return page_of(request, "studio.html", page=page)


def _title(phonics: Phonics, name: str) -> dict[str, str]:
    if name == PHONEMES:
        return {language: translator(language)(_PHONEMES_NAME) for language in LANGUAGES}
    level = phonics.content.bank.level(int(name))
    return {language: _level_title(language, level.number, level.name) for language in LANGUAGES}


def _level_title(language: str, number: int, name: Text) -> str:
    _ = translator(language)
    return _("Level {number} · {name}").format(number=number, name=name.in_language(language))


ROUTES = (Route("/studio", studio),)
