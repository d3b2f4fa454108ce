"""The lines of `use_cases` that are about pupils' data: handing them out, erasing them, research."""

from __future__ import annotations

from phonics_app.workflows import erasure, pupil_data, research
from phonics_app.workflows.research import Coarseness

_OWN_DATA = "all - own - - -"
_ERASE = "all - - - - -"

PUPIL_DATA_CASES = {
    pupil_data.pupil_holdings: (_OWN_DATA, lambda p, a, w: pupil_data.pupil_holdings(p, a, w.pupil)),
    pupil_data.export_pupil_data: (_OWN_DATA, lambda p, a, w: pupil_data.export_pupil_data(p, a, w.pupil)),
    erasure.preview_erasure: (_ERASE, lambda p, a, w: erasure.preview_erasure(p, a, [w.pupil])),
    erasure.erase_pupils: (_ERASE, lambda p, a, w: erasure.erase_pupils(p, a, [w.pupil], "0")),
    research.check_research: (_ERASE, lambda p, a, w: research.check_research(p, a, Coarseness())),
    research.export_research: (
        _ERASE,
        lambda p, a, w: research.export_research(p, a, Coarseness(), "วิทยานิพนธ์", "มหาวิทยาลัย"),
    ),
}
