"""The coordinators' pages: HTML drawn from values that `answers` gives, and forms that lead to `recording`.

Pages hold no logic of their own. Nothing is loaded from elsewhere and no script runs.
"""
