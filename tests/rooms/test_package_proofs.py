"""What a package proves: who signed it, when it was, and that no byte of it was changed."""

import io
import json
import zipfile
from datetime import UTC, datetime
from random import Random

import pytest

from havre.plumbing.signing import (
    FileSigningKey,
    SigningRefusedError,
    signing_key,
    trial_signing_pem,
    usable_signing_key,
    use_signing_key,
    write_signing_file,
)
from havre.plumbing.timestamps import time_authority
from havre.plumbing.typeset import DOCUMENT, typeset
from havre.referrals.packages.proving import checked_package, proven
from havre.referrals.packages.rules.archive import (
    CERTIFICATES,
    MANIFEST,
    SIGNATURE,
    STAMP,
    SUMS,
    manifest_of,
    packed,
)
from havre.wiring.cli import main
from havre.wiring.commands.signing import signing_findings
from tests.time_authority import EchoingAuthority, LocalAuthority, SilentAuthority

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
PAGE = {"title": "R-AAAA-AAAA", "sections": [{"parts": [{"kind": "text", "text": "On Saturday."}]}]}
PAYLOAD = {
    "police.json": b'{"reportId": "R-BBBB-BBBB"}',
    "summary.en.pdf": typeset(DOCUMENT, PAGE, language="en", at=NOON),
}


def key_of(name: str = "Harbor tipline") -> FileSigningKey:
    return FileSigningKey(trial_signing_pem(name, now=NOON))


@pytest.fixture(scope="module")
def ours() -> FileSigningKey:
    return key_of()


@pytest.fixture(scope="module")
def authority(tmp_path_factory) -> LocalAuthority:
    return LocalAuthority(tmp_path_factory.mktemp("time"))


def package(key=None, authority=None) -> bytes:
    return proven(PAYLOAD, about="R-AAAA-AAAA", made_at=NOON, key=key, authority=authority)


@pytest.fixture(scope="module")
def whole(ours, authority) -> bytes:
    return package(ours, authority)


