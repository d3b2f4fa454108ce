"""Answers from Parquet or CSV into Spark's partitions, each person's in one. Faults come with examples: files of this
size have no lines that anybody would look up."""

from __future__ import annotations

import pickle
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from math import ceil
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from py4j.protocol import Py4JError
from pyspark import StorageLevel
from pyspark.errors import PySparkException
from pyspark.sql import Column, DataFrame, Row, SparkSession
from pyspark.sql import functions as f
from scipy import sparse

from phonics_app.calibration.answers import Key
from phonics_app.calibration.expectation import Block, columns_of
from phonics_app.calibration.response_file import REFUSED, SCORES, is_parquet
from phonics_app.calibration.spark import SparkAnswers
from phonics_app.domain.errors import Place, Problem, ProblemsFound

ANSWERS_TOGETHER = 1_000_000
"""In one partition, roughly: about 40 MB."""
_EXAMPLES = 20
"""Of each kind of fault."""
_BLANKS = r"(?U)^\s+|\s+$"


def spark_answers(session: SparkSession, path: Path, group: str = "") -> SparkAnswers:
    """As `response_file.read_responses`: columns `person`, `item`, `score` and `group`, a file or a folder of them."""
    table = _read(session, path, group)
    answers = table.count()
    if not answers:
        raise ProblemsFound([Problem("calibration.no_rows", Place(path.name))], REFUSED)
    parts = max(session.sparkContext.defaultParallelism, ceil(answers / ANSWERS_TOGETHER))
    table = table.repartition(parts, "person").persist(StorageLevel.MEMORY_AND_DISK)
    try:
        if problems := list(_problems(path.name, table, group)):
            raise ProblemsFound(problems, REFUSED)
        items, groups = _names(table, "item"), _names(table, "group")
        packed = _mapped(table, partial(_packed, items, groups))
        found = SparkAnswers(items, groups, packed.rdd.mapPartitionsWithIndex(_unpacked))
        found.keep()
    finally:
        table.unpersist()
    return found


def _read(session: SparkSession, path: Path, group: str) -> DataFrame:
    """The columns as text without blanks around it."""
    path.stat()
    try:
        if is_parquet(path):
            table = session.read.parquet(str(path))
        else:
            table = session.read.csv(str(path), header=True, escape='"', enforceSchema=False)
    except (PySparkException, Py4JError) as error:
        problem = Problem("calibration.not_read", Place(path.name), _reason(error))
        raise ProblemsFound([problem], REFUSED) from error
    table = table.toDF(*(name.strip("\ufeff \t") for name in table.columns))
    columns = ["person", "item", "score", *([group] if group else [])]
    if missing := [column for column in columns if column not in table.columns]:
        place = Place(path.name)
        raise ProblemsFound([Problem("calibration.column_missing", place, name) for name in missing], REFUSED)
    own = {name: _text(f.col(f"`{name}`")) for name in columns[:3]}
    own["group"] = _text(f.col(f"`{group}`")) if group else f.lit("")
    return table.select(*(column.alias(name) for name, column in own.items()))


def _reason(error: Exception) -> str:
    """The first line of what Spark says, without the words of what lies between."""
    cause = str(getattr(error, "java_exception", None) or error)
    return cause.strip().splitlines()[0].removeprefix("org.apache.spark.SparkException: ")


def _text(column: Column) -> Column:
    return f.coalesce(f.regexp_replace(column.cast("string"), _BLANKS, ""), f.lit(""))


def _problems(name: str, table: DataFrame, group: str) -> Iterator[Problem]:
    label = {"group": group}
    for column in ["person", "item", *(["group"] if group else [])]:
        if count := table.filter(f.col(column) == "").count():
            yield Problem("calibration.empty_cells", Place(name, column=label.get(column, column)), str(count))
    wrong = table.filter(~f.col("score").isin(list(SCORES))).select("score").distinct()
    for row in wrong.limit(_EXAMPLES).collect():
        yield Problem("calibration.score", Place(name, column="score"), row["score"], "0, 1")
    again = table.groupBy("person", "item").count().filter("count > 1")
    for row in again.limit(_EXAMPLES).collect():
        yield Problem("calibration.answered_again", Place(name, column="item"), f"{row['person']} · {row['item']}")
    if group:
        several = table.groupBy("person").agg(f.count_distinct("group").alias("groups")).filter("groups > 1")
        for row in several.limit(_EXAMPLES).collect():
            yield Problem("calibration.several_groups", Place(name, column=group), row["person"])


def _mapped(table: DataFrame, pack: Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]) -> DataFrame:
    with warnings.catch_warnings():
        # It warns of new versions of pandas, which this way through Arrow has nothing to do with.
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
        return table.mapInArrow(pack, "block binary")


def _names(table: DataFrame, column: str) -> tuple[str, ...]:
    return tuple(sorted(row[column] for row in table.select(column).distinct().collect()))


def _packed(items: Sequence[str], groups: Sequence[str], batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """One partition as one block; none where nobody is in it."""
    table = pa.Table.from_batches(list(batches)) if (batches := list(batches)) else None
    if table is None or not table.num_rows:
        return
    # In the order of ids, so that a partition that has to be made anew has its blocks as before.
    people, row = np.unique(table["person"].to_numpy().astype(str), return_inverse=True)
    column, own_group = (
        pc.index_in(table[name], value_set=pa.array(known)).to_numpy()
        for name, known in (("item", items), ("group", groups))
    )
    shape = (len(people), len(items))
    right = pc.is_in(table["score"], value_set=pa.array([s for s, value in SCORES.items() if value])).to_numpy()
    answered = sparse.csr_matrix((np.ones(len(row)), (row, column)), shape=shape)
    scores = sparse.csr_matrix((np.ones(int(right.sum())), (row[right], column[right])), shape=shape)
    group = np.zeros(len(people), np.intp)
    group[row] = own_group
    block = Block(answered, scores, columns_of(scores, np.empty(0, np.intp)), group)
    yield pa.RecordBatch.from_pydict({"block": [pickle.dumps(block, protocol=5)]})


def _unpacked(part: int, rows: Iterable[Row]) -> Iterator[tuple[Key, Block]]:
    for row in rows:
        yield (part, 0), pickle.loads(row["block"])
