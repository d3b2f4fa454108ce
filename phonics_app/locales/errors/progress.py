"""Messages of dashboards and O-NET."""

from phonics_app.locales import N_

MESSAGES: dict[str, str] = {
    "dashboard.network_school": N_("The figures of a network school are shown to others only as a summary."),
    "onet.no_table": N_("No table of O-NET results was found. Its first row needs the headers {expected}."),
    "onet.no_rows": N_("The table has no results below its headers."),
    "onet.column_missing": N_("A column is missing: {expected}"),
    "onet.value_missing": N_("A value is missing here."),
    "onet.year_bad": N_("{value} is not an academic year of the Buddhist era; expected {expected}"),
    "onet.grade_bad": N_("{value} is not a grade that sits O-NET; expected {expected}"),
    "onet.grade_not_taught": N_("{value} is above the school's highest grade, {expected}"),
    "onet.number_bad": N_("{value} is not a number"),
    "onet.n_bad": N_("{value} pupils can't have a mean; expected at least {expected}"),
    "onet.out_of_range": N_("{value} is out of range; expected {expected}"),
    "onet.mean_above_maximum": N_("The mean {value} is above the highest score {expected}"),
    "onet.mean_below_minimum": N_("The mean {value} is below the lowest score {expected}"),
    "onet.share_contradicts": N_("{value} % scoring 50 or more contradicts the scores; expected {expected} %"),
    "onet.percent_small": N_("{value} is less than one per cent: is it a share and not a per cent?"),
    "onet.row_twice": N_("{value} stands in the file twice"),
    "onet.not_ready": N_("The file still has problems; nothing was stored."),
    "onet.no_such_result": N_("There is no such O-NET result."),
}
