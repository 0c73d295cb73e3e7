"""What Pentapla promises, put to the test; the folders mirror the package."""
