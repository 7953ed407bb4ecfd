"""Whole or not: trees and sums of hashes, files put in place in one step, and what is said when a database fails."""
