"""What one of a provider's people types to report addresses under section 2."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from havre.intake.law.rules.addresses import MOST_ADDRESSES, MOST_CHARACTERS, is_address

MOST_TOLD = 5


class AddressesForm(forms.Form):
    """Addresses, one on a line, and nothing beside them."""

    addresses = forms.CharField(
        label=gettext_lazy("Internet addresses"),
        help_text=gettext_lazy(
            "One on a line, and nothing else: a URL with its scheme, such as"
            " https://example.com/page, or an IP address."
        ),
        max_length=MOST_ADDRESSES * (MOST_CHARACTERS + 2),
        error_messages={"required": gettext_lazy("Write one address at least.")},
        widget=forms.Textarea({"class": "input mono", "rows": 8, "spellcheck": "false"}),
    )
    token = forms.CharField(widget=forms.HiddenInput, max_length=64, initial=uuid4)

    def clean_addresses(self) -> tuple[str, ...]:
        """The addresses, in order. Blank lines are none."""
        lines = [line.strip() for line in str(self.cleaned_data["addresses"]).splitlines()]
        wrong = [str(n) for n, line in enumerate(lines, 1) if line and not is_address(line)]
        if wrong:
            said = ngettext(
                "Line %(lines)s is no address. Write a URL with its scheme or an IP address, and"
                " nothing beside it. Nothing was kept.",
                "Lines %(lines)s are no addresses. Write a URL with its scheme or an IP address,"
                " and nothing beside it. Nothing was kept.",
                len(wrong),
            )
            shown = ", ".join(wrong[:MOST_TOLD]) + (" …" if len(wrong) > MOST_TOLD else "")
            raise forms.ValidationError(said % {"lines": shown})
        found = tuple(line for line in lines if line)
        if len(found) > MOST_ADDRESSES:
            said = _("At most %(most)s addresses at once: these are %(count)s. Send them in parts.")
            raise forms.ValidationError(said % {"most": MOST_ADDRESSES, "count": len(found)})
        return found
