"""What the pages of passkeys need: the server's question, for the script, in an attribute."""

import json

from django import template
from django.core.serializers.json import DjangoJSONEncoder

register = template.Library()


@register.filter
def as_json(value: object) -> str:
    """A value as JSON text; the template escapes it for the attribute it stands in."""
    return json.dumps(value, cls=DjangoJSONEncoder)
