"""What the intake's unit tests share: a small strategy, and files and originals made from a dict."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from forankring.intake.inbox import list_inbox
from forankring.intake.records import Original
from forankring.language import Locale, load_locale
from forankring.workspace import Strategy, Workspace, parse_strategy

STRATEGY = """
key: proeve
title: En prøve
label: Prøve
locale: da
period: {first: 2024, last: 2027, label: 2024-2027}
imprint: {publisher: Sekretariatet}
parties:
  - {key: kl, name: KL, type: municipality, aliases: [Kommunernes Landsforening]}
  - {key: aeroe, name: Ærø Kommune, type: municipality}
  - {key: dept, name: Departementet, type: state, internal: true}
chapters:
  - {key: cover, title: Forside, keywords: [forside]}
  - {key: status, title: "Hvad har vi opnået? Status på 2016-2020", keywords: [status, nåede, opnået, 2016-2020]}
  - {key: context, title: "Det nye årti: klima, demografi, tillid", keywords: [årti, klima, demografi]}
  - {key: vision, title: Vision og mål, keywords: [vision, ambitiøs, målene for]}
  - {key: value, title: Fra teknologiglæde til værdi, keywords: [teknologi, teknologiglæde, værdi, forretning]}
  - {key: anchoring, title: Organisatorisk forankring, keywords: [forankring]}
  - {key: leadership, title: Digitalt lederskab og kompetencer, keywords: [lederskab]}
  - {key: initiatives, title: Initiativer}
  - {key: annex_hearing, title: "Bilag A: Høringsnotat", keywords: [høringsnotat]}
rounds:
  - {key: h1, title: Første høring, opens: 2026-11-02, closes: 2026-12-01}
goals:
  - {id: M1, title: Et mål}
"""

MakeOriginal = Callable[..., Original]


@pytest.fixture
def strategy_text() -> str:
    """Return the small strategy as it is written, for tests that add to it."""
    return STRATEGY


@pytest.fixture(scope="session")
def strategy() -> Strategy:
    """A strategy with a few parties and chapters."""
    return parse_strategy(STRATEGY)


@pytest.fixture(scope="session")
def danish() -> Locale:
    """The Danish locale."""
    return load_locale("da")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """An empty workspace with that strategy."""
    (tmp_path / "strategy.yaml").write_text(STRATEGY, encoding="utf-8")
    return Workspace(tmp_path)


@pytest.fixture
def original(workspace: Workspace) -> MakeOriginal:
    """Return a function that puts bytes in the inbox and returns them as an original."""

    def make(data: bytes | str, place: str = "h1/kl/svar.txt") -> Original:
        content = data.encode() if isinstance(data, str) else data
        path = workspace.inbox / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        file = next(item for item in list_inbox(workspace) if item.path == path)
        return Original(file=file, path=path, sha256=hashlib.sha256(content).hexdigest(), size=len(content))

    return make
