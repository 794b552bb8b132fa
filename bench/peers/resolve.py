"""Splink as its own pages use it, on people as rows of JSON: pairs with their weights as JSON out.

Run by the interpreter that has Splink. `febrl4` is the detailed model of Splink's page on FEBRL4
(docs/demos/examples/duckdb/febrl4, MIT). For RLdata10000 Splink publishes no model: `rldata` is
what its pages use for such columns (NameComparison, DateOfBirthComparison), trained likewise.
"""

import json
import logging
import sys
import time

import pyarrow as pa
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

EVERY_PAIR = -10
BORN = {"input_is_string": True, "invalid_dates_as_null": True}


def febrl4():
    settings = SettingsCreator(
        link_type="link_only",
        blocking_rules_to_generate_predictions=[
            block_on("given_name", "surname"),
            "l.given_name = r.surname and l.surname = r.given_name",
            block_on("date_of_birth"),
            block_on("soc_sec_id"),
            block_on("state", "address_1"),
            block_on("street_number", "address_1"),
            block_on("postcode"),
        ],
        comparisons=[
            cl.NameComparison("given_name").configure(term_frequency_adjustments=True),
            cl.NameComparison("surname").configure(term_frequency_adjustments=True),
            cl.DateOfBirthComparison("date_of_birth", datetime_format="%Y%m%d", **BORN),
            cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
            cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
            cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]).configure(
                term_frequency_adjustments=True
            ),
        ],
    )
    sure = [block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth")]
    return settings, sure, 0.8, [block_on("date_of_birth"), block_on("postcode")]


def rldata():
    settings = SettingsCreator(
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=[
            block_on("first_name", "surname"),
            block_on("dob"),
            block_on("surname", "substr(dob, 1, 4)"),
            block_on("first_name", "substr(dob, 1, 4)"),
        ],
        comparisons=[
            cl.NameComparison("first_name").configure(term_frequency_adjustments=True),
            cl.NameComparison("surname").configure(term_frequency_adjustments=True),
            cl.DateOfBirthComparison("dob", **BORN),
        ],
    )
    sure = [block_on("first_name", "surname", "dob")]
    return settings, sure, 0.1, [block_on("dob"), block_on("first_name", "surname")]


def main():
    logging.getLogger("splink").setLevel(logging.ERROR)
    tables = json.load(sys.stdin)
    began = time.perf_counter()
    settings, sure, recall, rules = {"febrl4": febrl4, "rldata": rldata}[sys.argv[1]]()
    api = DuckDBAPI()
    given = [
        api.register(pa.Table.from_pylist(rows), dataset_display_name=f"people_{n}")
        for n, rows in enumerate(tables)
    ]
    linker = Linker(given, settings, log_level=logging.ERROR)
    linker.training.estimate_probability_two_random_records_match(sure, recall=recall)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=7)
    for rule in rules:
        linker.training.estimate_parameters_using_expectation_maximisation(
            rule, estimate_without_term_frequencies=True
        )
    table = linker.inference.predict(threshold_match_weight=EVERY_PAIR, warning_mode="never")
    pairs = [
        (row["unique_id_l"], row["unique_id_r"], row["match_weight"])
        for row in table.as_record_list()
    ]
    json.dump({"pairs": pairs, "seconds": time.perf_counter() - began}, sys.stdout)


main()
