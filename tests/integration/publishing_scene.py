"""A small strategy with every construct that a chapter may hold, as the tests of the editions build it."""

import struct
import zlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from forankring.publishing import HistoryLine, VersionText
from forankring.workspace import parse_strategy

WHEN = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

STRATEGY = """
key: lille-strategi
title: Fra teknologiglæde til værdi
subtitle: Forslag til en fællesoffentlig digitaliseringsstrategi
label: 2024-strategi
status: consultation
locale: da
period: {first: 2024, last: 2027, label: 2024-2027}
imprint: {publisher: Redaktionssekretariatet, contact: sekretariatet@eksempel.dk, case_ref: EKS-2026-0024}
parties:
  - {key: regeringen, name: Regeringen, type: state, signs: true}
  - {key: kl, name: KL, type: municipality, signs: true}
  - {key: danske-regioner, name: Danske Regioner, type: region, signs: true}
chapters:
  - {key: cover, title: Forside og kolofon}
  - {key: foreword, title: Forord}
  - {key: status, title: Hvad har vi opnået?}
  - {key: initiatives, title: Initiativer}
  - {key: annex_versions, title: "Bilag E: Versionshistorik"}
"""

CHAPTERS: Mapping[str, str] = {
    "cover": """# Forside og kolofon {#cover}

**UDKAST – forslag, ikke et officielt dokument**

**Fra teknologiglæde til værdi**

Foreslåede parter: Regeringen, KL og Danske Regioner

Perioden 2024-2027

## Kolofon

Fra teknologiglæde til værdi er et forslag. Henvendelse sker til sekretariatet.

::: {.imprint}
:::
""",
    "foreword": """# Forord {#foreword}

Staten, regionerne og kommunerne har "digitaliseret 'den offentlige' sektor" sammen.
Resultatet er skabt i fællesskab, og det er værd at bygge videre på.^[Se *status* i næste kapitel.]

En stat, der vil have gavn af ny teknologi, må begynde med opgaven.
Se [kapitlet om status](#status), [forsiden](#cover) og
[borger.dk](https://www.borger.dk/).

> Teknologi skaber først værdi, når den er forankret.

### Et mellemtrin er sprunget over

⚠ Mangler: Forord fra KL er ikke modtaget. Resten af afsnittet står, som det skal.
""",
    "status": """# Hvad har vi opnået? {#status}

Den fællesoffentlige digitaliseringsstrategi for 2016-2020 havde ambitiøse mål.

## Et enkelt og effektivt digitalt møde {#mode}

| Part | Vurdering | Begrundelse |
|------|-----------|-------------|
| Eksempel Kommune | Delvist nået | Borgerne bruger løsningerne, men ikke alle kan være med, og det koster tid. |
| Region Eksempel | Nået | ⚠ Mangler |

: Vurderinger fra parterne {#tab-vurderinger}

- Første punkt med **fed** og *kursiv* skrift
- Andet punkt
    - Et underpunkt
    - Et underpunkt til

1. Et
2. To

Anchoring
:   Den engelske term er [organisational anchoring]{lang=en}.

## Tabel uden overskriftsrække

|     |     |
|-----|-----|
| A   | 1   |
| B   | 2   |

![Søjler, der viser fire svar fra kommuner og to fra regioner](soejler.png){width=40%}

![](findes-ikke.png)
""",
    "initiatives": """# Initiativer {#initiatives}

## Initiativerne enkeltvis

::: {.initiative #init-1-1}
### Initiativ 1.1 – Én vej ind for små virksomheder

**Udfordring:** Små virksomheder bruger tid på at finde den rette indgang.

**Værdi:** 15 % mindre ventetid; nulpunkt 2023: 40 minutter.

- Ansvarlig: Eksempelstyrelsen
- Medvirkende: KL (bekræftet), Danske Regioner (foreslået)

⚠ Mangler: Driftsejer efter projektet er ikke oplyst.
:::

::: {.initiative #init-1-2}
### Initiativ 1.2 – Fælles lærepenge

**Udfordring:** Erfaringer bliver i projektet. Se [initiativ 1.1](#init-1-1) og [ingen steder](#findes-ikke).
:::
""",
    "annex_versions": """# Bilag E: Versionshistorik {#annex_versions}

::: {.version-history}
:::
""",
}


def png(width: int = 60, height: int = 30) -> bytes:
    """Return a small picture of bars."""
    row = b"\0" + bytes(90 if (x // 10) % 2 else 230 for x in range(width))
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(row * height)),
        (b"IEND", b""),
    ]
    parts = [struct.pack(">I", len(b)) + k + b + struct.pack(">I", zlib.crc32(k + b)) for k, b in chunks]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def scene(**chapters: str) -> VersionText:
    """Return the small strategy's version 2, with some chapters replaced."""
    return VersionText(
        version="v2",
        when=WHEN,
        commit="0123456789abcdef0123456789abcdef01234567",
        strategy=parse_strategy(STRATEGY),
        chapters={**CHAPTERS, **chapters},
        history=(
            HistoryLine(version="v1", when=datetime(2026, 2, 1, 8, tzinfo=UTC), text="Første udkast"),
            HistoryLine(version="v2", when=WHEN, text="Bidrag fra Eksempel Kommune er kommet til"),
        ),
        pictures={"soejler.png": png()},
    )


def english(version: VersionText) -> VersionText:
    """Return the version as a strategy in English."""
    return replace(version, strategy=replace(version.strategy, locale="en", time_zone="Europe/London"))
