package io.mediakeep.safety;

/** Of rows of chunks, each of which is larger than what a request may take. */
class SlowReadersInDatabaseIT extends SlowReadersContract {
    @Override
    String configured() {
        return "blobs: {kind: database}";
    }
}
