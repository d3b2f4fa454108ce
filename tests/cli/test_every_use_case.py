"""Everything that the pages do, the command line does: every use case has its command, or a reason why it has none."""

from __future__ import annotations

import inspect

from phonics_app.cli.main import build_parser
from tests.cli.commands import commands_of
from tests.workflows.test_every_use_case import public_functions

COMMANDS = {
    "init": ("open_phonics", "site_state"),
    "demo": ("set_up_demonstration",),
    "set-up": ("set_up_schools",),
    "check-bank": ("check_bank",),
    "backup": ("back_up",),
    "list-backups": ("list_backups", "last_good_backup"),
    "restore": ("restore",),
    "serve": (),
    "list-schools": ("list_schools",),
    "add-school": ("save_school",),
    "correct-school": ("save_school",),
    "list-accounts": ("list_accounts",),
    "create-account": ("create_account",),
    "change-roles": ("find_account", "change_grants"),
    "set-password": ("set_password",),
    "disable-account": ("set_disabled",),
    "enable-account": ("set_disabled",),
    "list-pupils": ("list_pupils", "current_round"),
    "add-pupil": ("add_pupil",),
    "correct-pupil": ("get_pupil", "correct_pupil"),
    "move-pupil": ("move_pupil",),
    "archive-pupil": ("set_archived",),
    "restore-pupil": ("set_archived",),
    "import-roster": ("read_roster", "preview_roster", "commit_roster"),
    "list-classes": ("list_classes",),
    "export-class": ("class_page", "export_class"),
    "list-attempts": ("attempts_of",),
    "place": ("compute_result", "explain_result", "decide_placement"),
    "list-placements": ("placements_of",),
    "discard-attempt": ("discard_attempt",),
    "restore-attempt": ("discard_attempt",),
    "export-result": ("view_sitting", "export_result"),
    "export-dashboard": ("dashboard", "export_dashboard"),
    "trace-dashboard": ("trace",),
    "export-network": ("network_page", "export_network"),
    "import-onet": ("preview_onet_import", "commit_onet_import"),
    "enter-onet": ("save_onet_result",),
    "delete-onet": ("delete_onet_result",),
    "set-onet-target": ("set_target",),
    "clear-onet-target": ("clear_target",),
    "export-onet": ("onet_page", "export_onet"),
    "export-rubrics": ("select_rubrics", "export_rubrics"),
    "show-levels": ("show_levels",),
    "list-items": ("search_items",),
    "show-item": ("view_item",),
    "activate-item": ("activate_item",),
    "send-back-item": ("send_back_item",),
    "withdraw-item": ("withdraw_item",),
    "retire-item": ("retire_item",),
    "restore-item": ("restore_item",),
    "report-bank": ("bank_figures",),
    "export-bank-report": ("export_bank_report",),
    "export-items": ("export_items",),
    "import-items": ("preview_items", "commit_items"),
    "list-audio": ("list_audio",),
    "fetch-audio": ("fetch_audio",),
    "export-voice-pack": ("export_voice_pack",),
    "import-voice-pack": ("import_voice_pack",),
    "assemble-forms": ("form_blueprints", "assemble_forms"),
    "export-form": ("export_form",),
    "list-passages": ("list_passages", "view_passage"),
    "export-passage": ("export_passages",),
    "predict-difficulty": ("difficulty_model", "find_items", "items_of_words", "predict_difficulty"),
    "train-difficulty": ("train_difficulty",),
    "calibrate": ("calibrate_file",),
    "score": ("score_file",),
    "analyse-items": ("analyse_items_file",),
    "analyse-site-items": ("analyse_site_items",),
    "export-item-analysis": ("export_item_analysis",),
    "make-calibration": ("make_calibration",),
    "list-calibrations": ("list_calibrations",),
    "compare-calibration": ("compare_calibration",),
    "approve-calibration": ("approve_calibration",),
    "withdraw-calibration": ("withdraw_calibration",),
    "simulate": ("simulate",),
    "export-simulation": ("export_simulation",),
    "analyse-word": ("analyse_words",),
    "analyse-text": ("analyse_text", "chosen_level"),
    "export-analysis": ("export_analysis",),
    "audit": ("audit_trail",),
}
WITHOUT_COMMAND = {
    "check_form": "the form of an item, as it is typed",
    "suggest_item": "the form of an item, as it is typed",
    "mends_of": "buttons of the form of an item",
    "example_prompts": "the form of an item, as it is typed",
    "find_picture": "the form of an item, as it is typed",
    "propose_item": "the form of an item; import-items proposes too",
    "sound_of_items": "the page on which a class sitting is opened; list-audio tells more",
    "open_class_sitting": "a class sits on its devices, a teacher watches",
    "list_class_sittings": "a class sits on its devices",
    "sitting_board": "a class sits on its devices, a teacher watches",
    "act_on_seats": "a class sits on its devices, a teacher watches",
    "change_sitting": "a class sits on its devices, a teacher watches",
    "count_tests": "analyse-site-items tells it",
    "kept_analysis": "a command analyses anew",
    "count_asked": "part of show-item and report-bank",
    "propose_test": "a test is given on a device, by the player",
    "start_attempt": "the player",
    "start_form_attempt": "the player",
    "one_form": "part of export-form",
    "use_form": "what export-form does too",
    "known_forms": "the page where sheets are keyed in",
    "paper_class": "the page where sheets are keyed in",
    "enter_sheet": "the page where sheets are keyed in",
    "get_sitting": "the player",
    "append_events": "the player",
    "network": "the frame of network_page alone",
    "read_backup": "carries a file through the browser; here it is in the folder",
    "find_audio": "played in a browser",
    "find_item_audio": "played in a browser",
    "to_record": "list-audio lists the same",
    "add_take": "recorded in a browser, with its microphone",
    "keep_take": "the recording studio",
    "delete_take": "the recording studio",
    "take_audio": "the recording studio",
    "teaching_steps": "part of the result, which export-result writes",
}


def test_the_table_knows_every_command():
    assert set(commands_of(build_parser("en"))) == set(COMMANDS)


def test_every_use_case_has_its_command_or_a_reason():
    """What takes no actor is done by the product itself, or by a browser that signs in."""
    everything = {function.__name__: function for function in public_functions()}
    with_actor = {name for name, function in everything.items() if "actor" in inspect.signature(function).parameters}
    with_command = {name for names in COMMANDS.values() for name in names}
    assert not with_actor - with_command - set(WITHOUT_COMMAND)
    assert with_command | set(WITHOUT_COMMAND) <= set(everything)
    assert not with_command & set(WITHOUT_COMMAND)
