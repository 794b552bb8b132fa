import pytest
from hypothesis import given
from hypothesis import strategies as st

from havre.intake.providers.wires.multipart import (
    MOST_FIELD_BYTES,
    MOST_PARTS,
    FileForm,
    MalformedForm,
    boundary_of,
    form_fields,
)

KIND = "multipart/form-data; boundary=harbor"
ID = b'--harbor\r\nContent-Disposition: form-data; name="id"\r\n\r\n1000\r\n'
FILE = (
    b'--harbor\r\nContent-Disposition: form-data; name="file"; filename="pier \\"1\\".txt"\r\n'
    b"Content-Type: text/plain\r\n\r\n%b\r\n"
)
END = b"--harbor--\r\n"


def pieces(data: bytes, size: int) -> list[bytes]:
    return [data[start : start + size] for start in range(0, len(data), size)]


def read(data: bytes, size: int = 65_536) -> tuple[FileForm, bytes]:
    form = FileForm(pieces(data, size), KIND)
    form.to_file()
    return form, b"".join(form.file())


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64, 10_000])
def test_a_boundary_is_found_wherever_the_parts_of_the_body_break(size):
    content = b"The pier at noon.\r\n--harbo\r\n--harborX\r\n\r\n-" * 5
    form, file = read(ID + FILE % content + END, size)
    assert file == content
    assert form.fields == {"id": "1000"}
    assert (form.head.filename, form.head.media_type) == ('pier "1".txt', "text/plain")


@given(
    content=st.lists(st.sampled_from([b"\r", b"\n", b"-", b"--harbor", b"a"])),
    size=st.integers(1, 40),
)
def test_any_content_without_the_boundary_comes_out_as_it_went_in(content, size):
    told = b"".join(content)
    if b"\r\n--harbor" in b"\r\n" + told + b"\r\n":
        return
    assert read(ID + FILE % told + END, size)[1] == told


def test_the_id_may_come_after_the_file():
    form, file = read(FILE % b"x" + ID + END)
    assert (form.fields, file) == ({"id": "1000"}, b"x")


def test_what_stands_before_the_first_and_after_the_last_boundary_is_passed_over():
    assert read(b"hello\r\n" + ID + FILE % b"x" + END + b"goodbye" * 100, 5)[1] == b"x"


def test_a_file_may_be_empty_and_a_boundary_may_have_blanks_behind_it():
    assert read(ID.replace(b"harbor\r\n", b"harbor \t\r\n") + FILE % b"" + END, 1)[1] == b""


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "ends before"),
        (ID + FILE % b"x", "ends before"),
        (ID + FILE % b"x" + b"--harbor", "ends before"),
        (ID + FILE % b"x" + b"--harbor\r\n", "no end of its head"),
        (ID + END, "no part called file"),
        (ID + FILE % b"x" + FILE % b"y" + END, "more than one file"),
        (ID + ID + FILE % b"x" + END, "id comes twice"),
        (ID + FILE % b"x" + ID + END, "id comes twice"),
        (ID.replace(b"name=", b"nom=") + END, "has no name"),
        (ID.replace(b"1000", b"1" * (MOST_FIELD_BYTES + 1)) + END, "longer than"),
        (ID.replace(b"1000", b"\xff") + END, "not UTF-8"),
        (ID.replace(b"form-data", b"x" * 9_000) + END, "too long"),
        (b"--harbor\r\n" + b"x" * 90_000 + END, "too long"),
        (FILE.replace(b"plain", b"plain\r\nContent-Transfer-Encoding: base64"), "encoded"),
        (b"".join(ID.replace(b'"id"', b'"f%d"' % n) for n in range(MOST_PARTS + 1)), "parts"),
    ],
)  # fmt: skip
def test_a_form_that_is_not_whole_is_refused_with_the_reason(data, reason):
    for size in (3, 65_536):
        with pytest.raises(MalformedForm, match=reason):
            read(data, size)


def test_a_form_that_says_name_inside_a_file_name_keeps_its_own_name():
    head = b'--harbor\r\nContent-Disposition: form-data; filename="; name=id"; name="file"\r\n\r\n'
    form, file = read(head + b"x\r\n" + END)
    assert (form.head.name, form.head.filename, file) == ("file", "; name=id", b"x")


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "text/plain",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "text/x; boundary=a",
    ],
)
def test_a_form_without_a_boundary_is_refused(content_type):
    with pytest.raises(MalformedForm, match="boundary"):
        boundary_of(content_type)


def test_a_boundary_may_stand_in_quotes():
    assert boundary_of('multipart/form-data; charset=utf-8; Boundary="a b"') == b"a b"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"id=1000", "application/x-www-form-urlencoded"),
        (b"id=1000", ""),
        (ID + END, KIND),
    ],
)
def test_a_small_form_may_come_either_way(body, content_type):
    assert form_fields(body, content_type) == {"id": "1000"}


@pytest.mark.parametrize("body", [b"id=\xff\xfe&x", b"id=1&id=2", b"&".join([b"a=1"] * 40)])
def test_a_small_form_that_cannot_be_meant_is_refused(body):
    with pytest.raises(MalformedForm):
        form_fields(body, "")
