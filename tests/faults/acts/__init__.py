"""The acts that are disturbed, one small file for each kind."""

from acts.act import Act
from acts.attaching import ATTACHING, ATTACHING_MUCH, SAVING_OUT
from acts.copying import BACKING_UP, RESTORING
from acts.drafting import DRAFTING
from acts.ending import BINNING, DESTROYING
from acts.founding import ADDING_COMPARTMENT, FIRST_RUN
from acts.members import READING_OUT, REMOVING
from acts.moving import MERGING, MOVING
from acts.printing import PRINTING
from acts.receiving import RECEIVING, RECEIVING_MUCH
from acts.saving import REVISING, SAVING
from acts.sealing import SEALING
from acts.ways import ADDING_WAY, CHANGING, REMOVING_WAY

ACTS: tuple[Act, ...] = (
    SAVING,
    REVISING,
    DRAFTING,
    MOVING,
    MERGING,
    BINNING,
    DESTROYING,
    RECEIVING,
    RECEIVING_MUCH,
    SEALING,
    PRINTING,
    ATTACHING,
    ATTACHING_MUCH,
    SAVING_OUT,
    CHANGING,
    ADDING_WAY,
    REMOVING_WAY,
    ADDING_COMPARTMENT,
    READING_OUT,
    REMOVING,
    FIRST_RUN,
    BACKING_UP,
    RESTORING,
)
