"""The register as a database: opened, added to and read, its shape brought up to date, copied and repaired."""
