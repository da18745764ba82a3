"""The Telegram bot. Imported only by `tinhso serve` and `tinhso feedback`: its modules import the telegram library."""
