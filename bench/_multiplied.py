"""A world of many reports: some made through actions, then multiplied inside the database.

Each copy is a row of the real tables, with ids, numbers, times, values and names of its own; only
its sealed body is another's, so that it can be listed, counted and tied, but not opened. The
statements run as the superuser, past the walls and without foreign keys: in a bench only.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg

MINUTES_APART = 1.0
WAITING, SENT, CLOSED = 0.10, 0.50, 0.40
# Of the copies of a value so many are told by as many reports at every size; one crowd grows.
ALIKE = 20
CROWD = 1_000
# Of the lines that the log has of a report, a copy has one in so many.
LINES_APART = 3
# Kept in this order, so that the parts of a report come after it.
OF_REPORTS = {
    "intake_report": ("id",),
    "intake_incident": ("id", "report_id"),
    "intake_stage": ("id", "report_id"),
    "intake_share": ("id", "report_id"),
    "intake_closure": ("report_id",),
    "evidence_recordkey": ("id", "record"),
    "identifiers_record": ("id", "report_id"),
    "identifiers_mention": ("id", "record_id"),
    "links_member": ("id", "record_id"),
    "triage_queueitem": ("report_id",),
    "triage_suggestion": ("id", "report_id"),
    "triage_closing": ("id", "report_id"),
    "referrals_referral": ("id", "report_id", "incident_id"),
    "audit_entry": ("id", "about"),
}
OF_CASES = {
    "cases_case": ("id",),
    "cases_member": ("id", "case_id"),
    "cases_note": ("id", "case_id"),
    "cases_person": ("id", "case_id"),
    "cases_personidentifier": ("id", "case_id", "person_id"),
    "evidence_recordkey": ("id", "record"),
    "audit_entry": ("id", "about"),
}
PARENT = {"intake_report": "id", "identifiers_record": "report_id", "evidence_recordkey": "record"}
FUNCTIONS = """
CREATE FUNCTION copied(id uuid, n bigint) RETURNS uuid IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
  SELECT CASE WHEN n = 0 OR id IS NULL THEN id ELSE (
    lpad(to_hex(('x' || substr(replace(id::text, '-', ''), 1, 12))::bit(48)::bigint
      - n * {apart}), 12, '0')
    || '7' || substr(md5(id::text || n), 1, 3) || '8' || substr(md5(id::text || n), 4, 15))::uuid
  END $$;
CREATE FUNCTION drawn(text, bigint) RETURNS bigint IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
  SELECT hashtextextended($1 || $2, 7) & 9007199254740991 $$;
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeds:
    """What was made through actions, by id, and what copies are made of beside it."""

    waiting: Sequence[str]
    sent: Sequence[str]
    closed: Sequence[str]
    cases: Sequence[str]
    agencies: Sequence[str]
    # Of whose inbox and cases the pages are measured: one in ten is theirs.
    measured: str
    names: Sequence[Sequence[int]]
    words: Sequence[int]


