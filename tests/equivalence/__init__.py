"""Is exactly that offered, called free, left unexplained and booked which can be booked?"""
