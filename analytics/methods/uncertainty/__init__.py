"""How sure a score and a rank are: Monte Carlo, Sobol indices, leaving out, bootstrap."""
