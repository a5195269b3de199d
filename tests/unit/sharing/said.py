"""Points made of a few words for the tests of what they share."""

from collections.abc import Mapping

from forankring.sharing.records import Said

CAMPAIGN = (
    "Digitale løsninger skal kunne bruges af alle, også af dem uden et kørekort eller en computer. "
    "Derfor bør hver myndighed have en bemandet skranke med åbningstid mindst tre dage om ugen. "
    "Vi foreslår, at strategien sætter penge af til det fra det første år."
)
OTHER = (
    "Forankring i ledelsen er den sværeste del af ethvert projekt, og den tager længere tid end teknikken. "
    "En fast styregruppe med beslutningskraft er vigtigere end endnu en platform til deling af dokumenter."
)


def points(texts: Mapping[str, str], chapter: str = "value") -> list[Said]:
    """Return one point a party, numbered in the order given."""
    return [
        Said(point=f"B{number:03d}-01", party=party, text=text, chapter=chapter)
        for number, (party, text) in enumerate(texts.items(), start=1)
    ]