class World:
    """The tables behind the measured pages, grown from one size to the next."""

    def __init__(self, url: str, seeds: Seeds) -> None:
        self.admin = psycopg.connect(url, autocommit=True)
        self.seeds = seeds
        self.copies = {"waiting": 0, "sent": 0, "closed": 0, "cases": 0}
        self.admin.execute(FUNCTIONS.replace("{apart}", str(int(MINUTES_APART * 60_000))))
        self.admin.execute("CREATE TABLE bench_names (k serial, keys bigint[])")
        self.admin.execute("CREATE TABLE bench_words (k serial, digest bigint)")
        with self.admin.cursor() as cursor:
            with cursor.copy("COPY bench_names (keys) FROM STDIN") as rows:
                for keys in seeds.names:
                    rows.write_row([list(keys)])
            with cursor.copy("COPY bench_words (digest) FROM STDIN") as rows:
                for digest in seeds.words:
                    rows.write_row([digest])

    def grow(self, reports: int) -> None:
        """Have so many reports in all, and one case to every hundred."""
        self.admin.execute("SET session_replication_role = replica; SET synchronous_commit = off")
        tables = [*OF_REPORTS, *OF_CASES, "cases_namekey", "cases_noteword"]
        with without_indexes(self.admin, tables):
            for part, share in (("waiting", WAITING), ("sent", SENT), ("closed", CLOSED)):
                self._more(part, getattr(self.seeds, part), int(reports * share), OF_REPORTS)
            self._more("cases", self.seeds.cases, reports // 100, OF_CASES)
        self.admin.execute("SET session_replication_role = origin")
        self.admin.execute("VACUUM ANALYZE")

    def _more(self, part: str, ids: Sequence[str], rows: int, tables: dict) -> None:
        first, last = self.copies[part] + 1, rows // len(ids) - 1
        self.copies[part] = max(last, self.copies[part])
        if last < first:
            return
        for table, mapped in tables.items():
            self._copy(table, mapped, ids, (first, last))
        if part == "cases":
            self._words(ids, (first, last))
            self.admin.execute(
                "INSERT INTO cases_namekey (id, case_id, person_id, digest)"
                " SELECT gen_random_uuid(), p.case_id, p.id, key FROM cases_person p,"
                " unnest(p.name_keys) key WHERE NOT EXISTS"
                " (SELECT 1 FROM cases_namekey k WHERE k.person_id = p.id)"
            )

    def _copy(self, table: str, mapped: Sequence[str], ids: Sequence[str], span) -> None:
        types = dict(
            self.admin.execute(
                "SELECT column_name, data_type FROM information_schema.columns"
                " WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER'",
                [table],
            ).fetchall()
        )
        new = {name: self._id(name, types[name]) for name in mapped}
        new |= {
            name: f"s.{name} - n * interval '{MINUTES_APART} minutes'"
            for name, kind in types.items()
            if kind.startswith("timestamp") and name != "until"
        }
        new |= self._own(table)
        columns = ", ".join(f'"{name}"' for name in types)
        values = ", ".join(new.get(name, f's."{name}"') for name in types).replace("%", "%%")
        self.admin.execute(
            f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table} s"
            f" CROSS JOIN generate_series(%s::bigint, %s::bigint) n WHERE {self._whose(table)}",
            [*span, list(ids)],
        )

    @staticmethod
    def _id(name: str, kind: str) -> str:
        if kind == "uuid":
            return f"copied(s.{name}, n)"
        return f"copied(s.{name}::uuid, n)::text"

    @staticmethod
    def _whose(table: str) -> str:
        """The seeds' rows of a table."""
        if table in {"identifiers_mention", "links_member"}:
            return "s.record_id = ANY (%s::uuid[])"
        if table == "audit_entry":
            return (
                "s.about = ANY (%s::text[]) AND s.about_kind IN ('report', 'case')"
                f" AND drawn(s.id::text, n) %% {LINES_APART} = 0"
            )
        if table in {"cases_case", "intake_report"}:
            return "s.id = ANY (%s::uuid[])"
        parent = PARENT.get(table) or ("case_id" if table.startswith("cases_") else "report_id")
        return f"s.{parent} = ANY (%s::uuid[])"

    def _own(self, table: str) -> dict[str, str]:
        """What each copy has of its own beside ids and times."""
        letters = (
            "translate(substr(encode(decode(md5(s.reference || n), 'hex'), 'base64'), 1, 11)"
            ", '+/', '-_')"
        )
        agencies = "ARRAY['" + "','".join(self.seeds.agencies) + "']::uuid[]"
        another = f"({agencies})[1 + drawn('other', n) % {len(self.seeds.agencies)}]"
        whose = f"CASE n % 10 WHEN 0 THEN '{self.seeds.measured}'::uuid ELSE {another} END"
        draw = f"drawn(s.id::text, n) % {len(self.seeds.names)}"
        value = (
            f"CASE WHEN n % {CROWD} = 0 THEN s.token WHEN n <= {ALIKE} THEN s.token"
            " ELSE sha256(s.token || int8send(n / 3)) END"
        )
        return {
            "intake_report": {"reference": letters, "via": "''"},
            "intake_share": {"agency_id": whose},
            "triage_queueitem": {
                "risk": "(s.risk + drawn('risk', n)) % 100",
                "review_by": "s.review_by - (n % 5000) * interval '1 minute'",
            },
            "referrals_referral": {
                "reference": letters,
                "to_agency_id": whose,
                "state": "CASE WHEN n % 200 < 10 THEN 'sent' WHEN n % 200 < 20 THEN 'accepted'"
                " ELSE 'closed' END",
            },
            "identifiers_mention": {
                "token": value,
                "near": "CASE WHEN s.near IS NULL THEN NULL"
                f" WHEN n <= {ALIKE} THEN s.near"
                " ELSE substr(sha256(s.near || int8send(n / 3)), 1, 16) END",
            },
            "links_member": {"cluster_id": f"CASE WHEN n <= {ALIKE} THEN s.cluster_id END"},
            "cases_case": {
                "reference": letters,
                "agency_id": whose,
                "number": "s.number + n * 100",
            },
            "cases_person": {
                "name_keys": f"(SELECT b.keys FROM bench_names b WHERE b.k = 1 + {draw})"
            },
            "cases_personidentifier": {"token": "sha256(s.token || int8send(n))"},
            "audit_entry": {"salt": "s.salt", "leaf_index": "NULL"},
        }.get(table, {})

    def _words(self, ids: Sequence[str], span: tuple[int, int]) -> None:
        """Fifteen words to a note, the first words of the list far more often than the last."""
        count = len(self.seeds.words)
        self.admin.execute(
            "INSERT INTO cases_noteword (id, case_id, note_id, digest)"
            " SELECT copied(s.id, n * 100 + w), copied(s.case_id, n), copied(s.id, n), b.digest"
            " FROM cases_note s CROSS JOIN generate_series(%s::bigint, %s::bigint) n"
            " CROSS JOIN generate_series(1, 15) w JOIN bench_words b ON b.k = 1 +"
            f" floor({count} * power((drawn(s.id::text || w, n) %% 100000) / 100000.0, 3))"
            " WHERE s.case_id = ANY (%s::uuid[])",
            [*span, list(ids)],
        )


@contextmanager
def without_indexes(admin: psycopg.Connection, tables: Sequence[str]) -> Iterator[None]:
    """Take down the indexes that hold no rule, for the block, and build each anew in one go."""
    found = admin.execute(
        "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i"
        " WHERE i.indrelid = ANY (%s::regclass[]) AND NOT i.indisunique AND NOT EXISTS"
        " (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)",
        [list(tables)],
    ).fetchall()
    for name, _ in found:
        admin.execute(f"DROP INDEX {name}")
    yield
    admin.execute("SET maintenance_work_mem = '512MB'")
    for _, making in found:
        admin.execute(making)
