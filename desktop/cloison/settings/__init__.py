"""Settings: shipped defaults, then the person's file, then the machine's file, which can lock.

The three places are read lowest first, so a value of the machine's file wins over the person's. Names under `[locked]`
of the machine's file are moreover closed to the person: the faces show a padlock and `person.change` refuses. A key
nobody knows is an error and not a warning: a misspelt `idle_lock_secnds` would leave a site believing that it is set.
"""
