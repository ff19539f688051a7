"""Who of the agency is at a response, and at which of its questions.

Two ways, one picture:

* **A heartbeat by POST** every ``BEAT`` seconds from a visible page is the floor. It writes one row for
  each person and response (``ResponseVisit``) and is answered by the others' rows. It needs no socket,
  passes every proxy, and serves any number of processes of any kind, because the database is what they
  share. Its price is fixed: a person costs one small upsert in 15 seconds, however quickly they move.
* **A socket** (``/ws/presence/``) makes moves quick. A change of cell is one frame, at most one a
  second, handed to the others through the channel layer and stored nowhere: within the process where
  the layer is in memory, through Redis where there are several. A lost frame costs nothing, the next
  heartbeat repeats where its sender is.

So no row is written because somebody went to another cell, and who has no socket is seen all the same,
a heartbeat later. Saving knows nothing of either. A page tells under a name of its own (``tab``), so
that two tabs of a person are one person, and leaving one does not erase the other. Whoever says nothing
for ``PRESENT`` seconds is gone.

Only people who may edit are told and shown: to be read by a superior or a verifier is no presence.
"""
