"""Words of templates in the reader's language: Django's tags, which look each up anew every time.

A page of the queue says some seven hundred. What never changes is worked out once a language.
"""

from typing import Any, cast

from django import template
from django.template.base import (
    FilterExpression,
    Node,
    Parser,
    Token,
    Variable,
    render_value_in_context,
)
from django.template.context import Context
from django.templatetags.i18n import (
    BlockTranslateNode,
    TranslateNode,
    do_block_translate,
    do_translate,
)
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

register = template.Library()


class Said(Node):
    """Words that are always the same, kept for each language once they were said."""

    def __init__(self, words: TranslateNode) -> None:
        self.name, words.asvar = words.asvar, None
        self.words = words
        self.kept: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        language = get_language()
        said = self.kept.get(language)
        if said is None:
            said = self.kept[language] = self.words.render(context)
        if self.name is None:
            return said
        context[self.name] = said
        return SafeString("")


class Told(BlockTranslateNode):
    """A sentence with values in it, which alone are looked up anew."""

    def __init__(self, sentence: BlockTranslateNode) -> None:
        self.__dict__.update(sentence.__dict__)
        self.one, names = self.render_token_list(self.singular)
        self.is_counted = bool(self.plural and self.countervar and self.counter)
        self.many, more = self.render_token_list(self.plural) if self.is_counted else ("", [])
        self.names = [*names, *more]
        self.kept: dict[str | None, str] = {}

    def render(self, context: Context, nested: bool = False) -> str:  # noqa: FBT001, FBT002 - Django's own
        given = {name: value.resolve(context) for name, value in self.extra_context.items()}
        said = self._counted(given, context) if self.is_counted else self._said()
        if nested or said is None:
            return str(super().render(context, nested))
        try:
            told = said % {name: self._value(name, given, context) for name in self.names}
        except (KeyError, ValueError):
            return str(super().render(context))
        if self.asvar is None:
            return told
        context[self.asvar] = SafeString(told)
        return ""

    def _counted(self, given: dict[str, Any], context: Context) -> str | None:
        """The sentence for so many, where that is a number."""
        counter, countervar = cast("FilterExpression", self.counter), cast("str", self.countervar)
        with context.push(**given):
            count = counter.resolve(context)
        given[countervar] = count
        return ngettext(self.one, self.many, count) if isinstance(count, int | float) else None

    def _said(self) -> str:
        language = get_language()
        said = self.kept.get(language)
        if said is None:
            said = self.kept[language] = gettext(self.one)
        return said

    def _value(self, name: str, given: dict[str, Any], context: Context) -> str:
        if name in given:
            return str(render_value_in_context(given[name], context))
        return str(render_value_in_context(context.get(name, ""), context))


@register.tag
def translate(parser: Parser, token: Token) -> Node:
    """As Django's; words that stand in the template itself are kept."""
    words = do_translate(parser, token)
    of = words.filter_expression
    is_same = isinstance(of.var, Variable) and isinstance(of.var.literal, str) and not of.filters
    return words if words.noop or words.message_context or not is_same else Said(words)


@register.tag
def blocktranslate(parser: Parser, token: Token) -> Node:
    """As Django's; a sentence is taken apart once."""
    sentence = do_block_translate(parser, token)
    return sentence if sentence.message_context else Told(sentence)
