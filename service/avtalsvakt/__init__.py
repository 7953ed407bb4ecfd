"""What people start: the command line, the nightly run, settings and the clock."""
