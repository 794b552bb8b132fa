"""How well identifiers are found, beside five other tools: recall, precision, speed, hostile text.

`--small` (as ./check runs it) measures only us. Each peer gets an environment of its own under
var/bench, made on first use; one that cannot be installed is named in the table. Every tool's
values go through the same normal forms, and a tool is judged on the kinds that a set labels.
"""

import argparse
import base64
import collections
import json
import random
import re
import subprocess
import sys
import tarfile
import time
import types
from pathlib import Path

CLONE = Path(__file__).parents[1]
sys.path.insert(0, str(CLONE))

from havre.identifiers.platforms.rules.platforms import platform_id
from havre.identifiers.rules.find import find_in_text
from havre.identifiers.rules.normal import normalise
from havre.identifiers.rules.words import Kind
from havre.identifiers.web.rules.urls import host_of

DATA = CLONE / "bench" / "data"
WORK = CLONE / "var" / "bench"
# Each by an author of its own, from the list of kinds alone.
UNSEEN = ("unseen", "second", "third", "fourth", "fifth", "sixth", "seventh")
PEERS = {
    "ioc-finder": ["ioc-finder==9.4.1"],
    "iocextract": ["iocextract==1.16.1", "requests", "setuptools<81"],
    "iocsearcher": ["iocsearcher==3.1.0"],
    "msticpy": ["msticpy==3.0.2"],
    "presidio": ["presidio-analyzer==2.2.366"],
}
KINDS = {
    "address": Kind.ADDRESS, "birth_date": Kind.BIRTH_DATE, "crypto": Kind.CRYPTO,
    "domain": Kind.URL,
    "device_id": Kind.DEVICE, "email": Kind.EMAIL, "handle": Kind.HANDLE, "hash": Kind.FILE_HASH,
    "imei": Kind.DEVICE, "ip": Kind.IP, "ipv4": Kind.IP, "ipv6": Kind.IP, "md5": Kind.FILE_HASH,
    "payment": Kind.HANDLE, "payment_handle": Kind.HANDLE, "phone": Kind.PHONE,
    "plate": Kind.PLATE, "postal": Kind.POSTAL_CODE, "postal_code": Kind.POSTAL_CODE,
    "school": Kind.SCHOOL, "sha1": Kind.FILE_HASH, "sha256": Kind.FILE_HASH, "url": Kind.URL,
    "uuid": Kind.DEVICE, "btc": Kind.CRYPTO, "eth": Kind.CRYPTO, "xmr": Kind.CRYPTO,
}  # fmt: skip
CLAIMED_BY_IOC_FINDER = {
    "bitcoin_addresses": "btc", "domains": "domain", "email_addresses": "email",
    "email_addresses_complete": "email", "ipv4s": "ipv4", "ipv6s": "ipv6", "md5s": "md5",
    "monero_addresses": "xmr", "sha1s": "sha1", "sha256s": "sha256", "urls": "url",
}  # fmt: skip
ANY_SERVICE = "any-service"
USER_BEFORE = re.compile(r"^[^/@]*@")
WORDY = frozenset((Kind.ADDRESS, Kind.SCHOOL))
TEN = {
    "base64": lambda n: base64.b64encode(random.Random(1).randbytes(n))[:n].decode(),
    "a.a.a.": lambda n: "a." * (n // 2),
    "digits": lambda n: "12" * (n // 2),
    "12-12-": lambda n: "12-" * (n // 3),
    "http://a/../": lambda n: "http://a/../" * (n // 12),
    "spaces": lambda n: " " * n,
    "prose": lambda n: "He asked me to meet on Saturday at the harbour. " * (n // 47),
    "a@a@": lambda n: "a@" * (n // 2),
    "hxxp://a[.]": lambda n: "hxxp://a[.]" * (n // 11),
    "imei 1 1": lambda n: ("imei" + " 1" * 70 + " ") * (n // 145),
}
HOSTILE_SIZE = 100_000

Value = tuple[str, str]


def form(kind: str, value: str, platform: str = "") -> Value | None:
    """A label's value, or a tool's, in the form that all are compared in."""
    ours = KINDS.get(kind)
    if ours is None:
        return None
    if ours is Kind.HANDLE and not platform and ":" in value:
        platform, _, value = value.partition(":")
    if ours is Kind.DEVICE:
        value = value.rpartition(":")[2] if value.count(":") == 1 else value
    if kind == "payment_handle" and not platform:
        platform = ANY_SERVICE  # the second set's payment labels name no service
    plain = normalise(ours, value.lstrip("$"), platform=platform_id(platform) if platform else "")
    return (str(ours), plain) if plain else None


def form_of(label: list[str]) -> Value | None:
    """A label of a set (kind, perhaps a platform, value) in that form."""
    return form(label[0], label[-1], label[1] if len(label) == 3 else "")


def us(texts: list[str]) -> list[set[Value]]:
    """What we find in each text."""
    found = []
    for text in texts:
        values = set()
        for one in find_in_text(text, field="t"):
            kind = Kind.HANDLE if one.kind is Kind.ACCOUNT else one.kind
            values.add((str(kind), one.value))
        found.append(values)
    return found


def peer(name: str, texts: list[str]) -> tuple[list[set[Value]], float] | str:
    """What a peer finds in each text and its seconds, or why it could not be asked."""
    python = WORK / "envs" / name / "bin" / "python"
    stamp = python.parent / "installed"
    wanted = "\n".join(PEERS[name])
    if not stamp.exists() or stamp.read_text() != wanted:
        try:
            subprocess.run([sys.executable, "-m", "venv", python.parents[1]], check=True)
            pip = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
            subprocess.run([*pip, *PEERS[name]], check=True, timeout=900, capture_output=True)
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
            return f"not installable here ({type(error).__name__})"
        stamp.write_text(wanted)
    script = CLONE / "bench" / "peers" / "extract.py"
    asked = subprocess.run(
        [python, script, name],
        input=json.dumps(texts), capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    if asked.returncode:
        return f"failed: {asked.stderr.strip().splitlines()[-1][:80]}"
    answer = json.loads(asked.stdout)
    formed = [{form(*pair) for pair in row} - {None} for row in answer["found"]]
    return formed, answer["seconds"]


def judge(rows: list[dict], found: list[set[Value]]) -> dict:
    """Hits, labels and wrong values by kind; only kinds that the set labels are judged."""
    labels = [{form_of(label) for label in row["gold"]} for row in rows]
    names = {form_of(label): label[0] for row in rows for label in row["gold"]}
    judged = {value[0] for row in labels for value in row if value}
    result = {k: collections.Counter() for k in ("hit", "gold", "wrong")} | {
        "missed": [],
        "extra": [],
    }
    for row, want, got in zip(rows, labels, found, strict=True):
        used: set[Value] = set()
        for value in want:
            kind = names.get(value, "unreadable")
            result["gold"][kind] += 1
            same = next((one for one in got if value and is_same(value, one)), None)
            result["hit"][kind] += same is not None
            used |= {same} if same else set()
            if same is None:
                result["missed"].append((row["id"], value))
        hosts = {
            host_of(v) if k == "url" else v.rpartition("@")[2] for k, v in (want - {None}) | got
        }
        # What a person took back may still be an account of theirs: neither right nor wrong.
        withdrawn = {form_of(label) for label in row.get("withdrawn", ())} - {None}
        used |= {one for one in got if any(is_same(value, one) for value in withdrawn)}
        for kind, value in got - used:
            beside = (
                kind == "url" and value in hosts and any(host_of(v) != v for _, v in want - {None})
            )
            if kind in judged and not beside:
                result["wrong"][kind] += 1
                result["extra"].append((row["id"], kind, value))
    return result


def is_same(want: Value, got: Value) -> bool:
    """Equal; a host also inside an address or e-mail; words when one holds most of the other."""
    (kind, value), (other_kind, other) = want, got
    if kind == other_kind == "url":
        # Who asks is no part of which page it is: "user@example.com/a" is "example.com/a".
        value, other = USER_BEFORE.sub("", value), USER_BEFORE.sub("", other)
    if kind == "url" and "/" not in value:
        return (
            value == other
            or (other_kind == "url" and host_of(other) == value)
            or (other_kind == "email" and other.endswith(f"@{value}"))
        )
    if kind != other_kind:
        return False
    if Kind(kind) in WORDY if kind in set(Kind) else False:
        left, right = set(value.split()), set(other.split())
        return len(left & right) * 3 >= 2 * max(len(left), len(right))
    service, _, name = value.partition(":")
    if service == ANY_SERVICE:
        return name == other.partition(":")[2]
    # Names of accounts are labelled in small letters.
    return value == other or (kind == Kind.HANDLE and value == other.lower())


def rows_of(name: str) -> list[dict]:
    """A set's texts, each with what was taken back in it where the set lists that."""
    rows = [json.loads(row) for row in (DATA / f"extraction_{name}.jsonl").open()]
    listed = DATA / f"extraction_{name}_withdrawn.json"
    withdrawn = json.loads(listed.read_text()) if listed.exists() else {}
    return [row | {"withdrawn": withdrawn.get(str(row["id"]), [])} for row in rows]


def line(name: str, result: dict, speed: float | None = None) -> str:
    hit, gold = sum(result["hit"].values()), sum(result["gold"].values())
    wrong = sum(result["wrong"].values())
    rate = f"{speed:8.0f}" if speed else "        "
    precision = hit / (hit + wrong) if hit + wrong else 0
    return f"{name:14}{hit:5}/{gold:<5}{hit / max(gold, 1):7.3f}{wrong:7}{precision:10.3f}{rate}"


def by_kind(results: dict[str, dict]) -> None:
    kinds = sorted(next(iter(results.values()))["gold"])
    print("  kind".ljust(17) + "".join(name.rjust(12) for name in results))
    for kind in kinds:
        cells = (f"{r['hit'][kind]}/{r['gold'][kind]}".rjust(12) for r in results.values())
        print(f"  {kind}".ljust(17) + "".join(cells))


def ioc_finder_cases() -> list[dict]:
    """The peer's own cases with default options, read from its source archive, in shared kinds."""
    folder = WORK / "ioc-finder"
    if not list(folder.glob("*.tar.gz")):
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "-q", "--no-deps",
             "--no-binary", "ioc-finder", "-d", folder, "ioc-finder==9.4.1"],
            check=False, capture_output=True, timeout=300,
        )  # fmt: skip
    archive = next(folder.glob("*.tar.gz"), None)
    if archive is None:
        return []
    fake = types.ModuleType("pytest")
    fake.param = lambda *values, **_: values
    rows = []
    with tarfile.open(archive) as files:
        for name in sorted(n for n in files.getnames() if "/find_iocs_cases/" in n):
            if not name.endswith(".py") or name.endswith(("__init__.py", "ioc_types.py")):
                continue
            space: dict = {}
            source = files.extractfile(name).read().decode().replace("from pytest import param", "")
            exec(compile(source, name, "exec"), {"param": fake.param, "pytest": fake}, space)
            for case in (
                case for cases in space.values() if isinstance(cases, list) for case in cases
            ):
                rows += _case(case, len(rows))
    return rows


def _case(case: tuple, number: int) -> list[dict]:
    text, expected, options = case[0], case[1], case[2] if len(case) > 2 else {}
    gold = [
        [CLAIMED_BY_IOC_FINDER[kind], value]
        for kind, values in expected.items()
        if kind in CLAIMED_BY_IOC_FINDER
        for value in values
    ]
    if options or not gold:
        return []
    return [{"id": number, "lang": "en", "text": text, "gold": gold}]


def overlap(rows: list[dict], others: list[dict]) -> float:
    """The share of the first set's 5-grams of words that also stand in the second."""
    grams = [
        {
            tuple(w[i : i + 5])
            for r in group
            for w in [r["text"].lower().split()]
            for i in range(len(w) - 4)
        }
        for group in (rows, others)
    ]
    return len(grams[0] & grams[1]) / max(len(grams[0]), 1)


def speeds(rows: list[dict], times: int) -> tuple[float, float]:
    """Kilobytes a second of our own time: one text after the other, and all as one long text."""
    texts = [row["text"] for row in rows]
    long = "\n".join(texts * (60_000 // max(sum(map(len, texts)), 1) + 1))[:60_000]
    size, rates = sum(len(text.encode()) for text in texts), []
    for given, amount in ((texts, size), ([long], len(long.encode()))):
        best = min(_seconds(given) for _ in range(times))
        rates.append(amount / 1000 / best)
    return rates[0], rates[1]


def _seconds(texts: list[str]) -> float:
    started = time.process_time()
    for text in texts:
        find_in_text(text, field="t")
    return time.process_time() - started


def hostile(times: int) -> None:
    print(
        f"\nHostile texts, seconds at {HOSTILE_SIZE // 2000} and {HOSTILE_SIZE // 1000} kB, growth"
    )
    for name, make in TEN.items():
        half, whole = (
            min(_seconds([text]) for _ in range(times))
            for text in (make(HOSTILE_SIZE // 2), make(HOSTILE_SIZE))
        )
        print(f"  {name:14}{half:8.3f}{whole:8.3f}{whole / max(half, 0.002):7.2f}")


def measure(name: str, rows: list[dict], *, peers: list[str], verbose: bool, times: int) -> None:
    texts = [row["text"] for row in rows]
    results = {"us": judge(rows, us(texts))}
    print(f"\n{name}: {len(rows)} texts")
    print("              found        recall  wrong precision    kB/s")
    print(line("us", results["us"], speeds(rows, times)[0]))
    size = sum(len(text.encode()) for text in texts) / 1000
    for other in peers:
        answer = peer(other, texts)
        if isinstance(answer, str):
            print(f"{other:14}{answer}")
            continue
        results[other] = judge(rows, answer[0])
        print(line(other, results[other], size / answer[1]))
    by_kind(results)
    if verbose:
        for what in ("missed", "extra"):
            print(what, *results["us"][what], sep="\n  ")


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--small", action="store_true", help="only us, no downloads")
    asked.add_argument("--verbose", action="store_true", help="what we missed and what was wrong")
    asked.add_argument("--half", choices=("odd", "even"), help="of the unseen sets, by id")
    asked.add_argument("--only", choices=("dev", "cases", *UNSEEN))
    options = asked.parse_args()
    times = 1 if options.small else 3
    sets = {name: rows_of(name) for name in ("dev", *UNSEEN)}
    shared = {name: overlap(sets[name], sets["dev"]) for name in UNSEEN}
    if options.half:
        parity = options.half == "odd"
        for name in UNSEEN:
            sets[name] = [row for row in sets[name] if row["id"] % 2 == parity]
    if not options.small or options.only == "cases":
        sets["cases"] = ioc_finder_cases()
    for name, rows in sets.items():
        if rows and options.only in {None, name}:
            peers = [] if options.small else list(PEERS)
            measure(name, rows, peers=peers, verbose=options.verbose, times=times)
    print("\n5-grams of words that also stand in the development set:")
    print(*(f"  {name} {share:.4f}" for name, share in shared.items()), sep="\n")
    if options.only is None:
        short, long = speeds(sets["dev"], times)
        print(
            f"kB/s on the development set: {short:.0f} in short texts, {long:.0f} in one of 60 kB"
        )
        hostile(times)


if __name__ == "__main__":
    main()
