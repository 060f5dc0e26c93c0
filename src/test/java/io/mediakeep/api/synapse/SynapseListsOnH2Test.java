package io.mediakeep.api.synapse;

class SynapseListsOnH2Test extends SynapseListsContract {}
