"""What is chosen beside the picture of a neighbourhood."""

from django import forms

LONGEST_REFERENCE = 20


class ChartForm(forms.Form):
    """Which report is opened as well, and whether a crowd's values stay away."""

    open = forms.CharField(required=False, max_length=LONGEST_REFERENCE)
    crowds = forms.ChoiceField(required=False, choices=[("", ""), ("hide", "hide")])

    def asked(self) -> tuple[str, bool]:
        """The report to open, or nothing, and whether crowds are hidden.

        What does not read is no choice.
        """
        self.is_valid()
        said = self.cleaned_data
        return str(said.get("open", "")), said.get("crowds") == "hide"
