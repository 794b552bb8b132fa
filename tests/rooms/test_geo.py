"""Internet addresses to places: an operator's own file, a hint at most."""

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from mmdb_writer import MMDBWriter
from netaddr import IPSet

from havre.audit.models import Entry
from havre.audit.rules import Event, Station
from havre.intake.rules.submission import Channel, Incident, Submission
from havre.plumbing.context import acting_as
from havre.plumbing.environment import CLONE
from havre.triage.jurisdiction.geo import (
    GeoRefusedError,
    database_in_use,
    forget_database,
    hints_for,
    use_database,
)
from havre.triage.jurisdiction.rules.hints import Hint, hint_in
from havre.triage.jurisdiction.rules.ladder import Rung, evidence_of, suggest
from havre.triage.jurisdiction.rules.sentences import evidence_sentence
from tests.rooms.test_jurisdiction import AGENCIES, CENTRE, Noted

NESTED = {"country": {"iso_code": "CA"}, "subdivisions": [{"iso_code": "MB"}]}
FLAT = {"country_code": "CA", "state1": "Newfoundland and Labrador"}
SAID = Submission(channel=Channel.ISPWS, language="en", incidents=(Incident(),))


@pytest.fixture
def folder(settings, tmp_path) -> Iterator[Path]:
    settings.GEO = tmp_path / "geo"
    yield tmp_path
    forget_database()


def mmdb(path: Path, records: dict[str, dict]) -> Path:
    """A small database of our own making."""
    writer = MMDBWriter(ip_version=6, ipv4_compatible=True, database_type="Test-City")
    for network, record in records.items():
        writer.insert_network(IPSet([network]), record)
    writer.to_db_file(str(path))
    return path


def ip(value: str, role: str = "suspect") -> Noted:
    return Noted(kind="ip", value=value, role=role)


@pytest.mark.parametrize(
    ("record", "region"),
    [
        (NESTED, "MB"),
        (FLAT, "NL"),
        ({"country_code": "CA", "state1": "Québec"}, "QC"),
        ({"country_code": "CA", "region": "CA-NU"}, "NU"),
    ],
)
def test_both_public_shapes_of_a_record_give_a_region(record, region):
    assert hint_in(record, source="x") == Hint(country="CA", region=region, source="x")


@pytest.mark.parametrize(
    "record",
    [
        {},
        {"country_code": "Canada"},
        {"country_code": "CA", "state1": "Nowhere"},
        NESTED | {"traits": {"is_anonymous_vpn": True}},
        NESTED | {"traits": {"is_hosting_provider": True}},
        FLAT | {"is_anonymous_proxy": 1},
    ],
)
def test_a_record_that_tells_no_place_gives_no_hint(record):
    assert hint_in(record, source="x") is None


def test_an_address_points_at_its_province_and_leaves_the_centre_a_share(folder):
    use_database(mmdb(folder / "a.mmdb", {"192.0.2.0/24": NESTED, "2001:db8::/32": FLAT}))
    hints = hints_for(["192.0.2.7", "2001:db8::1", "198.51.100.1"])
    assert {address: hint.region for address, hint in hints.items()} == {
        "192.0.2.7": "MB",
        "2001:db8::1": "NL",
    }
    best, second = suggest(SAID, found=[ip("192.0.2.7")], agencies=AGENCIES, hints=hints)
    assert (best.agency_id, second.agency_id) == ("mb-unit", CENTRE.id)
    assert best.probability < 80, "a hint is never near certainty"


def test_a_hint_never_outweighs_a_stated_place(folder):
    use_database(mmdb(folder / "a.mmdb", {"192.0.2.0/24": NESTED}))
    found = [ip("192.0.2.7", "victim"), Noted(kind="phone", value="+16135550142", role="suspect")]
    agencies = suggest(SAID, found=found, agencies=AGENCIES, hints=hints_for(["192.0.2.7"]))
    assert agencies[0].agency_id == "on-unit"


@pytest.mark.parametrize("role", ["reporter", "service", "witness"])
def test_an_address_of_a_service_or_a_bystander_is_no_evidence(folder, role):
    use_database(mmdb(folder / "a.mmdb", {"192.0.2.0/24": NESTED}))
    hints = hints_for(["192.0.2.7"])
    assert hints
    assert evidence_of(SAID, found=[ip("192.0.2.7", role)], hints=hints) == ()


