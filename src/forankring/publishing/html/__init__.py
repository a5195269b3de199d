"""Turn a manuscript into its HTML edition, one page that needs nothing else."""
