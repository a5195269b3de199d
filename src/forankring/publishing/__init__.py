"""Turn one version of the text into its editions: Word, PDF and HTML."""
