"""Raw data: what was signed in one round or several, as tables of rows, in the columns of a plan."""
