"""Turn a manuscript into its PDF edition."""
