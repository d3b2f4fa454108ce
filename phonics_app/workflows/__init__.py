"""Use cases, and who is allowed to do them. Pages, web and the command line call nothing below this room.

Every function takes the `Phonics` context first and the `Actor` second, and calls `permissions.require`
before it touches anything.
"""
