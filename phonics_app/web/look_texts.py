"""Texts of the small menu for letters and layout, which the player and a pupil's own device share."""

from __future__ import annotations

from phonics_app.locales import N_

# Keys are look_<setting> and look_<setting>_<value>; the values stand in player/look.js.
LOOK_TEXTS: dict[str, str] = {
    "look": N_("Aa: letters and layout"),
    "look_kept": N_("This device remembers it."),
    "look_close": N_("Close"),
    "look_size": N_("Size of the letters"),
    "look_size_1": N_("Usual"),
    "look_size_2": N_("Large"),
    "look_size_3": N_("Very large"),
    "look_spacing": N_("Space between letters, words and lines"),
    "look_spacing_usual": N_("Usual"),
    "look_spacing_wide": N_("Wide, easier with dyslexia"),
    "look_letters": N_("Shape of the letters"),
    "look_letters_school": N_("As children write them"),
    "look_letters_book": N_("As in books"),
    "look_hand": N_("Buttons are for"),
    "look_hand_right": N_("the right hand"),
    "look_hand_left": N_("the left hand"),
}
