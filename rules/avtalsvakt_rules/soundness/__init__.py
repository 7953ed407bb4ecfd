"""What can be read and is judged, but never happens, means nothing where it stands, or is worth a look."""
