"""Turn a look into the rules that go before and after the house's style sheet: values, and the look's choices."""

from forankring.workspace import Look

_GENERIC = frozenset({"serif", "sans-serif", "monospace", "system-ui"})


def properties(look: Look) -> str:
    """Return the custom properties of both schemes. Every value was checked at the door: none can end a rule."""
    sizes = look.sizes
    scale = {"title": 3.25 / 32, "chapter": 1.9 / 21, "section": 1.4 / 14, "subsection": 1.15 / 11.5}
    rems = "".join(f" --{name}: {getattr(sizes, name) * each:.3f}rem;" for name, each in scale.items())
    points = "".join(f" --{name}: {getattr(sizes, name):g}pt;" for name in scale)
    return (
        f":root {{{_scheme(look)} --fonts: {_fonts(look)};{rems} --print: {sizes.body + 0.5:g}pt; }}\n"
        f"@media print {{ :root {{{points} }} }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{{_scheme(look, dark=True)} }} }}\n"
    )


def choices(look: Look) -> str:
    """Return the rules of what the look has chosen, and the margins of its printed page."""
    margins = look.margins
    page = f"@page {{ margin: {margins.top:g}mm {margins.right:g}mm {margins.bottom:g}mm {margins.left:g}mm; }}\n"
    named = (f"cover-{look.cover}", f"box-{look.box}", f"tables-{look.tables}", f"headings-{look.headings}")
    return page + "".join(_RULES.get(name, "") for name in (*named, f"titles-{look.titles}"))


def _scheme(look: Look, *, dark: bool = False) -> str:
    names = ("paper", "ink", "quiet", "accent", "tint", "line", "alert", "alert_tint")
    scheme = look.dark if dark else look.colours
    return "".join(f" --{name.replace('_', '-')}: {getattr(scheme, name)};" for name in names)


def _fonts(look: Look) -> str:
    return ", ".join(name if name in _GENERIC else f'"{name}"' for name in look.fonts.web)


_RULES = {
    "cover-band": """\
.cover {
  background: var(--accent); color: var(--paper); border-bottom: 0; padding-top: 3.5rem; padding-bottom: 3rem;
  print-color-adjust: exact; -webkit-print-color-adjust: exact;
}
.cover h1, .cover .parties, .cover .version { color: var(--paper); }
@media print { .cover { padding: 30mm 12mm 20mm; } }
""",
    "box-bar": """.initiative, .fact { background: none; --ground: var(--paper); }
.initiative { border-width: 0 0 0 5px; }
""",
    "tables-striped": """th { background: none; color: var(--accent); }
tbody tr:nth-child(even) { background: var(--tint); }
""",
    "headings-ruled": """main h2 { border-top: 0; padding: 0 0 0.3em; border-bottom: 2px solid var(--accent); }
main > h2:first-of-type { padding-bottom: 0.3em; border-bottom: 2px solid var(--accent); }
""",
    "titles-capitals": ".cover h1 { text-transform: uppercase; }\n",
}
