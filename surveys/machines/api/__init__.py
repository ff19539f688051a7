"""What every address of the API is built on."""
