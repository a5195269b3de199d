"""Ten rounds of a strategy's life: new submissions, new templates and hand edits in the same chapters, round by round.

At the end every hand edit is there, every new point is there, and the conflicts are those that were planted.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.conftest import SMALL, CommandLine, write_scene

HEAD = '{% from "macros/parts.md.j2" import contributions %}\n# {{ chapter.title }} {#{{ chapter.key|anchor }}}\n\n'
FOOT = "\n{{ contributions(view.contributions) }}\n"
VALUE = """\
Strategien handler om værdi for borgere og virksomheder. Den gælder i fire år. Alle parter følger op hvert år.

Staten afsætter 10 mio. kr. til fælles løsninger. Kommunerne får tid til at lære dem at kende.

- Ét mål er rettet mod borgere
- Ét mål er rettet mod virksomheder
- Ét mål er rettet mod medarbejdere

| Mål | Ansvarlig | Frist |
|-----|-----------|-------|
| M1 | Eksempel Kommune | 2025 |
| M2 | Region Eksempel | 2026 |

: Mål og ansvarlige

## Opfølgning

Parterne mødes to gange om året. Referaterne offentliggøres på nettet.

Formandskabet går på skift mellem de parter, der har skrevet under.
"""
ANCHORING = """\
Hvert initiativ har én ansvarlig myndighed. Den udpeger en gevinstejer. Gevinsten måles efter to år.

Driften er overdraget, før projektet lukker. Medarbejderne bliver undervist i de nye arbejdsgange.

