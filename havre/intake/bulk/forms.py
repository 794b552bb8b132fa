"""A file of reports as a browser sends it: held in memory, never on a disk in clear."""

from io import BytesIO
from typing import Any

from django import forms
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.translation import gettext_lazy as _

from havre.intake.bulk.rules import MOST_BYTES

MOST_PASTED = 500_000


class HeldFile(FileUploadHandler):
    """Holds one file in memory, as far as it may be read; Django's own would write it to /tmp."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        super().new_file(*args, **kwargs)
        self.held = bytearray()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002
        # One byte more than may be, so that the form can say that it is too much.
        self.held += raw_data[: MOST_BYTES + 1 - len(self.held)]

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:  # noqa: ARG002
        return InMemoryUploadedFile(
            file=BytesIO(bytes(self.held)),
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=len(self.held),
            charset=self.charset,
        )


class ChangeForm(forms.Form):
    """What is to be done with a file of reports."""

    what = forms.ChoiceField(choices=[(one, one) for one in ("go-on", "stop")])


class BulkForm(forms.Form):
    """A file of reports, or its rows pasted; to be filed, or to be tried."""

    trial = forms.BooleanField(required=False, widget=forms.HiddenInput)
    sheet = forms.FileField(
        label=_("A file"),
        required=False,
        allow_empty_file=True,
        help_text=_("JSON Lines or CSV in UTF-8, up to 10 MB and 5,000 rows."),
        widget=forms.FileInput(
            {"class": "input", "accept": ".csv,.jsonl,.ndjson,.txt,text/csv,application/x-ndjson"}
        ),
    )
    pasted = forms.CharField(
        label=_("Or its rows, pasted"),
        required=False,
        max_length=MOST_PASTED,
        strip=False,
        widget=forms.Textarea(
            {"class": "input mono", "rows": 8, "spellcheck": "false", "autocomplete": "off"}
        ),
    )

    def clean(self) -> dict[str, Any]:
        """Just one of the two, and no more than is taken."""
        said = super().clean() or {}
        file, pasted = said.get("sheet"), said.get("pasted", "")
        if self.errors:
            return said
        if bool(file) == bool(pasted.strip()):
            self.add_error("sheet", _("Choose a file or paste its rows: one of the two."))
        elif file and file.size > MOST_BYTES:
            self.add_error("sheet", _("This file is larger than 10 MB. Send it in parts."))
        else:
            said["source"] = file.read() if file else pasted.encode()
        return said

    def asked(self) -> dict[str, Any]:
        """The file as `take_upload` takes it."""
        return {"source": self.cleaned_data["source"], "is_trial": self.cleaned_data["trial"]}
