"""What an administrator types about a provider."""

from django import forms
from django.utils.translation import gettext_lazy as _

from havre.agencies.reads import provider_codes
from havre.agencies.rules.providers import OVERLAP, Environment, Reading
from havre.agencies.rules.trust import certificates_in, networks_in
from havre.agencies.staff.forms import A_NAME, LANGUAGES, MOST_NAME, MOST_SOUGHT
from havre.agencies.staff.rules import Refusal
from havre.agencies.staff.wording import REFUSALS
from havre.intake.law.rules.regimes import REGIMES

ENVIRONMENTS = [
    (Environment.PRODUCTION.value, _("Production: what is filed goes to the desk")),
    (Environment.TEST.value, _("Test: what is filed goes nowhere")),
]
READINGS = [
    (Reading.STRICT.value, _("By the letter")),
    (Reading.LENIENT.value, _("As it is meant, with warnings")),
]
STATUSES = [
    (400, _("400, as documented")),
    (200, _("200, for clients that send again at anything else")),
]
TEXT = forms.TextInput({"class": "input", "autocomplete": "off"})
CHOICE = forms.Select({"class": "input"})


class NewProviderForm(forms.Form):
    """A provider that may report from now on."""

    name = forms.CharField(label=_("Name of the provider"), max_length=200, widget=TEXT)
    provider = forms.SlugField(
        label=_("User name on the wire"),
        help_text=_("Small letters, digits and hyphens. It cannot be changed later."),
        max_length=60,
        widget=TEXT,
    )
    environment = forms.ChoiceField(
        label=_("Environment"), choices=ENVIRONMENTS, widget=CHOICE, initial="test"
    )

    def clean_provider(self) -> str:
        """A name on the wire is given once."""
        code = str(self.cleaned_data["provider"]).lower()
        if code in provider_codes():
            raise forms.ValidationError(_("Another provider has this name. Choose another."))
        return code


class TrustForm(forms.Form):
    """From where, and with which certificates, a provider's keys open the door."""

    certificates = forms.CharField(
        label=_("Client certificates"),
        help_text=_(
            "The SHA-256 of each, one on a line, or the certificates themselves (PEM). Several may"
            " hold at once while you change them. Empty: none is asked for."
        ),
        required=False,
        widget=forms.Textarea({"class": "input mono", "rows": 3, "spellcheck": "false"}),
    )
    networks = forms.CharField(
        label=_("Networks"),
        help_text=_("One on a line, such as 192.0.2.0/24 or 2001:db8::/32. Empty: from anywhere."),
        required=False,
        widget=forms.Textarea({"class": "input mono", "rows": 3, "spellcheck": "false"}),
    )

    def clean_certificates(self) -> list[str]:
        """Fingerprints, each once."""
        try:
            return certificates_in(str(self.cleaned_data["certificates"]))
        except ValueError:
            raise forms.ValidationError(
                _("Write 64 hexadecimal digits on a line, or whole certificates; at most ten.")
            ) from None

    def clean_networks(self) -> list[str]:
        """Networks, each once."""
        try:
            return networks_in(str(self.cleaned_data["networks"]))
        except ValueError:
            raise forms.ValidationError(
                _("Write one network on a line, such as 192.0.2.0/24; at most fifty.")
            ) from None


class ProfileForm(TrustForm):
    """How we deal with a provider."""

    field_order = ("reading", "fault_status", "regime", "contact", "wants_quality")

    reading = forms.ChoiceField(
        label=_("How its documents are read"), choices=READINGS, widget=CHOICE
    )
    fault_status = forms.TypedChoiceField(
        label=_("HTTP status of a refused document"), choices=STATUSES, coerce=int, widget=CHOICE
    )
    regime = forms.ChoiceField(
        label=_("The law that its reports start"),
        choices=[(code, regime.title) for code, regime in REGIMES.items()],
        widget=CHOICE,
    )
    contact = forms.CharField(
        label=_("Who answers there day and night"),
        help_text=_("A role and a telephone number, for an emergency request."),
        max_length=300,
        required=False,
        widget=TEXT,
    )
    wants_quality = forms.BooleanField(
        label=_("Tell it in each answer how good its report is"), required=False
    )
    is_active = forms.BooleanField(label=_("It may come in"), required=False)


class EngineerForm(forms.Form):
    """A person of a provider who shall sign in to its console."""

    name = forms.CharField(
        label=_("Name"),
        max_length=MOST_SOUGHT,
        widget=TEXT,
        error_messages={"required": _("Write the name of the person.")},
    )
    username = forms.CharField(
        label=_("Sign-in name"),
        help_text=_("Small letters and figures, such as r.gagnon. It cannot be changed later."),
        max_length=MOST_NAME,
        validators=[A_NAME],
        widget=forms.TextInput({"class": "input", "autocomplete": "off", "autocapitalize": "none"}),
        error_messages={"required": _("Choose a sign-in name.")},
    )
    language = forms.ChoiceField(
        label=_("Language of the console"), choices=LANGUAGES, widget=CHOICE
    )

    def refuse(self, refusal: Refusal) -> None:
        """Say why not, where it can be mended."""
        place = "username" if refusal is Refusal.NAME_TAKEN else None
        self.add_error(place, str(REFUSALS[refusal]))


class KeyForm(forms.Form):
    """A new key, and how long the older ones still open the door."""

    days = forms.IntegerField(
        label=_("Days that older keys still open the door"),
        min_value=0,
        max_value=30,
        initial=OVERLAP.days,
        widget=forms.NumberInput({"class": "input"}),
    )