Initiativer uden ansvarlig myndighed bliver ikke sat i gang.
"""
CHAPTERS = {"value": VALUE, "anchoring": ANCHORING}


@dataclass(frozen=True, slots=True)
class Edit:
    """What is replaced by what in one chapter."""

    chapter: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Round:
    """What happens between two drafts: edits by hand, then edits of the templates; a point always comes."""

    by_hand: tuple[Edit, ...] = ()
    in_templates: tuple[Edit, ...] = ()


V, A = "value", "anchoring"
ROUNDS = (
    Round(),
    Round(  # different paragraphs
        (Edit(V, "Den gælder i fire år.", "Den gælder i fire år og kan forlænges."),),
        (Edit(V, "Referaterne offentliggøres på nettet.", "Referaterne offentliggøres på parternes hjemmesider."),),
    ),
    Round(  # neighbouring sentences, and an item beside one that is new
        (Edit(V, "\nAlle parter følger op hvert år.", "\nAlle parter følger op hvert halve år."),),
        (
            Edit(V, "Strategien handler om værdi", "Strategien handler først og fremmest om værdi"),
            Edit(
                V,
                "- Ét mål er rettet mod virksomheder\n",
                "- Ét mål er rettet mod virksomheder\n- Ét mål er rettet mod foreninger\n",
            ),
        ),
    ),
    Round(  # different words of one sentence: made, and listed for a look
        (Edit(V, "10 mio. kr.", "12 mio. kr."),),
        (Edit(V, "til fælles løsninger", "årligt til fælles løsninger"),),
    ),
    Round(  # planted: the same word of one sentence
        (Edit(A, "Gevinsten måles efter to år.", "Gevinsten måles efter tre år."),),
        (Edit(A, "Gevinsten måles efter to år.", "Gevinsten måles efter fire år."),),
    ),
    Round(  # a paragraph that the editor moves is edited in the template
        (
            Edit(A, "Initiativer uden ansvarlig myndighed bliver ikke sat i gang.\n", ""),
            Edit(
                A,
                "\nHvert initiativ har",
                "\nInitiativer uden ansvarlig myndighed bliver ikke sat i gang.\n\nHvert initiativ har",
            ),
        ),
        (Edit(A, "bliver ikke sat i gang.", "bliver ikke sat i gang i perioden."),),
    ),
    Round(  # a row of one beside a row of the other, a cell beside a cell
        (
            Edit(V, "| M2 | Region Eksempel | 2026 |\n", "| M2 | Region Eksempel | 2027 |\n"),
            Edit(
                V,
                "Formandskabet går på skift",
                "Redaktørens afsnit om økonomien står her.\n\nFormandskabet går på skift",
            ),
        ),
        (
            Edit(V, "| M1 | Eksempel Kommune | 2025 |\n", "| M1 | Øster Eksempel Kommune | 2025 |\n"),
            Edit(
                V,
                "| M2 | Region Eksempel | 2026 |\n",
                "| M2 | Region Eksempel | 2026 |\n| M3 | Eksempelministeriet | 2027 |\n",
            ),
        ),
    ),
    Round(  # planted: the editor deletes what the template edits
        (Edit(A, "\nMedarbejderne bliver undervist i de nye arbejdsgange.", ""),),
        (Edit(A, "undervist i de nye arbejdsgange", "undervist grundigt i de nye arbejdsgange"),),
    ),
    Round(  # both say the same
        (Edit(V, "Parterne mødes to gange om året.", "Parterne mødes fire gange om året."),),
        (Edit(V, "Parterne mødes to gange om året.", "Parterne mødes fire gange om året."),),
    ),
    Round(  # edits of sentences that were merged before
        (
            Edit(
                V, "Alle parter følger op hvert halve år.", "Alle parter følger op hvert halve år og offentliggør det."
            ),
        ),
        (Edit(A, "Den udpeger en gevinstejer.", "Den udpeger en gevinstejer, inden arbejdet begynder."),),
    ),
)

EDITED = {
    V: (
        "Den gælder i fire år og kan forlænges.",
        "Alle parter følger op hvert halve år og offentliggør det.",
        "Staten afsætter 12 mio. kr. årligt til fælles løsninger.",
        "| M2 | Region Eksempel | 2027 |",
        "Redaktørens afsnit om økonomien står her.",
        "Parterne mødes fire gange om året.",
    ),
    A: ("Gevinsten måles efter tre år.", "Initiativer uden ansvarlig myndighed bliver ikke sat i gang i perioden."),
}
GENERATED = {
    V: (
        "Referaterne offentliggøres på parternes hjemmesider.",
        "Strategien handler først og fremmest om værdi",
        "- Ét mål er rettet mod foreninger",
        "| M1 | Øster Eksempel Kommune | 2025 |",
        "| M3 | Eksempelministeriet | 2027 |",
    ),
    A: ("Den udpeger en gevinstejer, inden arbejdet begynder.",),
}


@dataclass(frozen=True, slots=True)
class Life:
    """The workspace after its ten rounds, and the words of the points that came."""

    folder: Path
    templates: dict[str, str] = field(default_factory=lambda: dict(CHAPTERS))
    points: list[tuple[str, str]] = field(default_factory=list)

    def live(self, number: int, happens: Round, draft: CommandLine) -> None:
        """Edit, let the templates change and a point come, and draft."""
        for edit in happens.by_hand:
            file = self.folder / f"text/chapters/{edit.chapter}.md"
            text = file.read_text(encoding="utf-8")
            assert text.count(edit.old) == 1, edit
            file.write_text(text.replace(edit.old, edit.new), encoding="utf-8")
        for edit in happens.in_templates:
            assert self.templates[edit.chapter].count(edit.old) == 1, edit
            self.templates[edit.chapter] = self.templates[edit.chapter].replace(edit.old, edit.new)
        write_scene(self.folder, dict(self._files(number)))
        done = draft("draft", "--workspace", self.folder, "--json")
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["version"] == f"v{number}"

    def _files(self, number: int) -> Iterator[tuple[str, str]]:
        for key, text in self.templates.items():
            yield f"templates/chapters/{key}.md.j2", HEAD + text + FOOT
        chapter, title = ((V, "Fra teknologi til værdi"), (A, "Organisatorisk forankring"))[number % 2]
        said = f"Kommunen har lagt mærke til forhold nummer {100 + number} i udkastet."
        self.points.append((chapter, said))
        yield f"inbox/hoering-1/eksempel-kommune/svar-{number}.md", _answer(number, title, said)

    def chapter(self, key: str) -> str:
        """Return a chapter as it stands."""
        return (self.folder / f"text/chapters/{key}.md").read_text(encoding="utf-8")


def _answer(number: int, title: str, said: str) -> str:
    head = "party: {name: Eksempel Kommune, type: municipality}"
    return f"---\n{head}\ntitle: Svar {number}\n---\n\n# {title}\n\n{said}\n"


@pytest.fixture
def life(inside: CommandLine, tmp_path: Path) -> Life:
    files = {name: text for name, text in SMALL.items() if "ukendt" not in name}
    made = Life(write_scene(tmp_path / "liv", files))
    for number, happens in enumerate(ROUNDS, 1):
        made.live(number, happens, inside)
    return made


def test_ten_rounds_lose_no_edit_and_no_point_and_list_only_what_was_planted(life: Life, inside: CommandLine) -> None:
    told = json.loads(inside("conflicts", "--workspace", life.folder, "--json").stdout)

    for kept in (EDITED, GENERATED):
        assert [(key, words) for key in kept for words in kept[key] if words not in life.chapter(key)] == []
    assert [(key, said) for key, said in life.points if said not in life.chapter(key)] == []
    assert "undervist" not in life.chapter(A)
    assert life.chapter(A).index("Initiativer uden ansvarlig") < life.chapter(A).index("Hvert initiativ har")
    assert [(item["number"], item["ours"], item["theirs"]) for item in told["conflicts"]] == [
        (2, "Gevinsten måles efter tre år.\n", "Gevinsten måles efter fire år.\n"),
        (3, "", "Medarbejderne bliver undervist grundigt i de nye arbejdsgange.\n"),
    ]
    assert {item["edited_by"]["name"] for item in (*told["conflicts"], *told["looks"])} == {"Rie Redaktør"}
    assert [(item["number"], item["merged"]) for item in told["looks"]] == [
        (1, "Staten afsætter 12 mio. kr. årligt til fælles løsninger.\n")
    ]
    _decide(life, inside)


def _decide(life: Life, inside: CommandLine) -> None:
    """Decide all three: in the place of each stands what was chosen, and the next draft has nothing to list."""
    for number, *choice in (
        ("1", "--take", "both"),
        ("2", "--text", "Gevinsten måles hvert år."),
        ("3", "--take", "generated"),
    ):
        assert inside("resolve", number, *choice, "--workspace", life.folder).returncode == 0
    life.live(len(ROUNDS) + 1, Round(), inside)
    left = inside("conflicts", "--workspace", life.folder)

    assert "Ingen konflikter" in left.stdout
    text = life.chapter(A)
    assert "Gevinsten måles hvert år." in text
    assert (
        text.index("Driften er overdraget")
        < text.index("undervist grundigt")
        < text.index("## " if "## " in text else "forhold")
    )
