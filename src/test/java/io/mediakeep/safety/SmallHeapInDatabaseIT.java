package io.mediakeep.safety;

class SmallHeapInDatabaseIT extends SmallHeapContract {
    @Override
    String configured() {
        return super.configured() + "\nblobs: {kind: database}";
    }
}
