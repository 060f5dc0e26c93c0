package io.mediakeep.safety;

/** Slow readers of rows of chunks, each of which is larger than the memory of a request. */
class SlowReadersInDatabaseIT extends SlowReadersContract {
    @Override
    String configured() {
        return "blobs: {kind: database}";
    }
}
