"""Turn files of one format each into a document."""
