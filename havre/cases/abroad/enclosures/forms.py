"""Documents as a browser sends them: held in memory, never on a disk in clear."""

from io import BytesIO
from typing import Any

from django import forms
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.utils.translation import gettext_lazy as _

from havre.cases.abroad.dispatches.handing import Limits
from havre.cases.abroad.enclosures.rules import Document, DocumentKind, terms_in_force
from havre.cases.abroad.forms import one_of, said, some_of
from havre.cases.abroad.rules.states import Caveat, Handling
from havre.cases.abroad.wording import CAVEATS, HANDLINGS
from havre.cases.forms import CaseForm


class HeldFiles(FileUploadHandler):
    """Holds as many files in memory as may be sent, and one more, each as far as it may be read."""

    taken = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        super().new_file(*args, **kwargs)
        # One more than may be sent, and one byte more of each, so that the form can say so.
        if self.taken > terms_in_force().most_at_once:
            raise SkipFile
        self.taken += 1
        self.held = bytearray()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002
        self.held += raw_data[: terms_in_force().most_bytes + 1 - len(self.held)]

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:  # noqa: ARG002
        return InMemoryUploadedFile(
            file=BytesIO(bytes(self.held)),
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=len(self.held),
            charset=self.charset,
        )


class SeveralFiles(forms.ClearableFileInput):
    """A field for files, several at once."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """Files as documents; how many and which are taken is for the action to say."""

    def clean(self, data: Any, initial: Any = None) -> list[Document]:  # noqa: ANN401, ARG002
        """What came. Raises nothing: the action refuses in words."""
        given = data if isinstance(data, list) else [data] if data else []
        return [Document(name=str(one.name), content=one.read()) for one in given]


class EnclosureForm(CaseForm):
    """Documents with a word of what they are, and how far they may go."""

    documents = FilesField(
        label=_("Documents (requests, orders, translations); no abuse material"),
        required=False,
        widget=SeveralFiles(
            {"class": "input", "accept": ",".join(f".{kind}" for kind in DocumentKind)}
        ),
    )
    words = said(_("What these documents are"), fault=_("Write what these documents are."))
    handling = one_of(_("Handling code"), HANDLINGS, Handling)
    caveats = some_of(_("Limits"), CAVEATS, Caveat)

    def __init__(self, data: Any = None, files: Any = None) -> None:  # noqa: ANN401
        super().__init__(data)
        self.files = files if files is not None else self.files
        self.fields["handling"].required = False
        self.fields["handling"].initial = Limits().handling

    def given(self) -> dict[str, Any]:
        """As the action takes it."""
        told = self.cleaned_data
        limits = Limits(handling=told["handling"] or Limits().handling, caveats=told["caveats"])
        return {"documents": told["documents"], "words": told["words"], "limits": limits}
