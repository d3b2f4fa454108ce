"""Doing what a person does on a page that AppTest has run."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def click(app: AppTest, label: str) -> AppTest:
    """The button whose label begins with `label`."""
    next(button for button in app.button if button.label.startswith(label)).click()
    return app.run()


submit = click
"""Buttons of forms are buttons to AppTest; the name says what is meant."""
