"""Turn a checkout into a wheel that carries the house templates and the reference strategy."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SHIPPED = (
    "templates",
    "drafts/strategi-2024/strategy.yaml",
    "drafts/strategi-2024/catalogue",
    "drafts/strategi-2024/inbox",
)


class ShippedData(BuildHookInterface[Any]):
    """Copy what ships beside the code into the package; an editable install reads it where it lies, never a copy."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the files to a real wheel; ``version`` is ``editable`` for the other kind."""
        if version == "standard":
            root = Path(self.root)
            build_data["force_include"].update({str(root / name): f"forankring/data/{name}" for name in SHIPPED})
