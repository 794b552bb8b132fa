"""Devices and files by their numbers: IMEI, UUID, network card, serial number, hash."""
