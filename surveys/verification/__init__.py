"""Verification and appeal: what the agencies claim, what verifiers find, who decides, what stands."""
