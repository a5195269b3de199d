"""Turn two finished Word editions into one file whose tracked changes lead from the one to the other."""
