"""The official letter to each agency of a round: its texts, and the files made of them."""
