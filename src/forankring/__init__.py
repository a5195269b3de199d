"""Draft a strategy together: stakeholders' files become points, points become chapters, chapters become versions."""

__version__ = "0.1.0"
