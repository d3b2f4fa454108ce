"""Under which address another device in the same network opens a page of this site."""

from __future__ import annotations

import socket
from contextlib import suppress
from ipaddress import ip_address

from starlette.requests import Request


def address_of(request: Request, path: str) -> str:
    """This site as the visitor sees it, or as others see this machine if he sits at it."""
    host = request.url.hostname or ""
    if not is_loopback(host):
        return str(request.url.replace(path=path, query="", fragment=""))
    lan = _lan_address() or host
    return str(request.url.replace(hostname=lan, path=path, query="", fragment=""))


def is_loopback(host: str) -> bool:
    """Whether only this machine itself is meant."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _lan_address() -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asker, suppress(OSError):
        asker.connect(("10.255.255.255", 1))  # of UDP: only chooses the way out, sends nothing
        return str(asker.getsockname()[0])
    return ""
