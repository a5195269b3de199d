"""Turn a version's chapters into the manuscript that every edition is made from: read, mended, named and laid out."""
