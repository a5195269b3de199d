"""Turn real work into ratios: the engine beside the bare tools, in one run on one machine."""
