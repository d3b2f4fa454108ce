"""What is computed once for a plan and kept while the plan is in use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from phonics_app.domain.plan import Plan

T = TypeVar("T")
_KEPT = 64


class KeptForPlan(Generic[T]):
    """`make(plan)`, once for each plan object: by identity, because comparing plans costs more than a whole test."""

    def __init__(self, make: Callable[[Plan], T]) -> None:
        self._make = make
        self._kept: dict[int, tuple[Plan, T]] = {}

    def __call__(self, plan: Plan) -> T:
        found = self._kept.get(id(plan))
        if found is None or found[0] is not plan:
            while len(self._kept) >= _KEPT:
                self._kept.pop(next(iter(self._kept)), None)
            found = self._kept[id(plan)] = (plan, self._make(plan))
        return found[1]
