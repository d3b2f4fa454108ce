"""The studio's interface texts: the page carries both languages, so that the switch needs no server."""

from __future__ import annotations

from phonics_app.locales import LANGUAGES, N_, translator
from phonics_app.web.language import LANGUAGE_NAMES, other_language

# Keys that end in a code (kind_…, fault_…, connection_…, problem_…) are looked up by it.
TEXTS: dict[str, str] = {
    "title": N_("Recording studio"),
    "back": N_("Back to the overview"),
    "choose_set": N_("What to record"),
    "progress": N_("{done} of {all} recorded"),
    "place": N_("{place} of {all}"),
    "kind_phoneme": N_("Sound"),
    "kind_word": N_("Word"),
    "kind_pseudo_word": N_("Made-up word"),
    "kind_sentence": N_("Sentence"),
    "as_in": N_("as in"),
    "say_vowel": N_("Say the sound alone, clear and at its natural length."),
    "say_phoneme": N_("Say the sound alone and clear, without a vowel after it."),
    "say_word": N_("Say the word as you would to a child: clear, not drawn out."),
    "say_pseudo_word": N_("This is no real word: read it as it is spelt."),
    "say_sentence": N_("Read the sentence at an even pace."),
    "before_title": N_("Before you record"),
    "before_quiet": N_("A quiet room: window, fan and telephone off. About a hand's length from the microphone."),
    "before_pace": N_("Tap to record, wait until it says “Speak”, speak, tap again. Silence is trimmed by itself."),
    "before_kept": N_("Every take is kept in this browser first, then on the server: a closed page loses nothing."),
    "before_adult": N_("Adults' voices only. Never record a pupil here."),
    "speaker": N_("Speaker's name, shown with the recordings (leave empty to be unnamed)"),
    "licence": N_("Who may use the recordings"),
    "licence_CC-BY-4.0": N_("This site and other schools, in voice packs (CC BY 4.0)"),
    "licence_site-only": N_("The schools of this site only"),
    "consent": N_("I am an adult, this is my own voice, and I agree that it is used in this way."),
    "start": N_("Switch the microphone on"),
    "record": N_("Record"),
    "wait": N_("Wait…"),
    "speak": N_("Speak, then tap to stop"),
    "working": N_("One moment…"),
    "level": N_("Loudness"),
    "level_loud": N_("too loud"),
    "listen": N_("Listen"),
    "listen_kept": N_("Listen to the one in use"),
    "keep": N_("Keep it"),
    "again": N_("Record again"),
    "stop_listening": N_("Stop"),
    "not_heard": N_("It can't be played just now: there is no connection to the server."),
    "back_to_take": N_("Back to what was recorded"),
    "skip": N_("Skip"),
    "good_take": N_("Good: clear and quiet around it."),
    "fault_clipped": N_("Too loud: the sound is distorted. Move away from the microphone a little."),
    "fault_too_quiet": N_("Too quiet: move closer to the microphone, or speak up."),
    "fault_noisy": N_("There is noise in the background."),
    "fault_cut_off": N_("The beginning or the end may be cut off: pause a moment before and after."),
    "stored": N_("Stored on the server. {seconds} seconds."),
    "kept_here": N_("Kept in this browser; it goes to the server as soon as there is a connection."),
    "in_use": N_("Recorded by {speaker}"),
    "kept_waiting": N_("Chosen; it goes to the server as soon as there is a connection."),
    "delete": N_("Delete"),
    "delete_sure": N_("Delete this recording for good? The one used before it, if any, is played again."),
    "delete_not": N_("Don't delete"),
    "not_deleted": N_("It was not deleted: there is no connection to the server."),
    "in_use_unnamed": N_("Recorded (speaker not named)"),
    "connection_sent": N_("Everything is stored"),
    "connection_sending": N_("Sending {n}"),
    "connection_waiting": N_("No connection: {n} kept in this browser"),
    "connection_signed_out": N_("Signed out: {n} kept in this browser"),
    "connection_refused": N_("The server refused: {n} kept in this browser"),
    "sign_in_again": N_("Sign in again"),
    "try_again": N_("Try again"),
    "all_sounds": N_("All of them; tap one to go there"),
    "state_kept": N_("recorded"),
    "state_waiting": N_("not decided or not sent yet"),
    "state_missing": N_("not recorded"),
    "done_title": N_("All recorded"),
    "done": N_("Every sound of this list has a recording. Choose another list, or tap a sound to record it anew."),
    "next_set": N_("On to: {set}"),
    "stay": N_("Stay with this list"),
    "problem_insecure_title": N_("This address gets no microphone"),
    "problem_insecure": N_(
        "Browsers give the microphone only to this very computer or over a secure connection (https). "
        "This page was opened at {address}."
    ),
    "problem_insecure_here": N_("Record on the computer that runs the program, at {address}"),
    "problem_insecure_https": N_("Or ask the administrator to put https before the program."),
    "problem_refused_title": N_("The microphone is switched off for this page"),
    "problem_refused": N_("Tap the sign beside the address above, allow the microphone, then try again."),
    "problem_missing_title": N_("No microphone was found"),
    "problem_missing": N_("Plug in a microphone or headset, then try again."),
    "problem_busy_title": N_("The microphone can't be used"),
    "problem_busy": N_("Another program may be using it. Close that program, then try again."),
    "problem_lost_title": N_("The microphone is gone"),
    "problem_lost": N_("It was unplugged or switched off. What was recorded before is kept."),
    "problem_load_title": N_("The list of sounds could not be loaded"),
    "problem_load": N_("There is no connection to the server. What was recorded is kept in this browser."),
    "problem_storage_title": N_("This browser can't keep recordings"),
    "problem_storage": N_(
        "Its storage is full or switched off (a private window?), so that a take could be lost. Use an ordinary window."
    ),
}


def studio_texts() -> dict[str, dict[str, str]]:
    """Language → key → text; placeholders stay in braces for the script to fill."""
    return {language: _catalogue(language) for language in LANGUAGES}


def _catalogue(language: str) -> dict[str, str]:
    _ = translator(language)
    switch = {"other_language": LANGUAGE_NAMES[other_language(language)]}
    return {key: _(text) for key, text in TEXTS.items()} | switch
