"""The screens: the only room that imports Streamlit. `main.py` is the script that the server runs."""
