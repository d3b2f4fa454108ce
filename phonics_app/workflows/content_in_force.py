"""The content in force: what was shipped, with the items that this site has activated and calibrated."""

from __future__ import annotations

from dataclasses import dataclass, replace

from phonics_app.content import Content
from phonics_app.content.bank_overlay import overlay, with_difficulties
from phonics_app.domain.bank import Bank, Difficulty, DifficultySource
from phonics_app.domain.calibration import CalibrationContent
from phonics_app.records import Store, bank_changes, calibrations
from phonics_app.records.settings import get_setting

PUT_BACK = "put_back"
"""Name of the setting that tells when a backup was put back last."""


@dataclass(frozen=True, slots=True)
class _Kept:
    revision: tuple[int, int, object]
    uncalibrated: Content
    calibrated: Content


class ContentInForce:
    """Makes the content anew when the database has a change that was not seen yet; else remembers it.

    The database is asked each time, in a fraction of a millisecond: another process may have activated an item.
    """

    def __init__(self) -> None:
        self._kept: _Kept | None = None

    def of(self, shipped: Content, store: Store) -> Content:
        return self._now(shipped, store).calibrated

    def uncalibrated(self, shipped: Content, store: Store) -> Content:
        """The same without a calibration: each item with the difficulty that it was written with."""
        return self._now(shipped, store).uncalibrated

    def _now(self, shipped: Content, store: Store) -> _Kept:
        with store.read() as connection:
            changes, calibrated = bank_changes.revision(connection), calibrations.revision(connection)
            # A backup that was put back counts its changes on from where it was made: the same numbers come again.
            revision = (changes, calibrated, get_setting(connection, PUT_BACK))
            if not changes and not calibrated:
                return _Kept(revision, shipped, shipped)
            kept = self._kept
            if kept is None or kept.revision != revision:
                own = replace(shipped, bank=overlay(shipped.bank, bank_changes.items_in_force(connection)))
                found = calibrations.content_in_force(connection)
                bank = own.bank if found is None else calibrated_bank(own.bank, found)
                kept = self._kept = _Kept(revision, own, replace(own, bank=bank))
        return kept


def calibrated_bank(bank: Bank, found: CalibrationContent) -> Bank:
    """`bank` with the difficulties that a calibration has enough answers for."""
    return with_difficulties(
        bank,
        {
            (item.item_id, item.item_version): Difficulty(
                item.difficulty, item.standard_error, DifficultySource.CALIBRATED
            )
            for item in found.items
            if item.takes_effect and item.standard_error is not None
        },
    )
