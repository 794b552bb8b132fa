"""Splink over rows of people, on DuckDB or on Spark, by the one model file.

A part of this room's actions. Splink is an extra: it is imported when a run begins.
"""

import importlib
import logging
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from secrets import token_hex
from types import ModuleType
from typing import Any

from havre.links.resolving.rules.model import Compare, How, Level, Model, Rule
from havre.links.resolving.rules.people import YEAR_DIGITS, Row

DUCKDB = "duckdb"
SPARK = "spark"
ROUNDING = 1e-6

Tell = Callable[[str], None]


class NoSplinkError(Exception):
    """The packages that compare people are not installed."""

    code = "no-splink"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """How two people agree in one column, and what that is worth."""

    column: str
    level: str
    bits: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two people that were compared: the weight, and the prior and the parts it is the sum of."""

    left: str
    right: str
    bits: float
    prior: float
    parts: tuple[Agreed, ...]


class Engine:
    """One run over some people. With `master` Spark computes, else DuckDB in this process."""

    def __init__(
        self, rows: Sequence[Row], *, master: str = "", linked: Sequence[Sequence[Row]] = ()
    ) -> None:
        try:
            self._splink = importlib.import_module("splink")
        except ModuleNotFoundError as error:
            raise NoSplinkError from error
        logging.getLogger("splink").setLevel(logging.ERROR)
        self.name = SPARK if master else DUCKDB
        # What Spark writes down on its way are people: it goes when the engine does.
        self._scratch = tempfile.TemporaryDirectory(prefix="havre-spark-") if master else None
        self._api = (
            _spark(self._splink, master, self._scratch.name)
            if self._scratch
            else self._splink.DuckDBAPI()
        )
        tables = linked or [rows]
        self._tables = [self._registered(table, f"people_{n}") for n, table in enumerate(tables)]
        self._is_linking = bool(linked)

    @property
    def version(self) -> str:
        """Which Splink this is."""
        return str(self._splink.__version__)

    def pairs(self, model: Model, *, from_bits: float) -> list[Pair]:
        """The pairs worth so many bits or more, the strongest first."""
        linker = self._linker(model)
        table = linker.inference.predict(threshold_match_weight=from_bits, warning_mode="never")
        found: dict[tuple[str, str], Pair] = {}
        for row in table.as_record_list():
            pair = _pair(row, model)
            found[pair.left, pair.right] = pair
        return sorted(found.values(), key=lambda pair: (-pair.bits, pair.left, pair.right))

    def refitted(self, model: Model, *, tell: Tell = lambda _: None) -> Model:
        """What these people would have the weights be. The model given stays as it is.

        A level that no pair showed keeps the weight it had.
        """
        linker = self._linker(model)
        training = linker.training
        sure = [_rule(self._splink, rule) for rule in model.sure]
        training.estimate_probability_two_random_records_match(sure, recall=model.share_sure)
        tell("chances")
        training.estimate_u_using_random_sampling(max_pairs=model.pairs_at_random, seed=model.seed)
        exceptions = importlib.import_module("splink.internals.exceptions")
        for rule in (rule for rule in model.blocks if rule.train):
            tell(f"agreement by {', '.join(rule.on)}")
            # Where no two agree by a rule, or all who do are one person, it teaches nothing.
            with suppress(exceptions.EMTrainingException, ValueError):
                training.estimate_parameters_using_expectation_maximisation(
                    _rule(self._splink, rule),
                    estimate_without_term_frequencies=True,
                    record_sample_proportion=1.0,
                )
        return _learned(linker.misc.save_model_to_json(), model)

    def _registered(self, rows: Sequence[Row], name: str) -> Any:  # noqa: ANN401 - Splink's own
        arrow = importlib.import_module("pyarrow")
        table = arrow.Table.from_pylist([_columns(row) for row in rows], schema=_schema(arrow))
        # Spark keeps tables by name for as long as its session lasts, beyond this run.
        unique = f"{name}_{token_hex(8)}"
        return self._api.register(table, dataset_display_name=name, table_name=unique)

    def _linker(self, model: Model) -> Any:  # noqa: ANN401 - Splink's own
        splink, levels = self._splink, importlib.import_module("splink.comparison_level_library")
        comparisons = importlib.import_module("splink.comparison_library")
        settings = splink.SettingsCreator(
            link_type="link_only" if self._is_linking else "dedupe_only",
            probability_two_random_records_match=1 / model.one_pair_in,
            comparisons=[
                comparisons.CustomComparison(
                    output_column_name=each.column, comparison_levels=_levels(levels, each)
                )
                for each in model.compares
            ],
            blocking_rules_to_generate_predictions=[_rule(splink, rule) for rule in model.blocks],
            retain_intermediate_calculation_columns=True,
            retain_matching_columns=False,
        )
        return splink.Linker(self._tables, settings, log_level=logging.ERROR)


def _spark(splink: ModuleType, master: str, scratch: str) -> Any:  # noqa: ANN401 - Splink's own
    try:
        sql = importlib.import_module("pyspark.sql")
    except ModuleNotFoundError as error:
        raise NoSplinkError from error
    jar = importlib.import_module("splink.internals.spark.jar_location")
    builder = sql.SparkSession.builder.master(master).appName("havre")
    settings = {
        "spark.jars": jar.similarity_jar_location(),
        "spark.sql.shuffle.partitions": "8",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    session.sparkContext.setCheckpointDir(scratch)
    return splink.SparkAPI(spark_session=session)


def _schema(arrow: ModuleType) -> Any:  # noqa: ANN401 - Arrow's own
    words, many = arrow.string(), arrow.list_(arrow.string())
    names = ("unique_id", "given", "family", "born", "born_year", "postal", "street")
    return arrow.schema([(n, words) for n in names] + [("contacts", many), ("handles", many)])


def _columns(row: Row) -> dict[str, Any]:
    told = asdict(row)
    year = (row.born or "")[:YEAR_DIGITS] or None
    many = {name: list(told[name]) or None for name in ("contacts", "handles")}
    return told | many | {"unique_id": row.key, "born_year": year}


def _rule(splink: ModuleType, rule: Rule) -> Any:  # noqa: ANN401 - Splink's own
    if rule.each:
        return splink.block_on(rule.each, arrays_to_explode=[rule.each])
    if rule.swapped:
        one, other = rule.swapped
        return f"l.{one} = r.{other} and l.{other} = r.{one}"
    return splink.block_on(*rule.on)


def _levels(library: ModuleType, compare: Compare) -> list[Any]:
    return [library.NullLevel(compare.column)] + [
        _level(library, compare.column, level).configure(
            m_probability=level.m, u_probability=level.u, label_for_charts=level.word
        )
        for level in compare.levels
    ]


def _level(library: ModuleType, column: str, level: Level) -> Any:  # noqa: ANN401 - Splink's own
    if level.how is How.SAME:
        return library.ExactMatchLevel(column, term_frequency_adjustments=level.rare)
    if level.how is How.SHARED:
        return library.ArrayIntersectLevel(column, 1)
    if level.how is How.EDITS:
        # Counted alike by every engine; what resembles by other measures is not.
        return library.LevenshteinLevel(column, int(level.at))
    return library.ElseLevel()


def _pair(row: Mapping[str, Any], model: Model) -> Pair:
    parts = [part for each in model.compares if (part := _agreed(row, each)) is not None]
    bits = float(row["match_weight"])
    left, right = sorted((str(row["unique_id_l"]), str(row["unique_id_r"])))
    return Pair(
        left=left,
        right=right,
        bits=bits,
        prior=bits - sum(part.bits for part in parts),
        parts=tuple(parts),
    )


def _agreed(row: Mapping[str, Any], compare: Compare) -> Agreed | None:
    """The level of a comparison, told by its weight; None where a side says nothing."""
    weight = float(row[f"mw_{compare.column}"])
    nearest = min(compare.levels, key=lambda level: abs(level.bits - weight))
    if weight == 0 and abs(nearest.bits) > ROUNDING:
        return None
    rarity = float(row.get(f"mw_tf_adj_{compare.column}") or 0)
    return Agreed(column=compare.column, level=nearest.word, bits=weight + rarity)


def _learned(saved: Mapping[str, Any], model: Model) -> Model:
    """The weights of a trained model, in the shape of the file."""
    trained = {one["output_column_name"]: one["comparison_levels"] for one in saved["comparisons"]}
    compares = []
    for each in model.compares:
        shown = {one["label_for_charts"]: one for one in trained.get(each.column, ())}
        levels = [_relearned(level, shown.get(level.word, {})) for level in each.levels]
        compares.append(replace(each, levels=tuple(levels)))
    chance = float(saved["probability_two_random_records_match"])
    one_pair_in = 1 / chance if chance > 0 else model.one_pair_in
    return model.reweighed(one_pair_in=one_pair_in, compares=tuple(compares))


def _relearned(level: Level, learned: Mapping[str, Any]) -> Level:
    # Of a level that was never seen, Splink says so in words.
    m, u = (learned.get(f"{which}_probability") for which in "mu")
    return replace(
        level,
        m=m if isinstance(m, float) else level.m,
        u=u if isinstance(u, float) else level.u,
    )
