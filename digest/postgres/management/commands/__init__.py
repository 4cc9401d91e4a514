"""Parse, call one function, print its report."""
