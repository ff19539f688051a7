"""What an agency's people say to one another about a question or a cell of their response.

A comment is the agency's own: its members read and write it, in every status, and nobody else does,
neither the department nor a superior agency. It is no part of the answers: no revision, dossier or
export holds it. Its text is plain, never changed, and gone when its author withdraws it. Comments on
one place are one thread, which is resolved and opened again as a whole; what is said later opens it.

Comments name people and tell about them, so the texts of a round are erased together with its personal
data, all of them and not only those on questions that are marked as personal.
"""
