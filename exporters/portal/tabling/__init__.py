"""Tables that readers make of a published round: an address says what, the explorer computes it behind
the gate, and the table here is only another way to lay out what the explorer has stored."""
