"""Splink over the reports of a planted world, as a batch: pairs with their weights.

Run by the interpreter that has Splink. Rows come as JSON: what a report tells of its suspect, by
kind. Pairs are those that share a value told by few; the weights are what Splink's own training
finds in this very world.
"""

import json
import logging
import sys

import pyarrow as pa
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

SCALARS = ("email", "phone", "device")
LISTS = ("handle", "handle_common", "ip", "ip_common")
FROM_BITS = -5
SHARE_SURE = 0.3


def trained(rows: list[dict]) -> Linker:
    logging.getLogger("splink").setLevel(logging.ERROR)
    kinds = {name: pa.string() for name in ("unique_id", *SCALARS)}
    kinds |= {name: pa.list_(pa.string()) for name in (*LISTS, "keys")}
    table = pa.Table.from_pylist(rows, schema=pa.schema(list(kinds.items())))
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            *(cl.ExactMatch(name) for name in SCALARS),
            *(cl.ArrayIntersectAtSizes(name, [2, 1]) for name in LISTS),
        ],
        blocking_rules_to_generate_predictions=[block_on("keys", arrays_to_explode=["keys"])],
    )
    api = DuckDBAPI()
    linker = Linker(api.register(table, table_name="reports"), settings, log_level=logging.ERROR)
    sure = [block_on(name) for name in SCALARS]
    linker.training.estimate_probability_two_random_records_match(sure, recall=SHARE_SURE)
    linker.training.estimate_u_using_random_sampling(max_pairs=2_000_000, seed=7)
    for name in SCALARS:
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(name))
    return linker


def main() -> None:
    asked = json.load(sys.stdin)
    linker = trained(asked["rows"])
    found = linker.inference.predict(threshold_match_weight=FROM_BITS, warning_mode="never")
    pairs = [
        (int(row["unique_id_l"]), int(row["unique_id_r"]), round(float(row["match_weight"]), 3))
        for row in found.as_record_list()
    ]
    json.dump(pairs, sys.stdout)


if __name__ == "__main__":
    main()