def members_of(container: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(container)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_signed_package_proves_who_signed_it_and_when(whole, ours, authority):
    checked = checked_package(whole, certificates=ours.certificates, time_roots=authority.roots)

    assert checked.verdict.is_whole
    assert checked.vouched
    assert checked.stamped_at is not None
    assert checked.verdict.stamped_by == authority.name


def test_what_was_told_and_its_manifest_do_not_depend_on_who_signs(whole, authority):
    first, second = members_of(whole), members_of(package(key_of("Valley"), authority))

    assert first[MANIFEST] == second[MANIFEST]
    assert first["police.json"] == second["police.json"] == PAYLOAD["police.json"]
    for signed in (first, second):
        assert signed["summary.en.pdf"].startswith(PAYLOAD["summary.en.pdf"])
    assert package() == package()


def test_a_certificate_of_somebody_else_vouches_for_nothing(whole):
    checked = checked_package(whole, certificates=key_of("Valley").certificates)

    assert not checked.vouched
    assert CERTIFICATES in checked.verdict.faults


def test_whoever_changes_a_package_and_signs_it_anew_is_found_out(whole, ours):
    forged = proven(
        {**PAYLOAD, "police.json": b"{}"},
        about="R-AAAA-AAAA",
        made_at=NOON,
        key=key_of(),
        authority=None,
    )

    assert checked_package(forged).verdict.is_whole
    assert CERTIFICATES in checked_package(forged, certificates=ours.certificates).verdict.faults


@pytest.mark.parametrize("kept", [(), ("summary.en.pdf",)])
def test_whoever_signs_the_manifest_must_be_vouched_for_not_the_documents_alone(whole, ours, kept):
    """A forger leaves the documents out, or keeps ours as they are with our certificate beside."""
    forger = key_of()
    told = {name: members_of(whole)[name] for name in kept} | {"police.json": b"{}"}
    manifest = manifest_of(told, about="R-AAAA-AAAA", made_at=NOON)
    proofs = {
        SIGNATURE: forger.sign(manifest),
        CERTIFICATES: forger.certificates + ours.certificates,
    }
    forged = packed(told, manifest=manifest, proofs=proofs)

    assert checked_package(forged).verdict.is_whole
    checked = checked_package(forged, certificates=ours.certificates)
    assert not checked.vouched
    assert CERTIFICATES in checked.verdict.faults


@pytest.mark.parametrize("name", ["summary.en.pdf", "police.json", SIGNATURE, STAMP])
def test_a_member_that_was_changed_and_counted_anew_is_named(whole, ours, authority, name):
    found = members_of(whole)
    altered = bytearray(found[name])
    altered[len(altered) // 2] ^= 1
    payload = {key: found[key] for key in PAYLOAD}
    proofs = {key: found[key] for key in (SIGNATURE, CERTIFICATES, STAMP)}
    (payload if name in payload else proofs)[name] = bytes(altered)

    counted = packed(payload, manifest=found[MANIFEST], proofs=proofs)

    checked = checked_package(counted, certificates=ours.certificates, time_roots=authority.roots)
    assert name in checked.verdict.faults


def test_one_flipped_byte_of_a_signed_package_is_caught_and_placed(whole):
    inside = {}
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        for info in archive.infolist():
            start = info.header_offset + 30 + len(info.filename)
            inside |= dict.fromkeys(range(start, start + info.file_size), info.filename)
    dice = Random(6)
    between = [place for place in range(len(whole)) if place not in inside]
    every = dice.sample(between, 150)
    for name in set(inside.values()):
        places = [place for place, whose in inside.items() if whose == name]
        every += dice.sample(places, min(20, len(places)))
    assert {MANIFEST, SUMS, SIGNATURE, CERTIFICATES, STAMP} < set(inside.values())

    for place in every:
        flipped = bytearray(whole)
        flipped[place] ^= 1 << dice.randrange(8)
        verdict = checked_package(bytes(flipped)).verdict
        assert not verdict.is_whole, place
        if place in inside:
            assert inside[place] in verdict.faults, place


def test_a_package_outlives_the_certificate_it_was_signed_with():
    long_ago = datetime(2020, 6, 1, tzinfo=UTC)
    key = FileSigningKey(trial_signing_pem("Harbor tipline", now=long_ago))
    container = proven(PAYLOAD, about="R", made_at=long_ago, key=key, authority=None)

    assert checked_package(container, certificates=key.certificates).vouched


@pytest.mark.parametrize("kind", [SilentAuthority, EchoingAuthority])
def test_an_authority_that_gives_no_stamp_holds_nothing_up(tmp_path, kind):
    container = package(authority=kind(tmp_path))

    assert json.loads(members_of(container)[MANIFEST])["time_stamp"] is None
    assert STAMP not in members_of(container)
    assert checked_package(container).verdict.is_whole


def test_a_stamp_of_another_authority_is_not_taken(whole, tmp_path):
    other = LocalAuthority(tmp_path)

    assert STAMP in checked_package(whole, time_roots=other.roots).verdict.faults


def test_the_command_says_who_signed_and_what_to_compare(whole, ours, authority, tmp_path, capsys):
    file, certificate, root = (tmp_path / name for name in ("p.zip", "c.pem", "t.pem"))
    file.write_bytes(whole)
    certificate.write_bytes(ours.certificates)
    root.write_bytes(authority.roots)

    assert main(["package", "verify", str(file)]) == 0
    assert "compare it with what the tipline tells you" in capsys.readouterr().out
    given = ["--certificate", str(certificate), "--time-root", str(root)]
    assert main(["package", "verify", str(file), *given]) == 0
    said = capsys.readouterr().out
    assert "the certificate you gave" in said
    assert "time stamp of http://time.example.com: 20" in said
    assert main(["package", "verify", str(file), "--certificate", str(root)]) == 1
    file.write_bytes(package())
    assert main(["package", "verify", str(file)]) == 0
    assert "not signed" in capsys.readouterr().out


def test_a_signing_file_is_read_by_its_owner_alone_and_never_replaced(tmp_path, monkeypatch):
    path = tmp_path / "signing.pem"
    monkeypatch.setenv("HAVRE_SIGNING", str(path))
    assert signing_key() is None

    write_signing_file(path, trial_signing_pem("Harbor", now=NOON))

    assert path.stat().st_mode & 0o777 == 0o600
    assert b"CERTIFICATE" in signing_key().certificates
    with pytest.raises(FileExistsError):
        write_signing_file(path, b"")
    for wrong in (b"", trial_signing_pem("Harbor", now=NOON)[:250]):
        with pytest.raises(SigningRefusedError):
            FileSigningKey(wrong)


def test_the_command_makes_a_key_to_try_with_and_says_whose_it_is(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("HAVRE_SIGNING", str(tmp_path / "signing.pem"))
    monkeypatch.delenv("HAVRE_TSA_URL", raising=False)
    assert main(["signing", "show"]) == 1
    assert any("go out unsigned" in one.sentence for one in signing_findings())

    assert main(["signing", "try"]) == 0
    assert main(["signing", "try"]) == 1
    assert main(["signing", "show"]) == 0

    said = capsys.readouterr().out
    assert "already a signing file" in said
    assert "BEGIN CERTIFICATE" in said
    assert "PRIVATE" not in said
    sentences = [one.sentence for one in signing_findings()]
    assert any("vouches for itself" in one for one in sentences)
    assert any("without a time stamp" in one for one in sentences)
    (tmp_path / "signing.pem").write_bytes(b"broken")
    assert not all(one.holds for one in signing_findings())


def test_a_signing_file_that_is_no_use_holds_no_package_up(tmp_path, monkeypatch):
    path = tmp_path / "signing.pem"
    monkeypatch.setenv("HAVRE_SIGNING", str(path))
    path.write_bytes(b"broken")

    with pytest.raises(SigningRefusedError):
        signing_key()
    assert usable_signing_key() is None
    path.write_bytes(trial_signing_pem("Harbor", now=NOON))
    assert usable_signing_key() is not None


def test_a_key_that_is_chosen_goes_before_the_file(ours):
    use_signing_key(ours)
    try:
        assert signing_key() is ours
    finally:
        use_signing_key(None)


def test_nobody_stamps_where_nobody_was_named(tmp_path):
    root = tmp_path / "root.pem"
    root.write_bytes(b"pem")
    named = {"HAVRE_TSA_URL": "https://time.example.com", "HAVRE_TSA_ROOT": str(root)}

    assert time_authority(named).name == "https://time.example.com"
    for key, value in (("HAVRE_TSA_URL", "file:///x"), ("HAVRE_TSA_ROOT", str(tmp_path / "no"))):
        assert time_authority({**named, key: value}) is None
    assert time_authority({}) is None
