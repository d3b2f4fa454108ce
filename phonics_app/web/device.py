"""What a person recognises his device by: browser and system, without versions."""

from __future__ import annotations

from starlette.requests import Request

# The first that is named in the header wins: others call themselves Chrome and Safari as well.
_BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Line/": "LINE",
    "Firefox/": "Firefox",
    "FxiOS": "Firefox",
    "Chrome/": "Chrome",
    "CriOS": "Chrome",
    "Safari/": "Safari",
}
_SYSTEMS = {
    "iPad": "iPad",
    "iPhone": "iPhone",
    "Android": "Android",
    "CrOS": "ChromeOS",
    "Windows": "Windows",
    "Mac OS X": "Mac",
    "Linux": "Linux",
}


def device_of(request: Request) -> str:
    """ "Chrome · Android"; "" for what names neither."""
    header = request.headers.get("user-agent", "")
    found = [next((name for key, name in table.items() if key in header), "") for table in (_BROWSERS, _SYSTEMS)]
    return " · ".join(filter(None, found))
