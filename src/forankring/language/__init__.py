"""Turn keys, dates, numbers and names into the words of one locale."""

from forankring.language.locale import Locale, load_locale, locale_names
from forankring.language.names import natural_key, slug, sort_key

__all__ = ["Locale", "load_locale", "locale_names", "natural_key", "slug", "sort_key"]
