"""What readers see. A view validates, calls one function, presents.

May import filters, models, importing's results and the vocabulary; the admin and the commands are other rooms.
"""
