"""Turn commands, results and failures into what a person reads in a terminal, in the words of the workspace."""