def test_the_sentence_names_the_database_and_its_date_in_both_languages(folder):
    facts = use_database(mmdb(folder / "a.mmdb", {"192.0.2.0/24": NESTED}))
    (evidence,) = evidence_of(SAID, found=[ip("192.0.2.7")], hints=hints_for(["192.0.2.7"]))
    assert evidence.code is Rung.IP_ADDRESS
    for language, words in (("en", "A hint, not proof"), ("fr", "Un indice, pas une preuve")):
        sentence = evidence_sentence(evidence, language)
        assert f"Test-City, {facts['built']}" in sentence
        assert words in sentence


def test_an_address_abroad_goes_to_the_national_centre(folder):
    use_database(mmdb(folder / "a.mmdb", {"192.0.2.0/24": {"country_code": "FR"}}))
    (only,) = suggest(
        SAID, found=[ip("192.0.2.7")], agencies=AGENCIES, hints=hints_for(["192.0.2.7"])
    )
    assert only.agency_id == CENTRE.id
    assert {each.code for each in only.evidence} == {Rung.IP_ABROAD}


def test_networks_named_as_elsewhere_tell_no_place(folder):
    networks = folder / "vpn.txt"
    networks.write_text("# VPN exits\n192.0.2.128/25  # example\n2001:db8:1::/48\n")
    source = mmdb(folder / "a.mmdb", {"192.0.2.0/24": NESTED, "2001:db8::/32": FLAT})
    assert use_database(source, elsewhere=networks)["networks"] == "2"
    asked = ["192.0.2.127", "192.0.2.128", "192.0.2.255", "2001:db8:1::5", "2001:db8:2::5"]
    assert set(hints_for(asked)) == {"192.0.2.127", "2001:db8:2::5"}


def test_a_new_database_takes_the_place_of_the_old_one_while_havre_runs(folder):
    use_database(mmdb(folder / "a.mmdb", {"192.0.2.0/24": NESTED}))
    assert hints_for(["192.0.2.7"])["192.0.2.7"].region == "MB"
    use_database(mmdb(folder / "b.mmdb", {"192.0.2.0/24": FLAT}))
    assert hints_for(["192.0.2.7"])["192.0.2.7"].region == "NL"


def test_a_file_that_is_no_database_is_refused_and_the_old_one_stays(folder):
    use_database(mmdb(folder / "a.mmdb", {"192.0.2.0/24": NESTED}))
    wrong = folder / "wrong.mmdb"
    wrong.write_bytes(b"not a database")
    with pytest.raises(GeoRefusedError, match="no MMDB file"):
        use_database(wrong)
    networks = folder / "vpn.txt"
    networks.write_text("192.0.2.0/24\nnonsense\n")
    with pytest.raises(GeoRefusedError, match="line 2"):
        use_database(folder / "a.mmdb", elsewhere=networks)
    assert hints_for(["192.0.2.7"])


def test_without_a_database_nothing_is_hinted_and_nothing_fails(folder):
    assert database_in_use() is None
    assert hints_for(["192.0.2.7"]) == {}


def test_the_command_takes_a_file_shows_it_and_forgets_it(folder, monkeypatch, real_database):
    told = real_database.as_environment()
    for name, address in told.items():
        monkeypatch.setenv(name, address)
    monkeypatch.setenv("HAVRE_VAR", str(folder / "var"))
    file = mmdb(folder / "a.mmdb", {"192.0.2.0/24": NESTED})

    def geo(*words: str) -> subprocess.CompletedProcess:
        command = [sys.executable, "-m", "havre", "geo", *words]
        return subprocess.run(command, cwd=CLONE, capture_output=True, text=True, check=False)

    assert "Test-City" in geo("use", str(file)).stdout
    assert "Test-City" in geo("show").stdout
    assert "out of use" in geo("forget").stdout
    assert "No geolocation database" in geo("show").stdout
    refused = geo("use")
    assert (refused.returncode, "Name the file" in refused.stderr) == (1, True)
    with acting_as(Station.SET_UP.context):
        steps = (Event.GEO_TAKEN, Event.GEO_LEFT)
        taken, left = Entry.objects.filter(event__in=steps).order_by("pk")
    assert (taken.about, taken.details["sha256"]) == (
        "Test-City",
        hashlib.sha256(file.read_bytes()).hexdigest(),
    )
    assert (left.about, left.details["was_there"]) == ("Test-City", True)
