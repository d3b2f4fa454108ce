"""Sign-in, JSON API and the test player: Starlette routes beside the Streamlit pages."""
