"""Turn the files of an inbox into submissions and points."""
