"""Devices and files by their numbers: IP address, IMEI, UUID, network card, serial number, hash."""
