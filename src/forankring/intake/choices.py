"""Turn the visible words of a form's choices (``kommune``, ``delvist nået``) into their keys."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from forankring.errors import Problem
from forankring.language import Locale

_CHOICES: Mapping[tuple[str, str], str] = {
    ("", "kind"): "kind",
    ("", "capacity"): "capacity",
    ("", "publication"): "publication",
    ("", "stance"): "stance",
    ("", "assessment"): "assessment",
    ("", "carry_forward"): "carry_forward",
    ("", "funding"): "funding",
    ("", "value_realised"): "value_realised",
    ("party", "type"): "party_type",
    ("evidence", "type"): "evidence_type",
    ("benefits", "type"): "benefit_type",
    ("ai", "use"): "ai_use",
    ("co_parties", "commitment"): "commitment",
    ("points", "classes"): "class",
    ("", "anchoring_level"): "anchoring_level",
}
"""Which list of choices (``choices.<name>`` in a locale) belongs to a field, by the group that it stands in."""


def list_of_choices(group: str, name: str) -> str:
    """Return which list of choices belongs to the field ``name`` in ``group``; nothing where it is not chosen."""
    return _CHOICES.get((group, name), "")


def with_keys(data: Mapping[str, Any], locale: Locale) -> dict[str, Any]:
    """Return the form's data with the words of its choices replaced by their keys; other values stay as they are."""
    return {key: _value(value, ("", key), locale) for key, value in data.items()}


def in_words(problem: Problem, locale: Locale) -> Problem:
    """Return a problem about a choice with the possible values in words, each followed by its key."""
    path = ["", *(part for part in problem.field.split(".") if not part.isdecimal())]
    name = _CHOICES.get((path[-2], path[-1]))
    keys = str(problem.values.get("allowed", ""))
    if problem.code != "field_choice" or not name or not keys:
        return problem
    labels = locale.words["choices"][name]
    allowed = ", ".join(f"{labels.get(key, key)} ({key})" for key in keys.split(", "))
    return replace(problem, values={**problem.values, "allowed": allowed})


def choice_label(path: Sequence[str], value: str, locale: Locale) -> str:
    """Return the visible word of a choice, told by the path of its field; any other value as it is."""
    above, name = ["", *(part for part in path if not part.isdecimal())][-2:]
    choices = _CHOICES.get((above, name), "")
    return str(locale.words["choices"][choices].get(value, value)) if choices else value


def _value(value: Any, place: tuple[str, str], locale: Locale) -> Any:
    if isinstance(value, list):
        return [_value(item, place, locale) for item in value]
    if isinstance(value, dict):
        return {key: _value(item, (place[1], key), locale) for key, item in value.items()}
    name = _CHOICES.get(place)
    return _key(value, locale.words["choices"][name]) if name and isinstance(value, str) else value


def _key(value: str, labels: Mapping[str, str]) -> str:
    wanted = value.strip().casefold()
    return next((key for key, label in labels.items() if label.casefold() == wanted), value)
