"""The difficulty of an item predicted from its features, by a model that a person can read (`difficulty_model.json`).

Predicting needs no scikit-learn and takes microseconds, so that an editor may ask at each keystroke. The model is
fitted in `training`.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from pathlib import Path

from phonics_app.calibration.features import features_of
from phonics_app.domain.bank import Difficulty, DifficultySource, Item
from phonics_app.domain.codec import decode, encode
from phonics_app.domain.errors import PhonicsError, ProblemsFound
from phonics_app.domain.spelling import GraphemeTable

MODEL_FILE = "difficulty_model.json"
"""In the folder of the item bank."""
_DIGITS = 2


@dataclass(frozen=True, slots=True)
class Fit:
    """How well something foretells the difficulties of items that were kept out of the fit. Logits, but for `r2`."""

    rmse: float
    r2: float
    """Of all variance. Levels alone make it large: see `within_level`."""
    within_level: float
    """Root mean squared error after each level's own mean error is taken off: what is missed among a level's items."""


@dataclass(frozen=True, slots=True)
class Training:
    """What the model was fitted on."""

    items: int
    expert: int
    calibrated: int
    bank_version: str
    levels: tuple[int, ...]
    scikit_learn: str


@dataclass(frozen=True, slots=True)
class Error:
    """Standard errors in logits."""

    features: float
    """Cross-validated: what features miss of an item, with its level and task kept out of the fit."""
    new_task: float
    """The same with its whole task kept out: for tasks and levels that the model has not seen."""
    rating: dict[str, float]
    """By task: how sure the experts are of their own ratings. It shrinks as calibrated items take their place."""
    typical: float
    """Both together, over the items of the training."""


@dataclass(frozen=True, slots=True)
class Model:
    """Difficulty = intercept + the sum of coefficient × feature."""

    about: str
    method: str
    training: Training
    error: Error
    level_step: float
    """Logits from one level to the next, as rated."""
    spread_within_level: float
    """Standard deviation of the ratings within a level: what there is to foretell beyond the level."""
    validation: dict[str, dict[str, Fit]]
    """What was kept out together → candidate → how well it did."""
    coverage: dict[str, float]
    """Share of ratings kept out that lay in the intervals of `error.features`: "80", "95"."""
    intercept: float
    coefficients: dict[str, float]


@dataclass(frozen=True, slots=True)
class Predictor:
    """Predicts over a grapheme–phoneme table."""

    model: Model
    table: GraphemeTable = field(repr=False)

    def predict(self, item: Item) -> Difficulty:
        """The difficulty on the bank's scale. What the item says of its own difficulty is not looked at."""
        weights = self.model.coefficients
        features = features_of(item, self.table)
        value = self.model.intercept + sum(weights.get(name, 0.0) * size for name, size in features.items())
        return Difficulty(round(value, _DIGITS), self._standard_error(item), DifficultySource.PREDICTED)

    def _standard_error(self, item: Item) -> float:
        """What the features miss and what the experts may miss are independent: their variances add up."""
        error = self.model.error
        rating = error.rating.get(item.task.value)
        known = rating is not None and item.level in self.model.training.levels
        missed = error.features if known else error.new_task
        return round(math.hypot(missed, max(error.rating.values()) if rating is None else rating), _DIGITS)


def read_model(folder: Path) -> Model:
    """The model of an item bank's folder. `PhonicsError` "difficulty.no_model" where there is none that can be read."""
    try:
        return decode(Model, json.loads((folder / MODEL_FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, ProblemsFound) as error:
        raise PhonicsError("difficulty.no_model", {"file": MODEL_FILE}) from error


def model_text(model: Model) -> str:
    """The model as the file holds it."""
    return json.dumps(encode(model), ensure_ascii=False, indent=1) + "\n"
