package io.mediakeep.app;

import java.util.Map;

class DeletionOnH2Test extends DeletionContract {
    @Override
    Map<String, String> database() {
        return Map.of();
    }
}
