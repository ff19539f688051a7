"""Resources of analytics: publications, codebooks, tables, results of indices, signed answers."""
