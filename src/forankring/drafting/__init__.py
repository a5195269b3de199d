"""Turn ledger, catalogue and templates into chapters."""
