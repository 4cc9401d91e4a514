"""Following a question by mail: signing up, confirming, leaving, and the mails.

Above `pages`, whose rows and wording the mails use; called by addresses and jobs.
"""
