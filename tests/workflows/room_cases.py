"""Which use cases a teacher who holds single rooms may call, beside what any account with his role may.

What stands in neither set belongs to the whole school (or to no teacher), and refuses him.
"""

OF_ONE_ROOM = frozenset(
    {
        "propose_test",
        "start_attempt",
        "get_sitting",
        "append_events",
        "discard_attempt",
        "decide_placement",
        "view_sitting",
        "compute_result",
        "explain_result",
        "placements_of",
        "attempts_of",
        "open_class_sitting",
        "prepare_sounds",
        "sitting_board",
        "act_on_seats",
        "change_sitting",
        "open_screen",
        "show_on_screen",
        "export_result",
        "form_figures",
        "forms_to_give",
        "give_form",
        "start_form_attempt",
        "paper_class",
        "enter_sheet",
        "sheet_of",
        "withdraw_sheet",
        "export_paper_template",
        "preview_paper",
        "commit_paper",
        "get_pupil",
        "pupil_history",
        "add_pupil",
        "correct_pupil",
        "move_pupil",
        "set_archived",
        "basis_history",
    }
)
"""About one pupil, test, sitting or class: his own, and nobody else's."""

LISTS = frozenset(
    {
        "list_pupils",
        "page_of_pupils",
        "page_of_attempts",
        "list_classes",
        "class_page",
        "export_class",
        "tables_for",
        "export_table",
        "level_groups",
        "list_class_sittings",
        "class_bases",
        "count_without_basis",
        "record_bases",
        "print_notice",
    }
)
"""Narrowed to his rooms: let in at his school, with nothing of other rooms."""
