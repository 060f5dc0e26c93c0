package io.mediakeep.safety;

/** Slow readers of files on disk. */
class SlowReadersIT extends SlowReadersContract {}
