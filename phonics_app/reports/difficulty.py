"""What a predicted difficulty rests on, in words."""

from __future__ import annotations

from phonics_app.locales import Translate


def origin_text(_: Translate, items: int, calibrated: int, error: float, level_step: float) -> str:
    """One sentence for whoever sees a prediction. `error`: typical standard error; both in logits."""
    if calibrated:
        text = _(
            "Predicted from {n} items, {calibrated} of them calibrated by answers, the others rated by experts; "
            "typical error {error} logits (a level is about {level})."
        )
    else:
        text = _("Predicted from {n} items rated by experts; typical error {error} logits (a level is about {level}).")
    return text.format(n=f"{items:,}", calibrated=f"{calibrated:,}", error=f"{error:.2f}", level=f"{level_step:.1f}")
