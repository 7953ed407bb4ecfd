"""From lines, files and forms to facts: read, checked against the vocabulary, refused with reasons."""
