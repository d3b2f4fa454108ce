"""Messages of putting two records of one pupil together."""

from phonics_app.locales import N_

MESSAGES: dict[str, str] = {
    "merge.same": N_("These are not two records: both have the number {value}."),
    "merge.simulated": N_("One of the records is simulated, the other is not."),
    "merge.in_class_test": N_("Both records have a seat in a class test that is not over. End it first."),
    "merge.keep_newer": N_("The record with the number {value} has the newer class, at another school: keep that one."),
    "merge.stale": N_("One of the records was changed meanwhile. Please look at both once more."),
    "merge.none": N_("No record was put together with that of this pupil."),
    "merge.number_taken": N_(
        "Another pupil has the number {number} by now. Correct that pupil's number first, then take the records apart."
    ),
    "pupil.merged_number": N_(
        "A record of this pupil with the number {value} was put together with number {expected}. Use that number."
    ),
}
