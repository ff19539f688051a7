"""What data mean: the codebook of a round, gathered once and written as DDI, HTML, workbook or JSON."""
