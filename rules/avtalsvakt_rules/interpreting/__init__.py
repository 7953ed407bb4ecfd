"""What a text means beyond its words: who acts for whom, what goes without saying, which reading is chosen."""
