"""Links as evidence: what stood behind them on the day they were cited, because links rot."""
