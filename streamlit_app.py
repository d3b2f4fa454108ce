"""The ASGI app: Streamlit's pages, sign-in, the JSON API and the test player, in one process on one port."""

from __future__ import annotations

import streamlit as st

from phonics_app.web.app import lifespan, middleware, routes

app = st.App("phonics_app/pages/main.py", routes=routes(), middleware=middleware(), lifespan=lifespan)
