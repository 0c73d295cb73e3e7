"""The judges that are programs of others: EPUBCheck, Ace, veraPDF and page-validation. One file each."""
