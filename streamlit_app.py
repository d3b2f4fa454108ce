"""The ASGI app: Streamlit's pages, sign-in, the JSON API and the test player, in one process on one port."""

from __future__ import annotations

import sys

import streamlit as st
import uvicorn

from phonics_app.web.app import lifespan, middleware, routes

app = st.App("phonics_app/pages/main.py", routes=routes(), middleware=middleware(), lifespan=lifespan)

if __name__ == "__main__":
    # `python streamlit_app.py HOST PORT`, as start.py does it. `streamlit run` works as well, but makes its socket in a
    # way that leaves Nagle's algorithm on: each answer then waits 40 ms or more for the client's acknowledgement.
    uvicorn.run(
        app,
        host=sys.argv[1],
        port=int(sys.argv[2]),
        access_log=False,  # addresses name pupils and tests
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=3,
    )
