"""The provider's door: reports that Internet providers file by wire, open until they finish."""
