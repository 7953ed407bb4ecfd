"""Mail to roles: what each is told and when, how it reads, and how it leaves; nothing is judged here."""
