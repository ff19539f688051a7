"""The outbox of e-mails: one row is one mail with one Message-ID, handed over by lease.

It knows no agency, round or assignment: what a mail is about is a key its writer chose.
"""
