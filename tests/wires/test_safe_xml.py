import pytest

from havre.intake.providers.wires.safe_xml import MOST_DEPTH, MOST_TAGS, MalformedXml, safe_xml

LAUGHS = (
    b'<?xml version="1.0"?>\n<!DOCTYPE r [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a;" * 10) for n in range(10))
    + b"]>\n<r>&a9;</r>"
)
HOSTILE = {
    "billion laughs": (LAUGHS, "DOCTYPE"),
    "external entity": (
        b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><r>&x;</r>',
        "DOCTYPE",
    ),
    "external DTD": (b'<!DOCTYPE r SYSTEM "http://192.0.2.1/r.dtd"><r/>', "DOCTYPE"),
    "DOCTYPE behind comments": (b"<!-- a --><?p q?>\n<!DOCTYPE r><r/>", "DOCTYPE"),
    "unclosed comment": (b"<!-- <r/>", "not"),
    "undeclared entity": (b"<r>&secret;</r>", "not defined"),
    "deep nesting": (b"<a>" * (MOST_DEPTH + 1) + b"</a>" * (MOST_DEPTH + 1), "deeper"),
    "very deep nesting": (b"<a>" * 50_000, "depth"),
    "a flood of elements": (b"<r>" + b"<a/>" * (MOST_TAGS + 1) + b"</r>", "tags"),
    "NUL": (b"<r>a\x00b</r>", "NUL"),
    "UTF-7": (b'<?xml version="1.0" encoding="UTF-7"?><r/>', "utf-7 is not accepted"),
    "UTF-16": ("<r/>".encode("utf-16"), "not UTF-8"),
    "UTF-16 without a mark": ("<r/>".encode("utf-16-le"), "NUL"),
    "UTF-32": ("<r/>".encode("utf-32-be"), "NUL"),
    "said to be UTF-16": (b'<?xml version="1.0" encoding="utf-16"?><r/>', "utf-16"),
    "EBCDIC": (b'<?xml version="1.0" encoding="cp037"?><r/>', "cp037"),
    "bad bytes": (b"<r>\n\xff</r>", "line 2: a byte that is not utf-8"),
    "empty": (b"", "empty"),
    "blank": (b"   ", "line 1"),
    "cut short": (b"<r><a>", "line 1"),
    "two roots": (b"<r/><r/>", "line 1"),
    "no XML": (b'{"report": 1}', "line 1"),
    "too large": (b"<r>" + b"a" * 300_000_0 + b"</r>", "larger than"),
}


@pytest.mark.parametrize(("data", "reason"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_or_broken_xml_is_refused_with_a_reason(data, reason):
    with pytest.raises(MalformedXml, match=reason) as refused:
        safe_xml(data, most_bytes=2_000_000)

    assert refused.value.line >= 1
    assert refused.value.reason


def test_the_line_of_a_fault_is_told():
    with pytest.raises(MalformedXml) as refused:
        safe_xml(b"<r>\n<a>\n</b>\n</r>", most_bytes=100)

    assert refused.value.line == 3


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf<r>\xc3\xa9</r>",
        '<?xml version="1.0" encoding="UTF-8"?>\n<r>é</r>'.encode(),
        '<?xml version="1.0" encoding="ISO-8859-1"?><r>é</r>'.encode("latin-1"),
        "<!-- note --><?p q?>\n<r><!-- inside -->é</r>".encode(),
        "<r><![CDATA[é]]></r>".encode(),
    ],
)
def test_plain_xml_is_read(data):
    assert safe_xml(data, most_bytes=1000).text == "é"


def test_nothing_is_included_from_elsewhere():
    data = (
        b'<r xmlns:xi="http://www.w3.org/2001/XInclude">'
        b'<xi:include href="file:///etc/hostname" parse="text"/></r>'
    )

    root = safe_xml(data, most_bytes=1000)

    assert "".join(root.itertext()) == ""
