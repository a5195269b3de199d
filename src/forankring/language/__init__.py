"""Turn keys, dates, numbers and names into the words of one locale."""

from forankring.language.locale import Locale, load_locale, locale_names
from forankring.language.names import natural_key, slug
from forankring.language.recognising import is_language_tag, language_of
from forankring.language.sorting import sort_key

__all__ = ["Locale", "is_language_tag", "language_of", "load_locale", "locale_names", "natural_key", "slug", "sort_key"]
