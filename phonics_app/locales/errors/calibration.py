"""Messages of what keeps items from being calibrated, or pupils from being scored."""

from __future__ import annotations

from phonics_app.locales import N_

MESSAGES: dict[str, str] = {
    "calibration.refused": N_("Nothing was calculated. Correct what is wrong in the file ({count}) and try again."),
    "calibration.not_csv": N_("This is no CSV file in UTF-8: {value}"),
    "calibration.not_read": N_("This can't be read: {value}"),
    "calibration.column_missing": N_("There is no column “{value}”."),
    "calibration.no_rows": N_("The file has no answers."),
    "calibration.empty": N_("This cell must not be empty."),
    "calibration.score": N_("“{value}” is no score; expected: {expected}"),
    "calibration.number": N_("“{value}” is no number that fits here; expected: {expected}"),
    "calibration.repeated": N_("{value} stands in line {expected} already."),
    "calibration.empty_cells": N_("{value} cells are empty here."),
    "calibration.answered_again": N_("{value} stands there more than once."),
    "calibration.several_groups": N_("{value} stands in more than one group."),
    "calibration.two_groups": N_("This person is in another group in an earlier line, not in “{value}”."),
    "calibration.no_spread": N_(
        "Everybody who answered {value} was right, or everybody wrong: its difficulty can't be told. Leave it out, or"
        " give priors."
    ),
    "calibration.not_linked": N_(
        "Group {value} has no items in common with the rest, not even through other groups: nobody can tell how it"
        " stands beside them. Calibrate it by itself, or give anchors or priors."
    ),
    "calibration.few_sittings": N_("At least {expected} finished tests are needed to calibrate."),
    "calibration.few_answers": N_(
        "At least {value} items with {expected} answers each are needed to calibrate. Collect more tests first."
    ),
    "calibration.unknown": N_("There is no calibration {id}."),
    "calibration.in_force": N_("This calibration is in force already."),
    "calibration.withdrawn": N_("This calibration was withdrawn already."),
    "calibration.not_approvable": N_("This calibration can't be approved."),
    "calibration.simulated": N_("Answers of simulated pupils must not decide how difficult items are for real ones."),
    "calibration.not_converged": N_("The reckoning came to no end. Make a new calibration."),
    "calibration.reason_missing": N_("Give a reason: it is kept with the decision."),
    "calibration.no_pyspark": N_(
        "PySpark is not installed. Install it: python -m pip install -r requirements-spark.txt -c constraints.txt"
    ),
    "calibration.no_java": N_("Spark needs Java 17 or newer, and there is none here (Debian: default-jre-headless)."),
    "calibration.spark_not_started": N_("Spark did not start: {reason}"),
    "calibration.item_unknown": N_("There are no parameters for {value}."),
}
