"""Words that templates need on every page."""

from django import template

register = template.Library()
