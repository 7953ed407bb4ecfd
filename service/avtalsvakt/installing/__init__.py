"""Putting the program where a machine starts it: a unit for systemd, made from what is installed."""
