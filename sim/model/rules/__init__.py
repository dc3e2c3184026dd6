"""The rules: plain numbers in, plain numbers out, compiled. One file per sentence of the method."""
