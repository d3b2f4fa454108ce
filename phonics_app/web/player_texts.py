"""The player's interface texts: the page carries both languages, so that the switch needs no server."""

from __future__ import annotations

from phonics_app.domain.strand import Strand
from phonics_app.locales import LANGUAGES, N_, translator
from phonics_app.locales.labels import label
from phonics_app.web.carry_texts import CARRY_TEXTS
from phonics_app.web.language import LANGUAGE_NAMES, other_language
from phonics_app.web.look_texts import LOOK_TEXTS
from phonics_app.web.screen_texts import PLAYER_TEXTS

# Keys that end in a code (reason_…, unsent_…, connection_…, mark_…; strand_… from the labels) are looked up by it.
TEXTS: dict[str, str] = {
    "simulated": N_("Simulated pupil"),
    "items": N_("Items"),
    "item_label": N_("Item {number}, {item}: {mark}"),
    "mark_none": N_("no mark"),
    "mark_incorrect": N_("wrong"),
    "mark_self_corrected": N_("self-corrected"),
    "answer": N_("Answer: {answer}"),
    "block_title": N_("Block {number} · {what}"),
    "show_answers": N_("Show answers"),
    "hide_answers": N_("Hide answers"),
    "instructions": N_("Instructions for the teacher"),
    "say": N_("Say to the pupil"),
    "self_correction": N_("Self-corrected"),
    "undo": N_("Undo"),
    "redo": N_("Redo"),
    "back": N_("One block back"),
    "stop": N_("Stop…"),
    "finish_block": N_("Finish this block"),
    "end_block": N_("On to the next block"),
    "auto_stop_title": N_("This block is too hard just now"),
    "auto_stop_first": N_("The first {n} items were all wrong, so the block may end here. Thank the pupil kindly."),
    "auto_stop_other": N_("The block may end here. Thank the pupil kindly."),
    "undo_last_mark": N_("Undo the last mark"),
    "undo_auto_stop": N_("Go on with this block"),
    "line": N_("Line {line}"),
    "line_wrong": N_("The whole of line {line} wrong"),
    "is_last": N_("last item tried"),
    "mark_right": N_("right"),
    "errors_title": N_("{item}: what was it?"),
    "error_decoding": N_("Decoding"),
    "error_transfer": N_("Thai sounds"),
    "error_self_corrected": N_("Self-corrected"),
    "error_no_answer": N_("No answer"),
    "error_said_as": N_("Said as…"),
    "error_ambiguous": N_("Cannot tell"),
    "said_label": N_("What did the pupil say?"),
    "said_ok": N_("Note it"),
    "close_menu": N_("Close"),
    "questions_asked": N_("{n} of {all} questions: only those about what was read."),
    "written_label": N_("Item {number}, {item}: what the pupil wrote"),
    "hesitation": N_("3 s"),
    "clock_waiting": N_("not started"),
    "clock_running": N_("running"),
    "clock_stopped": N_("stopped"),
    "clock_up": N_("time is up"),
    "time_left": N_("Time left {time}"),
    "time_used": N_("Time used {time}"),
    "start_clock": N_("Start the clock"),
    "start_hint": N_("Start it when the pupil begins with the first item."),
    "pause_clock": N_("Pause"),
    "resume_clock": N_("Go on with the clock"),
    "standing_title": N_("The clock is stopped"),
    "clock_cut": N_(
        "The page was closed or another block shown while the clock ran, so the time is not exact. The result says so."
    ),
    "slept_in_clock": N_(
        "The device slept for about {seconds} s in the timed part, or its clock was set, so the time is not exact."
    ),
    "clock_paused": N_("Go on as soon as the pupil reads on."),
    "end_reading": N_("The pupil stops here"),
    "all_read": N_("All read"),
    "time_up_title": N_("Time is up"),
    "ended_title": N_("Stopped with {time} left"),
    "ended_used_title": N_("Stopped after {time}"),
    "tap_last": N_("Tap the last item that the pupil tried."),
    "last_is": N_("Last item tried: {item} ({number} of {n})"),
    "not_ended": N_("No, the pupil reads on"),
    "change_marks": N_("Change marks"),
    "pick_last": N_("Choose the last item"),
    "review": N_("Look through"),
    "review_title": N_("What was marked"),
    "review_empty": N_("No block is finished yet."),
    "review_block": N_("See and change"),
    "review_hint": N_("Tap an item to change its mark. What stood there before stays in the record."),
    "review_last": N_("Change the last item"),
    "changed": N_("changed"),
    "done": N_("Done"),
    "right": N_("Right"),
    "sounds_right": N_("Sounds right"),
    "wrong": N_("Wrong"),
    "not_tried": N_("Not tried"),
    "time_taken": N_("Time"),
    "right_per_minute": N_("Right per minute"),
    "words_per_minute": N_("Words right per minute"),
    "accuracy": N_("Accuracy"),
    "stop_title": N_("Stop here?"),
    "stop_question": N_("Which item was the last one that the pupil tried? Items after it do not count."),
    "leave_out": N_("Leave this block out"),
    "go_on": N_("Go on testing"),
    "end_only_block": N_("End only this block"),
    "end_test": N_("End the whole test"),
    "complete_title": N_("The test is complete"),
    "complete_thanks": N_("Thank the pupil. The result is shown to the teacher on the next page."),
    "reason_sure": N_("There are enough answers to propose a level."),
    "reason_between": N_("The answers point to two neighbouring levels; more items would not tell them apart."),
    "reason_item_limit": N_("The pupil has answered as many items as one test may have."),
    "reason_time_limit": N_("The time for one test is used up."),
    "reason_bank_exhausted": N_("There are no more fitting items."),
    "reason_form_complete": N_("Everything on the form has been given."),
    "to_result": N_("See the result"),
    "sending_title": N_("Sending"),
    "sending": N_("Sending {n} more records to the server…"),
    "unsent_title": N_("Not sent yet: please do not close this page"),
    "unsent_waiting": N_(
        "{n} records are kept safely on this device, but the server does not have them yet. "
        "They are sent by themselves as soon as there is a connection."
    ),
    "unsent_signed_out": N_(
        "{n} records are kept safely on this device, but you are signed out. "
        "Sign in again; then they are sent by themselves."
    ),
    "unsent_refused": N_("{n} records are kept safely on this device, but the server does not take them."),
    "unsent_file": N_(
        "If that does not help, save the test as a file. It can be handed over later, "
        "by the link at the bottom of the page where a test is started."
    ),
    "save_file": N_("Save as a file"),
    "try_again": N_("Try again"),
    "sign_in_again": N_("Sign in again"),
    "connection_sent": N_("Saved"),
    "connection_sending": N_("Saving"),
    "connection_waiting": N_("No connection: {n} kept on this device"),
    "connection_signed_out": N_("Signed out: {n} kept on this device"),
    "connection_refused": N_("The server refused: {n} kept on this device"),
    "other_tab_title": N_("This test is open in another window"),
    "other_tab": N_(
        "Marks are given in one window only, so that none gets mixed up. Continue here, or close this window."
    ),
    "taken_title": N_("This test goes on in another window"),
    "taken": N_("Nothing is marked here any more. Close this window, or continue the test here."),
    "continue_here": N_("Continue here"),
    "conflict_title": N_("This test was continued on another device"),
    "conflict": N_(
        "The server has other marks than this device. Save this device's marks as a file if you still need them, "
        "then go on from what the server has."
    ),
    "adopt": N_("Go on from the server's marks"),
    "load_failed_title": N_("The test could not be opened"),
    "load_failed": N_("There is no connection to the server, and this device does not have the test. Try again soon."),
    "load_again": N_("Load again"),
    "to_start": N_("To the start page"),
    "storage_failed_title": N_("This device could not store the last mark"),
    "storage_failed": N_(
        "The storage of this browser is full or switched off. What was marked before is kept. Make room on this "
        "device, then load the page again and check the last mark."
    ),
    "not_kept_title": N_("This device keeps nothing"),
    "not_kept": N_(
        "This browser stores nothing on the device (a private window, or storage is switched off). Marks that could "
        "not be sent are lost if the page is closed. It is better to open the test in an ordinary window."
    ),
    "not_kept_go_on": N_("Go on all the same"),
    "start_failed": N_("There is no connection to the server. Try again soon."),
    "no_file": N_("Choose the file first."),
    "not_a_test_file": N_("This is not a file that the player saved."),
    "delivered": N_("The server has the whole test now."),
}


def player_texts() -> dict[str, dict[str, str]]:
    """Language → key → text; placeholders stay in braces for the player to fill."""
    return {language: _catalogue(language) for language in LANGUAGES}


def _catalogue(language: str) -> dict[str, str]:
    _ = translator(language)
    strands = {f"strand_{strand.value}": label(_, strand) for strand in Strand}
    switch = {"other_language": LANGUAGE_NAMES[other_language(language)]}
    return {key: _(text) for key, text in (TEXTS | LOOK_TEXTS | PLAYER_TEXTS | CARRY_TEXTS).items()} | strands | switch
