package io.mediakeep.safety;

/** Of files on disk. */
class SlowReadersIT extends SlowReadersContract {}
