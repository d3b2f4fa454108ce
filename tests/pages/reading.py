"""What a person reads on a page that AppTest has run."""

from __future__ import annotations

import re
from html import unescape

from streamlit.testing.v1 import AppTest

_TAG = re.compile(r"<[^>]+>", re.DOTALL)
_WORDS_UNDER_TEST = re.compile(r'<span class="pn-word">.*?</span>')


def html(app: AppTest) -> str:
    """All HTML of the page, without the style sheet."""
    bodies = [element.proto.body for element in app.get("html")]
    return "\n".join(body for body in bodies if not body.startswith(("<style", "<script")))


def texts(app: AppTest) -> list[str]:
    """Every text in sight: HTML without tags, labels, options, captions, the menu's titles."""
    bodies = _WORDS_UNDER_TEST.sub("", html(app))
    found = [unescape(part).strip() for part in _TAG.split(bodies)]
    for kind in (
        "button",
        "selectbox",
        "multiselect",
        "text_input",
        "text_area",
        "number_input",
        "toggle",
        "button_group",
    ):
        for element in app.get(kind):
            found += [element.proto.label, getattr(element.proto, "placeholder", "")]
            found += [getattr(o, "content", o) for o in getattr(element.proto, "options", [])]
    found += [e.proto.label for kind in ("download_button", "file_uploader") for e in app.get(kind)]
    found += [e.label for e in app.expander] + [e.value for e in app.caption]
    return [text for text in found if text]


def links(app: AppTest) -> list[str]:
    return [unescape(target) for target in re.findall(r'href="([^"]+)"', html(app))]
