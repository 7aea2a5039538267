"""What the imports share: headings, cells, what a row says, names found or made, refused rows."""
