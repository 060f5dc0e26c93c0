package io.mediakeep.safety;

class SmallHeapOnDiskIT extends SmallHeapContract {}
