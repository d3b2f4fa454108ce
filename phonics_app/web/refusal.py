"""How a websocket is turned away before it is accepted (the browser sees a 403)."""

from __future__ import annotations

from starlette.types import Receive, Send

POLICY_VIOLATION = 1008


async def refuse_websocket(receive: Receive, send: Send) -> None:
    """Closes the handshake that is waiting in `receive`."""
    await receive()
    await send({"type": "websocket.close", "code": POLICY_VIOLATION, "reason": ""})
