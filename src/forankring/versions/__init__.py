"""Keep every version of the text in git."""
