import pytest

from havre.identifiers.rules.find import find_in_text
from havre.identifiers.rules.normal import LONGEST, normalise
from havre.identifiers.rules.words import Kind


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind.ACCOUNT, " : "),
        (Kind.DEVICE, "  "),
        (Kind.EMAIL, "heron@localhost"),
        (Kind.EMAIL, "a..b@example.com"),
        (Kind.EMAIL, f"{'a' * 65}@example.com"),
        (Kind.EMAIL, "heron@example.com and more"),
        (Kind.EMAIL, f"heron@{'é' * 60}.example.com"),
        (Kind.FILE_HASH, "not a hash"),
        (Kind.HANDLE, "@"),
        (Kind.HANDLE, "a" * 200),
        (Kind.IP, "192.0.2.256"),
        (Kind.IP, "192.0.02.1"),
        (Kind.IP, "fe80::1%eth0"),
        (Kind.NAME, "x"),
        (Kind.NAME, "x" * 300),
        (Kind.PHONE, "123"),
        (Kind.PHONE, "+999999999999"),
        (Kind.PHONE, "my number"),
        (Kind.PHONE, "204-155-0142"),
        (Kind.PHONE, "9" * 70),
        (Kind.POSTAL_CODE, "90210"),
        (Kind.URL, ""),
        (Kind.URL, "two words"),
        (Kind.URL, "http://ex ample"),
        (Kind.URL, "http://:80/"),
        (Kind.URL, "http://a:b:c/"),
        (Kind.URL, f"http://example.com/{'a' * 700}"),
        (Kind.URL, "a" * (LONGEST + 1)),
    ],
)
def test_what_is_no_value_of_its_kind_has_no_form(kind, value):
    assert normalise(kind, value) is None


@pytest.mark.parametrize(
    ("kind", "value", "platform", "form"),
    [
        (Kind.ACCOUNT, "00123", "Discord", "discord:00123"),
        (Kind.ACCOUNT, "https://www.facebook.com/profile.php?id=1001", "", "facebook:1001"),
        (Kind.DEVICE, "49-015420-323751-8", "", "490154203237518"),
        (Kind.DEVICE, "Serial  A1b2", "", "Serial A1b2"),
        (Kind.EMAIL, "Heron [at] Exemple.CA", "", "heron@exemple.ca"),
        (Kind.EMAIL, "<heron@EXÄMPLE.com>", "", "heron@xn--exmple-cua.com"),
        (Kind.HANDLE, "https://www.instagram.com/Lake.Heron/", "kik", "instagram:lake.heron"),
        (Kind.HANDLE, "kik: Heron", "snap", "kik:heron"),
        (Kind.HANDLE, "Heron", "A New Place", "a-new-place:Heron"),
        (Kind.HANDLE, "Lake.Heron", "fb", "facebook:lakeheron"),
        (Kind.PHONE, "tel:+1-204-555-0142 ext. 7", "", "+12045550142"),
        (Kind.PHONE, "+1 220 999 0142", "", "+12209990142"),
        (Kind.URL, "ftp://user:pass@example.com:21/a/", "", "user@example.com/a"),
        (Kind.URL, "//example.com/../a", "", "example.com/a"),
        (Kind.URL, "http://[2001:DB8::1]:8080/", "", "[2001:db8::1]:8080"),
        (Kind.URL, "http://example.com/100%/%zz?&&a=1#", "", "example.com/100%25/%25zz?a=1"),
        (Kind.URL, "http://1.2.3.example.9x/", "", "1.2.3.example.9x"),
        (Kind.URL, "http://999.1.1.1/", "", "999.1.1.1"),
    ],
)
def test_each_kind_has_one_form(kind, value, platform, form):
    assert normalise(kind, value, platform=platform) == form


@pytest.mark.parametrize(
    "text",
    [
        "IP note 192.0.2.999 is none",
        "call it m3a-1a1 or x@r3c4t3",
        "@ab_@cd",
        "x @a sc heron9 X heron9",
        "Snapchat: 2024 and Discord: no",
        "three two one and zero",
        "one two three four five six seven",
        "555-0142 or 204-555-01421 or 1.204.555.0142.7",
        "http://nodots/ and www.a and _a.com",
        "join t.me/joinchat or instagram.com/p/",
        "api.whatsapp.com/nobody wa.me/x",
    ],
)
def test_what_only_resembles_an_identifier_is_passed_over(text):
    kinds = {found.kind for found in find_in_text(text, field="t")}
    assert kinds <= {Kind.URL}


def test_a_moment_that_cannot_be_is_left_out():
    (found,) = find_in_text("192.0.2.7 at 2024-13-41 22:14 UTC", field="t")
    assert found.at is None


def test_a_name_said_to_be_one_needs_no_digit():
    for text in ("his Kik username is harbour", "Kik pseudo : harbour"):
        (found,) = find_in_text(text, field="t")
        assert found.value == "kik:harbour"
        assert found.confidence < 90


def test_whatsapp_addresses_are_phone_numbers():
    (found,) = find_in_text("https://api.whatsapp.com/send?phone=12045550142", field="t")
    assert (found.kind, found.value) == (Kind.PHONE, "+12045550142")
