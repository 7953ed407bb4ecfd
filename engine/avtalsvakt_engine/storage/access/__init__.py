"""Who may see and do what: roles, accounts, tokens, links, and what was shown or given out to whom."""
