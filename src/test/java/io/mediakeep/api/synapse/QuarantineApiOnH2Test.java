package io.mediakeep.api.synapse;

class QuarantineApiOnH2Test extends QuarantineApiContract {}
