package io.mediakeep.media;

import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.testing.H2Database;

class KillOnH2IT extends KillContract {
    @Override
    DatabaseSettings database() {
        return H2Database.in(directory);
    }
}
