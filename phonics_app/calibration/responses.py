"""Answers to calibrate on: who answered what, right or wrong. Most pupils have seen few of the items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

Array = npt.NDArray[np.float64]
Indices = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Responses:
    """A sparse table, persons × items. Ids and groups are sorted, so that the order of rows changes nothing."""

    persons: tuple[str, ...]
    items: tuple[str, ...]
    groups: tuple[str, ...]
    group: Indices
    """Of each person, an index into `groups`."""
    answered: sparse.csr_matrix
    """1 where there is an answer."""
    right: sparse.csr_matrix
    """1 where it is right; a subset of `answered`."""

    @property
    def count(self) -> int:
        """Answers in all."""
        return int(self.answered.nnz)


def responses_from(
    person: Sequence[str] | npt.NDArray[np.str_],
    item: Sequence[str] | npt.NDArray[np.str_],
    score: npt.ArrayLike,
    group: Sequence[str] | npt.NDArray[np.str_] | None = None,
) -> Responses:
    """Long form, a row for each answer: ids of person and item, score 0 or 1, and the person's group.

    `ValueError` where a person answered an item twice, a score is neither 0 nor 1, or a person stands in two groups:
    files are checked by `response_file`, which tells the lines.
    """
    persons, rows = np.unique(np.asarray(person), return_inverse=True)
    items, columns = np.unique(np.asarray(item), return_inverse=True)
    scores = np.asarray(score, dtype=np.float64)
    if not np.isin(scores, (0, 1)).all():
        raise ValueError("a score is 0 or 1")
    labels, codes = (np.array([""]), np.zeros(len(rows), np.intp)) if group is None else _coded(group)
    of_person = np.zeros(len(persons), np.intp)
    of_person[rows] = codes
    if (of_person[rows] != codes).any():
        raise ValueError("a person is of one group")
    shape = (len(persons), len(items))
    answered = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)
    if answered.nnz != len(rows):
        raise ValueError("a person answers an item once")
    right = sparse.csr_matrix((scores[scores > 0], (rows[scores > 0], columns[scores > 0])), shape=shape)
    return Responses(_ids(persons), _ids(items), _ids(labels), of_person, answered, right)


def _coded(labels: Sequence[str] | npt.NDArray[np.str_]) -> tuple[npt.NDArray[np.str_], Indices]:
    names, codes = np.unique(np.asarray(labels), return_inverse=True)
    return names, codes


def _ids(array: npt.NDArray[np.str_]) -> tuple[str, ...]:
    return tuple(str(label) for label in array)


def without_items(responses: Responses, items: Sequence[str]) -> Responses:
    """The same without these items, and without persons who then have no answer."""
    kept = np.flatnonzero(~np.isin(responses.items, list(items)))
    answered, right = responses.answered[:, kept], responses.right[:, kept]
    some = np.flatnonzero(np.diff(answered.indptr))
    there = np.unique(responses.group[some])
    return Responses(
        tuple(responses.persons[p] for p in some),
        tuple(responses.items[j] for j in kept),
        tuple(responses.groups[g] for g in there),
        np.searchsorted(there, responses.group[some]),
        answered[some],
        right[some],
    )
