"""The everyday commands spoken to a server by its API, where somebody else has the register."""
