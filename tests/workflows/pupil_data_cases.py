"""The lines of `use_cases` that are about a pupil's own data: handing them out, erasing them."""

from __future__ import annotations

from phonics_app.workflows import erasure, pupil_data

_OWN_DATA = "all - own - - -"
_ERASE = "all - - - - -"

PUPIL_DATA_CASES = {
    pupil_data.pupil_holdings: (_OWN_DATA, lambda p, a, w: pupil_data.pupil_holdings(p, a, w.pupil)),
    pupil_data.export_pupil_data: (_OWN_DATA, lambda p, a, w: pupil_data.export_pupil_data(p, a, w.pupil)),
    erasure.preview_erasure: (_ERASE, lambda p, a, w: erasure.preview_erasure(p, a, [w.pupil])),
    erasure.erase_pupils: (_ERASE, lambda p, a, w: erasure.erase_pupils(p, a, [w.pupil], "0")),
}
